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
    "house.loop_dead": Entry(
        "The desk does nothing by itself any more.", "Stop it with Ctrl-C and start it again; then look at ojak doctor."
    ),
    "house.behind": Entry("The desk is behind with its duties.", "Wait a minute; if it stays so, look at ojak doctor."),
    "house.port_in_use": Entry("Another program uses this port.", "Name another one with --port."),
    "house.port_not_allowed": Entry("This port is not open to you.", "Name one above 1023 with --port."),
    "house.not_running": Entry("No desk serves this vault.", "Start it with ojak serve."),
    "house.not_written": Entry(
        "The file could not be written.", "Name one that is not there yet, in a folder with room."
    ),
    "vault.sealed": Entry("The vault is closed.", "Open it with the passphrase."),
    "vault.wrong_passphrase": Entry("These words do not open the vault.", "Check the spaces between the words."),
    "vault.wrong_sign_in": Entry(
        "Name, password or one-time code is not right.", "Try again; it does not lock, it only slows down."
    ),
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
    "vault.rolled_back": Entry(
        "The database ends before the last anchor.", "Nothing was changed. Restore a backup, or see ojak audit accept."
    ),
    "vault.header_old": Entry(
        "The vault file is older than the database.", "Nothing was changed. Put the newest vault.json back."
    ),
    "vault.turned": Entry("The keys of the house have been drawn anew.", "Close it, and open it with the new words."),
    "vault.slot_gone": Entry("This way in does not exist any more.", "Open the vault with another one."),
    "vault.too_many_openers": Entry("Five officers open this vault already.", "Take one opener away first."),
    "vault.share_word": Entry("A word of this share is not in the list.", "Correct the word that is named."),
    "vault.share_broken": Entry("This share does not hold.", "Copy it again, word by word, from the paper."),
    "vault.shares_mixed": Entry("These shares do not belong together.", "Use shares of one and the same set."),
    "vault.shares_few": Entry("These are too few shares.", "Bring as many as the set needs, each of them once."),
    "vault.share_differs": Entry("This is not the share that was shown.", "Type it back as it is written."),
    "vault.officer_suspended": Entry("This officer is suspended.", "A colleague can end that within the vault pages."),
    "vault.officer_gone": Entry("There is no such officer at this desk.", "Choose one from the list of officers."),
    "vault.code_wrong": Entry("The one-time code is not right.", "Wait for the next one and type it."),
    "vault.pin_wrong": Entry("The PIN is not right.", "After three wrong ones, sign in with the password."),
    "vault.pin_form": Entry("A PIN has six digits or more.", "Type digits only, and no row like 123456."),
    "vault.password_short": Entry("This password is too short.", "Take six words, or twelve characters and more."),
    "vault.password_wrong": Entry("The password is not right.", "Try again; it does not lock, it only slows down."),
    "vault.passwords_differ": Entry("The two new passwords are not the same.", "Type the new one twice."),
    "vault.crowded": Entry("Many stand at the door at once.", "Nothing is locked. Try again in a minute."),
    "vault.confirm_first": Entry("This needs your password again.", "Type it; it holds for five minutes."),
    "vault.code_name_taken": Entry("This code name is in use or has been.", "Choose one that nobody has borne."),
    "vault.code_name_unknown": Entry("This is no code name of our list.", "Take a word of it, perhaps with a number."),
    "vault.words_differ": Entry("This is not what was shown.", "Type the new words back as they are written."),
    "vault.role_held": Entry("This officer's roles are like that already.", "Nothing to do."),
    "vault.held_already": Entry("This officer holds the key already.", "Nothing to do."),
    "vault.last_safety": Entry("This is the last safety officer.", "Make somebody else safety officer first."),
    "vault.last_opener": Entry("This is the last opener's own way in.", "Make another opener first."),
    "vault.not_yourself": Entry("Nobody does this to themselves.", "Ask a colleague."),
    "vault.role_wanted": Entry("Your roles do not allow this.", "Ask an officer who has the role that is named."),
    "vault.cell_exists": Entry("There is a cell of this side and number.", "Choose another number."),
    "vault.last_member": Entry("Nobody else holds the key to this cell.", "Grant it to somebody else first."),
    "vault.second_hand": Entry("One more officer must sign, somebody else.", "Ask a colleague to open the request."),
    "vault.nobody_second": Entry("This takes two officers, and there is no second.", "Enrol one; stopping takes one."),
    "vault.request_lapsed": Entry("This request is over.", "Make it again; a request lives for 30 minutes."),
    "vault.young_hand": Entry(
        "One person may be behind both hands: their keys were made within a day.",
        "Ask somebody else, or wait until tomorrow.",
    ),
    "vault.nothing_to_turn": Entry(
        "The keys of the house are drawn anew after an opener was removed, once.", "Nothing was changed."
    ),
    "vault.request_changed": Entry("This is not the request that was signed.", "Nothing was done. Make it again."),
    "vault.recipient_unknown": Entry("The organisation has no keys yet.", "Draw its shares with ojak init or recover."),
    "vault.machine_wanted": Entry("Only an opener says that a machine is lost.", "Ask one."),
    "vault.nothing_lost": Entry("The database holds its anchor: nothing is lost.", "Nothing to do."),
    "vault.not_accepted": Entry("The loss was not accepted.", "Nothing was changed. Look for a newer copy first."),
    "vault.backup_not_empty": Entry("This folder is not empty.", "Name a new folder with --home."),
    "vault.backup_damaged": Entry(
        "The backup does not open with these keys, or does not hold.", "Nothing was changed. Use another copy of it."
    ),
    "vault.backup_unsigned": Entry(
        "The backup is not signed by this vault.", "Nothing was changed. Use another copy of it."
    ),
    "vault.backup_older": Entry("The keys are older than the data.", "Use the newest file of keys."),
    "vault.backup_another": Entry("The two files are not of one vault.", "Use data and keys of the same vault."),
    "vault.backup_missing": Entry("There is no such file.", "Check the name of the backup's file."),
    "vault.backup_version": Entry(
        "The backup is of another version of Ojakgyo.", "Restore it with the version that wrote its keys."
    ),
    "vault.backup_nowhere": Entry("No folder for backups is named.", "Name one with --to, or in ojak.toml."),
    "vault.backup_not_written": Entry(
        "The backup could not be written.", "Nothing was changed. Name a folder that is there and has room."
    ),
    "vault.passphrase_short": Entry("This passphrase is too short.", "Take six words, or twenty letters and more."),
    "vault.code_name_unlisted": Entry("This is not a word of our list.", "Take one that ojak init --help shows."),
    "vault.answers_unreadable": Entry(
        "The file of answers cannot be read.", "Write it as docs/reference/commands.md says."
    ),
    "vault.answers_wrong": Entry("One of the answers does not hold.", "Correct the one that is named."),
    "vault.debug_on": Entry("Debugging is on: it would show what the keys open.", "Turn it off, then open the vault."),
    "people.reveal_spent": Entry(
        "Today's names are used up.", "Wait until tomorrow, or ask a colleague who holds the cell."
    ),
    "people.no_name": Entry("No name is kept of this person.", "Enter one, if it is needed at all."),
    "people.forgotten": Entry("This person's name has been forgotten.", "It cannot be brought back."),
    "chronicle.damaged": Entry(
        "The chronicle does not agree with itself.", "Nothing was changed. See ojak audit verify."
    ),
    "chronicle.triggers": Entry("The database's guards are missing.", "Nothing was changed. Restore from a backup."),
    "chronicle.unknown_fact": Entry("A fact of a kind this version does not know.", "It is kept. Update Ojakgyo."),
    "chronicle.stuck": Entry("A fact could not be worked up.", "Try it again on Now, or leave it; the watch goes on."),
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
    "alerts.security_unknown": Entry(
        "The security of the mail server is not known.", "Set smtp_security to none, starttls or tls in ojak.toml."
    ),
    "alerts.login_unused": Entry(
        "The mail server's login is not used without TLS.", "Set smtp_security to starttls or tls in ojak.toml."
    ),
    "alerts.nobody": Entry("Nobody can be woken: no address is known.", "Enter one with ojak wake officer."),
    "demo.no_line": Entry("This helper has no phone that works.", "Choose somebody else from ojak demo cast."),
    "demo.unknown_word": Entry("That cannot be said on a card.", "Say well, danger, duress or another meaning."),
    "demo.unknown_story": Entry("There is no such story.", "Use: night."),
    "demo.not_practice": Entry("This is not a practice world.", "Use a vault made by ojak demo."),
    "demo.not_running": Entry("No desk serves this practice world.", "Start it with ojak demo."),
    "demo.played": Entry(
        "This story has been played in this world.", "Press Ctrl-C there and start anew with ojak demo --reset."
    ),
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
