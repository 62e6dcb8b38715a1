"""What can go wrong, each with a code, a sentence and what to do. Exceptions carry codes and ids, never people.

A code is `area.reason` and is never renamed. The sentence shown comes from `REGISTRY`, in the reader's language:
gettext msgid = the English sentence, context "error".
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """What is shown for a code: what happened, and what to do about it."""

    sentence: str
    advice: str


REGISTRY: Final[dict[str, Entry]] = {
    "house.not_found": Entry("There is nothing here.", "Go back to Now."),
    "house.input_refused": Entry("The form is not complete.", "Correct the marked field and send it again."),
    "house.field_missing": Entry("Something is missing here.", "Fill it in and send it again."),
    "house.failed": Entry("The desk could not do this.", "Nothing was changed. Try again; then look at ojak doctor."),
    "house.busy": Entry("The desk is busy.", "Nothing was changed. Try again in a few seconds."),
    "house.full": Entry("The disk is full.", "Nothing was changed. Make room; what came in waits in the spool."),
    "vault.sealed": Entry("The vault is closed.", "Open it with the passphrase."),
    "vault.wrong_passphrase": Entry("These words do not open the vault.", "Check the spaces between the words."),
    "vault.wrong_sign_in": Entry("Name or password is not right.", "Try again; it does not lock, it only slows down."),
    "vault.no_session": Entry("You are not signed in.", "Sign in again."),
    "vault.words_wanted": Entry("The passphrase is missing.", "Type it, or name a file with --secrets-file."),
    "vault.secrets_readable": Entry("Others may read the secrets file.", "Run chmod 600 on it."),
    "vault.no_vault": Entry("There is no vault in this folder.", "Make one with ojak init."),
    "vault.exists": Entry("There is a vault in this folder already.", "Name another folder with --home."),
    "vault.damaged": Entry("The vault file is damaged.", "Nothing was changed. Restore it from a backup."),
    "vault.database_damaged": Entry("The database does not open.", "Nothing was changed. Restore it from a backup."),
    "vault.in_use": Entry("Another desk serves this vault.", "Stop it first, or use its address."),
    "vault.not_held": Entry("You hold no key to this cell.", "Ask an officer who holds it."),
    "vault.parameters": Entry("The vault asks for a key derivation outside the bounds.", "Restore vault.json."),
    "vault.token_spent": Entry("This address has been used.", "Start the desk again for a new one."),
    "vault.token_refused": Entry("This token does not open that.", "Use a token with the right scope."),
    "chronicle.damaged": Entry(
        "The chronicle does not agree with itself.", "Nothing was changed. See ojak audit verify."
    ),
    "chronicle.triggers": Entry("The database's guards are missing.", "Nothing was changed. Restore from a backup."),
    "chronicle.unknown_fact": Entry("A fact of a kind this version does not know.", "It is kept. Update Ojakgyo."),
    "chronicle.stuck": Entry("A fact could not be worked up.", "Settle it on Now; the watch goes on."),
    "people.code_name_unclear": Entry("More than one person may be meant.", "Write the whole word."),
    "people.unknown_code_name": Entry("Nobody has this code name.", "Check the word and the number."),
    "contact.file_unreadable": Entry(
        "A message file could not be read.", "Its bytes are kept, sealed. Nothing is lost."
    ),
    "contact.words_unreadable": Entry("The letters of a message could not be read.", "It is kept as it came."),
    "contact.line_unknown": Entry("A message from a number nobody holds.", "It is kept. Record whose line it is."),
    "contact.too_long": Entry("A message longer than 4,000 characters.", "It is kept whole; only the start is read."),
    "contact.line_unclear": Entry("This line has no code name in front.", "Write it like Beodeul 483907."),
    "contact.window_backwards": Entry("This window closes before it opens.", "Correct its hours."),
    "contact.message_gone": Entry("The words of this message are no longer here.", "Nothing to do."),
    "network.missing_node": Entry("A link leads to nobody the desk knows.", "It is passed over. Correct the link."),
    "cards.no_card": Entry("This person has no card in use.", "Issue a card."),
    "watch.needs_two": Entry("A sign of duress stands. Two officers close it.", "It stays open until then."),
    "watch.closed": Entry("This warning is closed already.", "Nothing to do."),
    "watch.owned": Entry("Somebody else has taken this warning.", "Ask them, or take it over on its page."),
    "watch.safety_only": Entry(
        "This needs a safety officer.", "Call one; after ten minutes the whole row is shown to you."
    ),
    "watch.changed": Entry("The board has changed since you looked.", "Look again, then decide."),
    "alerts.unreachable": Entry("A wake-up call could not be sent.", "Check the address with a test call."),
    "alerts.nobody": Entry("Nobody can be woken: no address is known.", "Enter one with ojak wake officer."),
    "demo.no_line": Entry("This helper has no phone that works.", "Choose somebody else from ojak demo cast."),
    "demo.unknown_word": Entry("That cannot be said on a card.", "Say well, danger, duress or another meaning."),
    "demo.unknown_story": Entry("There is no such story.", "Use: night."),
    "demo.not_practice": Entry("This is not a practice world.", "Use a vault made by ojak demo."),
    "demo.not_running": Entry("No desk serves this practice world.", "Start it with ojak demo."),
}


class OjakError(Exception):
    """Base of what the house raises on purpose: a code of the registry, and ids."""

    def __init__(self, code: str, **ids: int | str) -> None:
        if code not in REGISTRY:
            raise ValueError(f"no such error code: {code}")
        self.code, self.ids = code, ids
        super().__init__(" ".join([code, *(f"{name}={value}" for name, value in ids.items())]))


class Refused(OjakError):
    """Not allowed, or not possible now; nothing was changed."""


class Damaged(OjakError):
    """A seal, a signature, the chain or a file does not hold."""


class NotHeld(OjakError):
    """The key for this is not here."""

    def __init__(self, code: str = "vault.not_held", **ids: int | str) -> None:
        super().__init__(code, **ids)
