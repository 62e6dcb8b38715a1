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
    "house.clock_back": Entry(
        "The machine's clock is behind the desk's.",
        "Set it right. Until then the desk's own goes on at half speed, and timers go on with it.",
    ),
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
    "vault.nobody_acts": Entry("Nobody is named who acts.", "Say who acts, with --officer."),
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
    "people.search_spent": Entry(
        "You have looked for names as often as may be today.", "Ask a colleague who holds the cell."
    ),
    "people.search_short": Entry("This is too little of a name.", "Write two syllables, or three letters."),
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
    "contact.next_unclear": Entry(
        "When the next contact is cannot be read.", "Write it like next 21:00, or next Mon 21:00."
    ),
    "contact.line_read": Entry("It is too late to take this back.", "Log what is right besides."),
    "contact.window_backwards": Entry("This window closes before it opens.", "Correct its hours."),
    "contact.nothing_unclaimed": Entry("No text of an unknown number lies here.", "Nothing to do."),
    "contact.message_gone": Entry("The words of this message are no longer here.", "Nothing to do."),
    "contact.number_unreadable": Entry(
        "This is no phone number.", "Write it with + and the country, or as it is dialled in the country chosen."
    ),
    "contact.window_again": Entry("A window at this very time is agreed already.", "Choose another time."),
    "contact.window_past": Entry("This window is over already.", "Name one that is still to come."),
    "contact.oneself": Entry("Nobody warns or notices for themselves.", "Name somebody else."),
    "contact.relay_wanted": Entry(
        "This route leads through somebody.", "Write the code name of who carries the words."
    ),
    "contact.nothing_agreed": Entry("This is not agreed, or not any more.", "Look again; nothing was changed."),
    "contact.silence_over": Entry("Somebody has ended this silence.", "Look again; nothing was changed."),
    "contact.silence_taken": Entry(
        "Somebody looks after this silence already.",
        "Look at who it is; it is free again when nothing is done about it.",
    ),
    "contact.silence_goes_on": Entry(
        "A silence does not end like this.", "Say that they were seen, had said so before, or make it a warning."
    ),
    "contact.radio_runs": Entry("A radio silence is running already.", "End it first, and begin anew."),
    "contact.radio_over": Entry("No radio silence is running.", "Look again; nothing was changed."),
    "contact.radio_span": Entry(
        "A radio silence lasts from ten minutes to three days.", "Choose how long; it can be ended before."
    ),
    "contact.rule_unreadable": Entry(
        "This pattern or rule cannot be read.",
        "Write five fields such as 30 21 * * 1,4, or one RRULE that comes round in days, weeks or months.",
    ),
    "contact.through_oneself": Entry("Nobody is heard of through themselves.", "Name who spoke for them."),
    "contact.group_unclear": Entry(
        "Somebody of this group speaks for others, or is spoken for already.", "Name each person in one group."
    ),
    "contact.plan_empty": Entry("No window follows from this plan.", "Give it a day that is still to come."),
    "contact.plan_hourless": Entry(
        "This rule names no hour.", "Add BYHOUR, such as FREQ=WEEKLY;BYDAY=MO;BYHOUR=21, or its DTSTART."
    ),
    "contact.plan_overlaps": Entry(
        "A window of this plan is still open when the next one opens.", "Make it shorter, or leave more time between."
    ),
    "contact.plan_seldom": Entry(
        "This plan leaves somebody unheard for more than sixty days.", "Let it come round more often."
    ),
    "contact.plan_contradicts": Entry("This rule says two things about its end or its zone.", "Leave one of the two."),
    "contact.time_unreadable": Entry("This is no day and time.", "Choose a day and a time, in the time of Seoul."),
    "contact.post_unreadable": Entry("What a gateway handed in could not be read.", "It is kept as it came."),
    "contact.gateway_unknown": Entry("No gateway of this number is kept.", "Look at its address; keep a new one."),
    "contact.signature_wrong": Entry("The signature does not hold.", "Type the key into the gateway again."),
    "contact.gateway_clock": Entry(
        "The gateway's clock is not right.", "Set its clock; what it holds comes by itself."
    ),
    "contact.post_long": Entry("What a gateway handed in is too long.", "Look at what it is told to send."),
    "network.line_taken": Entry(
        "This number stands at the desk already.", "A number is one phone in one pocket: check it, or find whose it is."
    ),
    "network.area_exists": Entry("There is an area of this side and number.", "Nothing to do."),
    "network.not_of_the_cell": Entry("Lead and deputy belong to the cell.", "Choose somebody of its people."),
    "network.lead_is_deputy": Entry(
        "One person cannot stand in for themselves.", "Choose two, or leave the deputy open."
    ),
    "network.line_stays": Entry(
        "A line that was burnt or in other hands is not used again.", "Give them another, and record that one."
    ),
    "network.line_not_trusted": Entry(
        "Only a line in use, or a quiet one, goes on to somebody else.", "Give them another, and record that one."
    ),
    "network.line_same_holder": Entry("They have it already.", "Choose who has it now."),
    "network.line_referred_to": Entry(
        "Calls, texts or links stand under this line.", "Burn it instead: what was known through it stays right."
    ),
    "network.charge_long_past": Entry("This day lies more than a year back.", "Check the year."),
    "network.missing_node": Entry("A link leads to nobody the desk knows.", "It is passed over. Correct the link."),
    "network.file_missing": Entry("This file cannot be read.", "Check its name, and that you may read it."),
    "network.file_unreadable": Entry(
        "This is neither JSON nor npz, or it is cut off.", "Write the file again; JSON is read as UTF-8."
    ),
    "network.file_format": Entry(
        "This is another format or version, or none.",
        "Name the format and version 1, as the reference of exposure files has them.",
    ),
    "network.file_key": Entry("This key does not belong here.", "Correct its spelling, or take it out."),
    "network.file_lacks": Entry("Something that must stand here is missing.", "Add the key that is named."),
    "network.file_twice": Entry("This stands here twice.", "Write each key, node, seed, contact and link's id once."),
    "network.file_kind": Entry(
        "This value is of another kind or length.",
        "See the reference of exposure files; true and false are no numbers.",
    ),
    "network.file_number": Entry(
        "This number is not within its bounds, or is none.", "Chances lie between 0 and 1, and hours are finite."
    ),
    "network.file_word": Entry("This word is not one of its list.", "Take one from the reference of exposure files."),
    "network.file_law": Entry(
        "There is no law of this number, or there are too many.",
        "Laws count from 0 in the order of the list; it may hold 64.",
    ),
    "network.file_shares": Entry(
        "These numbers are no law of time.",
        "Let hours rise, shares rise to 1, and weights sum to 1, one fewer than edges.",
    ),
    "network.file_node": Entry("This node is not in the list of nodes.", "Add it there, or take out what names it."),
    "network.file_large": Entry(
        "This would take more memory than there is, or than the program can hold.",
        "Take fewer samples or links, or allow more with --memory-limit.",
    ),
    "network.engine_missing": Entry(
        "The compiled engine cannot be had here.", "Leave --engine out; numpy gives the same numbers, later."
    ),
    "cards.no_card": Entry("This person has no card in use.", "Issue a card."),
    "cards.card_over": Entry("This card is in use no more.", "Open the person's card of today."),
    "cards.next_waits": Entry(
        "A next card is waiting for its first code already.", "Hand that one over, or burn it and issue another."
    ),
    "cards.not_printed": Entry("This card has not been printed yet.", "Print it, then hand it over."),
    "cards.number_not_told": Entry("The own number has not been looked at yet.", "Show it, and tell it aloud."),
    "cards.handed_over": Entry(
        "This card is in its holder's hands: it is printed no more, and its number is not shown.",
        "If the paper is gone, say that it is lost; if the number is, issue the next card.",
    ),
    "cards.in_quarantine": Entry(
        "This person was in custody: no card is issued.", "A safety officer asks that the quarantine ends; two sign."
    ),
    "cards.not_in_quarantine": Entry("This person is in no quarantine.", "Nothing to do."),
    "cards.too_many_tries": Entry("Too many tries.", "Wait a minute, then go on more slowly."),
    "cards.no_challenge": Entry(
        "Nothing was asked by voice, or it is too long ago.", "Ask again; it holds ten minutes."
    ),
    "cards.asked_already": Entry("The price was asked for again already.", "Wait for the next window."),
    "cards.nothing_to_ask": Entry("Their last text could be read.", "Nothing is asked again."),
    "cards.no_answer_left": Entry("This card has no row left to answer by.", "Issue the next card."),
    "cards.answer_over": Entry("This row of the card is used up already.", "Show the answers again."),
    "cards.pocket_full": Entry("This holder has no pocket number left.", "Drop one that is not needed any more."),
    "cards.pocket_taken": Entry("The holder has a number for this person already.", "Use that one."),
    "cards.line_shared": Entry("This person speaks through this line already.", "Nothing to do."),
    "cards.questions_few": Entry("No private question is left.", "Agree new ones when you meet."),
    "cards.question_before": Entry("This question was kept before.", "Each is put once: agree another one."),
    "cards.question_over": Entry("This question was put already.", "Take the next one."),
    "cards.question_unclear": Entry(
        "A question needs words, and an answer of two letters or digits at least.", "Correct it and send it again."
    ),
    "cards.rows_practice_only": Entry(
        "Rows are shown in a practice vault only.", "Print the card; or use ojak demo to learn."
    ),
    "cards.sure_first": Entry("Nothing was stopped yet.", "Tick that you are sure, and press again."),
    "cards.none_chosen": Entry("No card is chosen.", "Choose at least one."),
    "cards.too_many": Entry("These cards belong to more than one cell.", "Print one cell at a time."),
    "cards.not_drawn": Entry("The sheet could not be drawn.", "Try again; nothing was printed."),
    "cards.warned_first": Entry(
        "A printed table of digits is itself a danger there.",
        "Take the private questions or copying by hand; or say that you have read this: tick it, or give --warned.",
    ),
    "watch.needs_two": Entry("A sign of duress stands. Two officers close it.", "It stays open until then."),
    "watch.closed": Entry("This warning is closed already.", "Nothing to do."),
    "watch.owned": Entry("Somebody else has taken this warning.", "Ask them, or take it over on its page."),
    "watch.safety_only": Entry(
        "This needs a safety officer.", "Call one; after ten minutes the whole row is shown to you."
    ),
    "watch.exposure_safety": Entry("Exposure is shown to safety officers.", "Ask one who holds the key of the cell."),
    "watch.act_takes_two": Entry("A planned act takes two people.", "Write the code name of the other."),
    "watch.plan_too_far": Entry("A plan lies within the next 90 days.", "Choose a day from today on."),
    "watch.heard_since": Entry("Something was heard since.", "Look again, then decide."),
    "watch.changed": Entry("The board has changed since you looked.", "Look again, then decide."),
    "calls.not_now": Entry(
        "This is not the time to call.", "Look at the answer; the number is shown while it says yes."
    ),
    "calls.no_override": Entry(
        "This reason does not open this answer.", "Use another way that is agreed; a safety officer knows more."
    ),
    "calls.undo_over": Entry(
        "This can no longer be taken back.", "Write down what is true; both stay in the chronicle."
    ),
    "calls.two_wanted": Entry(
        "A meeting needs two people at least.", "Write their code names with commas between them."
    ),
    "calls.too_many": Entry("These are more than six people.", "Write down who was together at one time."),
    "calls.dates_backwards": Entry("The last day is before the first.", "Correct one of the two."),
    "calls.date_ahead": Entry("This day has not come yet.", "Write down what has been."),
    "calls.too_long_ago": Entry(
        "This is so long ago that the desk would forget it at once.", "Leave it: links are kept for twelve months."
    ),
    "calls.area_wanted": Entry("The area of a new house is missing.", "Choose the area, or a house that is known."),
    "intake.export_nothing": Entry("No cell is chosen.", "Choose one or more of your own cells."),
    "intake.export_asker": Entry("Somebody else asked for this file.", "Whoever asked makes it; or ask yourself."),
    "intake.export_failed": Entry(
        "The file could not be made.", "Nothing left the desk, and the request still stands."
    ),
    "home.no_warning_stands": Entry(
        "No warning stands from or about this person.",
        "Log what is known of them as a report first; the silence goes on until then.",
    ),
    "home.safety_says_warning": Entry(
        "A safety officer of this cell says that it is a warning.", "Tell one; the silence goes on until then."
    ),
    "home.shift_unread": Entry("Something has happened since you read the brief.", "Read it again, then sign."),
    "home.shift_waits": Entry(
        "A shift waits to be taken.",
        "Take it first. Within twelve hours only who gave it, or for whom it is, hands over anew.",
    ),
    "home.shift_over": Entry("This shift was taken, or handed over anew.", "Look at the shift as it stands now."),
    "home.shift_changed": Entry(
        "This is not the brief that was signed.", "Do not rely on it. Ask who went, and run ojak audit verify."
    ),
    "alerts.unreachable": Entry("A wake-up call could not be sent.", "Check the address with a test call."),
    "alerts.security_unknown": Entry(
        "The security of the mail server is not known.", "Set smtp_security to none, starttls or tls in ojak.toml."
    ),
    "alerts.login_unused": Entry(
        "The mail server's login is not used without TLS.", "Set smtp_security to starttls or tls in ojak.toml."
    ),
    "alerts.nobody": Entry("Nobody can be woken: no address is known.", "Enter one with ojak wake officer."),
    "alerts.address_form": Entry(
        "An address of this kind looks different.", "Write it like the example; a webhook begins with https."
    ),
    "alerts.apprise_missing": Entry(
        "Services such as ntfy or Signal need a part that is not installed.",
        "Run ./ojak extra once, then start the desk.",
    ),
    "alerts.way_gone": Entry("This way does not exist any more.", "Look at the list again, and enter it anew."),
    "alerts.last_way": Entry(
        "This is your last way out of the house, and you are on call.", "Enter another one first, or end your turn."
    ),
    "alerts.no_test": Entry("No test of this way has been sent.", "Send one, and answer when it has woken you."),
    "alerts.no_way": Entry(
        "This officer cannot be woken: no way outside is known.", "They enter one on their own page first."
    ),
    "alerts.turn_backwards": Entry("The turn ends before it begins.", "Correct one of the two times."),
    "alerts.turn_over": Entry("This turn is over.", "Choose an end that is still to come."),
    "alerts.turn_long": Entry("This turn is longer than a month.", "Give the call to others in between."),
    "alerts.quiet_half": Entry("Quiet hours need a beginning and an end.", "Fill in both, or leave both empty."),
    "intake.file_missing": Entry("No file was sent.", "Choose one and send it again."),
    "intake.not_waiting": Entry("This file does not wait any more.", "Read it again if it is still wanted."),
    "intake.nothing_to_take": Entry("Nothing of this file can be taken.", "Say what its columns are, or correct it."),
    "intake.changed": Entry(
        "Something has changed at the desk since this was shown.", "Nothing was written. Look at it anew, then take it."
    ),
    "intake.agreed_already": Entry(
        "This has been agreed at the desk already.", "It stays as it is there. Change it on the person's page."
    ),
    "intake.officers_name": Entry("An officer is called so.", "Another code name is drawn for this helper."),
    "intake.not_applied": Entry("This file is not applied, or was taken back already.", "Nothing to do."),
    "intake.undo_over": Entry(
        "It is too long ago to be taken back as a whole.", "Correct what is wrong on the pages of the people."
    ),
    "intake.map_unreadable": Entry(
        "What the columns are cannot be read.", "Write it as docs/how-to/bring-paper-in.md says."
    ),
    "intake.unsure": Entry(
        "The letters of this file are not sure.", "Name them with --encoding, as one of the previews is right."
    ),
    "intake.file_empty": Entry("There is nothing in this file.", "Choose the file that holds the tables."),
    "intake.file_too_big": Entry(
        "This file is larger than 8 MB.", "Nothing was read. Copy the rows into the ready workbook."
    ),
    "intake.file_swells": Entry(
        "Unpacked, this file would be far larger than its rows can be.",
        "It was not unpacked. Copy the rows into the ready workbook.",
    ),
    "intake.file_heavy": Entry(
        "Reading this file took too much time or memory.", "Nothing was taken. Copy the rows into the ready workbook."
    ),
    "intake.file_unreadable": Entry(
        "This file is broken, or is no table.", "Open it in a spreadsheet and save it as XLSX."
    ),
    "intake.file_locked": Entry(
        "This workbook is of an old kind, or has a password.", "Take the password off and save it as XLSX."
    ),
    "intake.file_kind": Entry("Workbooks of this kind are not read.", "Save it as XLSX or CSV."),
    "intake.too_many_rows": Entry(
        "This file has more than 20,000 rows.", "Nothing was taken. Divide it at the row that is named."
    ),
    "intake.too_many_columns": Entry(
        "This row has more than 60 columns.", "Nothing was taken. Leave out the columns that are not needed."
    ),
    "intake.too_many_sheets": Entry(
        "This workbook has more than 20 sheets.", "Nothing was taken. Leave out the sheets that are not needed."
    ),
    "intake.encoding_unknown": Entry(
        "The letters of this file could not be read.", "Save it as XLSX, or as CSV in UTF-8."
    ),
    "intake.encoding_wrong": Entry(
        "The file does not fit these letters.", "Choose the other encoding, or save it as XLSX."
    ),
    "intake.quote_open": Entry(
        "A quotation mark is out of place from this row on.", "Close it or take it out, or save the table as XLSX."
    ),
    "intake.sheet_unknown": Entry(
        "What this sheet is about was not recognised; it is passed over.", "Choose what it holds, or leave it."
    ),
    "intake.sheet_hidden": Entry(
        "This sheet is hidden in the workbook.", "It counts only if you say that hidden rows do."
    ),
    "intake.column_twice": Entry(
        "Two columns have this same heading.", "Choose which of the two holds it, or rename one."
    ),
    "intake.column_given_twice": Entry(
        "Two columns are said to hold the same thing.", "Choose one of them; nothing of this sheet is taken."
    ),
    "intake.column_missing": Entry(
        "A column that this sheet needs is missing.", "Say which column holds it; nothing of this sheet is taken."
    ),
    "intake.column_hidden": Entry(
        "This column is hidden in the workbook, and is read.", "Look whether it is meant to be."
    ),
    "intake.row_hidden": Entry("This row is hidden in the workbook.", "It counts only if you say that hidden rows do."),
    "intake.merged_down": Entry(
        "Cells of several rows are merged here.", "The value was taken for each of these rows; look whether it holds."
    ),
    "intake.merged_across": Entry(
        "Cells of several columns are merged here.", "The value counts for the first of them only."
    ),
    "intake.formula": Entry(
        "This cell holds a formula or an error, which is not read.", "Paste the value itself over it."
    ),
    "intake.formula_text": Entry("This text begins like a formula.", "It is kept as text and never computed."),
    "intake.markup": Entry(
        "This cell holds code of a web page.", "It is kept as text and never run. Ask where the file has been."
    ),
    "intake.cell_too_long": Entry("This cell holds more characters than its column takes.", "Shorten it."),
    "intake.value_missing": Entry("Something is missing here.", "Fill it in, or take the row out."),
    "intake.word_unknown": Entry(
        "This is none of the words for this column.", "Choose one of the list in the ready workbook."
    ),
    "intake.number_unreadable": Entry(
        "This number cannot be used here.", "Write a whole number, or a time like 90 min or 2 h."
    ),
    "intake.cell_unreadable": Entry("This is no code of a cell.", "Write it like N-2 or C-1."),
    "intake.cell_unknown": Entry(
        "There is no such cell at the desk nor in this file.", "Add it to the sheet of cells, with its area."
    ),
    "intake.cell_not_held": Entry(
        "You hold no key to the cell that this row is about.", "Leave the row to an officer who holds it."
    ),
    "intake.cell_here_already": Entry(
        "This cell is here already.", "Nothing is added twice; a lead or deputy is taken over."
    ),
    "intake.cell_twice": Entry("This cell stands twice in the file.", "Take one of the two rows out."),
    "intake.area_missing": Entry("A new cell needs its area.", "Write it like N3 or C1."),
    "intake.area_unreadable": Entry("This is no code of an area.", "Write it like N3 or C1."),
    "intake.area_elsewhere": Entry("Cell and area are on different sides of the border.", "Correct one of the two."),
    "intake.helper_unnamed": Entry("This helper has neither a code name nor a name.", "Write one of them."),
    "intake.helper_twice": Entry(
        "This helper stands twice in the file, perhaps in another spelling.", "Join the two rows."
    ),
    "intake.helper_here_already": Entry(
        "This helper is here already, perhaps in another spelling.",
        "Nobody is added twice; what is new in the row is taken over.",
    ),
    "intake.helper_elsewhere": Entry(
        "This helper belongs to another cell at the desk.", "Correct the cell, or use another code name."
    ),
    "intake.code_name_unreadable": Entry(
        "This is no code name of our list.", "Take a word of it, perhaps with a number; left empty, one is drawn."
    ),
    "intake.code_name_used": Entry(
        "This code name was borne by somebody who has been forgotten.",
        "Choose one that nobody has borne, or leave it empty.",
    ),
    "intake.name_here_already": Entry(
        "Somebody of this name is at the desk already.", "If it is the same person, write the code name into the row."
    ),
    "intake.name_twice": Entry(
        "Two helpers of this cell have the same name.", "If they are one person, join the two rows."
    ),
    "intake.who_unknown": Entry(
        "Nobody of this name is at the desk or in this file.", "Correct it, or add the helper."
    ),
    "intake.who_unclear": Entry("More than one person may be meant.", "Write the whole code name with its number."),
    "intake.who_left_out": Entry("This person's own row has an error and is not taken.", "Correct that row first."),
    "intake.same_person": Entry("The same person is named twice here.", "Name somebody else."),
    "intake.delay_assumed": Entry("How soon it would be noticed is not given.", "A day was taken; write the hours."),
    "intake.phone_as_korean": Entry(
        "This number has no country; it was taken as Korean (+82).",
        "Look whether that is right, or write +82 or +86 in front.",
    ),
    "intake.phone_as_chinese": Entry(
        "This number has no country; it was taken as Chinese (+86).",
        "Look whether that is right, or write +86 or +82 in front.",
    ),
    "intake.phone_as_country": Entry(
        "This number was taken as one of the country of its row.", "Look whether that is right."
    ),
    "intake.phone_country": Entry(
        "This number cannot be understood without its country.",
        "Write it with + and the country, or fill in the country.",
    ),
    "intake.phone_cut": Entry(
        "The last digits of this number are lost.", "Write it as text; a spreadsheet has shortened it."
    ),
    "intake.phone_unreadable": Entry("This is no phone number.", "Write it like +86 138 1234 5678."),
    "intake.phone_doubtful": Entry("No such number is in use in its country.", "Look whether a digit is wrong."),
    "intake.phone_taken": Entry("This phone is held by somebody else of the cell.", "Find out who carries it."),
    "intake.phone_elsewhere": Entry(
        "This phone is held by somebody in another cell.", "Find out who carries it, and what the two share."
    ),
    "intake.phone_here_already": Entry("This phone of this person is here already.", "Nothing is added twice."),
    "intake.phone_twice": Entry("This phone stands twice in the file for the same person.", "It is taken once."),
    "intake.country_unknown": Entry("This is no country.", "Write two letters, such as KR or CN."),
    "intake.date_unreadable": Entry(
        "This is no date that can be used here.", "Write it like 2026-11-03, or like Nov 2026 where it is imprecise."
    ),
    "intake.date_unclear": Entry(
        "This date may be read in two ways.", "Say which number is the month, or write it like 2026-11-03."
    ),
    "intake.two_date_orders": Entry(
        "This date is in another order than those above it.",
        "Write all of the column in one order, best like 2026-11-03.",
    ),
    "intake.dates_mixed": Entry(
        "Some dates of this column are the spreadsheet's own, others are text.",
        "Day and month may be exchanged in some; look at them.",
    ),
    "intake.year_assumed": Entry("No year is written; the latest such day was taken.", "Look whether that is right."),
    "intake.date_to_come": Entry("This date is still to come.", "Write when it was."),
    "intake.date_backwards": Entry("This ends before it begins.", "Correct one of the two dates."),
    "intake.hour_unreadable": Entry("This is no hour of the day.", "Write it like 21:00."),
    "intake.too_old": Entry("This is older than the desk keeps such a link.", "It is left out; structure forgets."),
    "intake.link_twice": Entry("This is written down already.", "It is taken once."),
    "intake.plan_twice": Entry("This helper has two contact plans in the file.", "Take one of the two rows out."),
    "intake.route_twice": Entry("This warning route stands in the file already.", "It is taken once."),
    "demo.no_line": Entry("This helper has no phone that works.", "Choose somebody else from ojak demo cast."),
    "demo.unknown_word": Entry(
        "That cannot be said on a card.",
        "Say well, delayed, danger, pick_up, received, handed_over, arrived, duress, slip, garbled, malformed, tripwire "
        "or replay; only delayed, received, handed_over and arrived take a number.",
    ),
    "demo.no_ended_card": Entry(
        "No card of this helper was lost, burnt or replaced yet.", "Stop one on its page, or choose somebody else."
    ),
    "demo.nothing_said": Entry("This phone has sent nothing that could be sent again.", "Say well twice first."),
    "demo.unknown_story": Entry("There is no such story.", "Use: night or outage."),
    "demo.another_story": Entry(
        "Another story was begun in this world.", "Press Ctrl-C there and start anew with ojak demo --reset."
    ),
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
