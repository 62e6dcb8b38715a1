"""The names inside what is sealed and derived. Frozen for ever: renaming one closes every blob that carries it.

They look like table and class names and are not: a model may be renamed, these may not. Add a line, never change one.
"""

from enum import StrEnum


class Table(StrEnum):
    """What kind of row a blob stands in."""

    SLOT = "slot"
    RING = "ring"
    OFFICER = "officer"
    SESSION = "session"
    ENTRY = "entry"
    API = "api"
    LINE = "line"
    CARD = "card"
    INBOUND = "inbound"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    EPOCH = "epoch"
    FACTOR = "factor"
    PIN = "pin"
    PERSON_KEY = "person_key"
    PERSON = "person"
    SHIFT = "shift"
    BATCH = "batch"
    DRAFT = "draft"
    QUESTION = "question"
    GATEWAY = "gateway"
    WAY = "way"


class Group(StrEnum):
    """Which part of a row a blob holds: what is opened for different reasons is sealed apart."""

    KEYS = "keys"
    IDENT = "ident"
    STATE = "state"
    NUMBER = "number"
    WORDS = "words"
    RECORD = "record"
    CONTENT = "content"


class Purpose(StrEnum):
    """What a derived key is for; it stands in the derivation."""

    SESSION = "session"
    ENTRY = "entry"
    API = "api"
    SYS = "sys"
    STATE = "state"
    NUMBER = "number"
    WORDS = "words"
    EXT = "ext"
    WRAP = "wrap"
    INBOX = "inbox"
    SLOT = "slot"
    BUNDLE = "bundle"
    ORG = "org"
    SHARES = "shares"
    PIN = "pin"
    STAGED = "staged"
