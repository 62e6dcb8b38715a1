"""Row card M1 written a second time, from docs/reference/cards.md alone and with nothing but the standard library.

Who wrote this had not seen the product's code: where the two differ, the page is unclear or one of them is wrong.
A row is a dict as in the test vectors, a state, a key and a secret are bytes, digits a str of 0-9, randomness a function
that gives so many bytes.
"""

import hashlib
import hmac
import unicodedata
from itertools import groupby
from typing import NamedTuple

# Labels, states, columns


def canon(*parts):
    out = b"ojakgyo/1\0"
    for part in parts:
        told = b"s" + part.encode() if isinstance(part, str) else b"i" + part.to_bytes(8, "big", signed=True)
        out += len(told).to_bytes(4, "big") + told
    return out


def hash_(key, message):
    return hmac.digest(key, message, hashlib.sha256)


def expand(key, info):
    """Expand of HKDF for 32 bytes, which is its first block."""
    return hash_(key, info + b"\1")


def first_state(secret):
    return hash_(canon("card/1/start"), secret)


def next_state(state):
    return expand(state, canon("card/1/next"))


def column_key(state, label):
    return expand(state, canon("card/1/column", label))


class Numbers:
    """Small numbers from a column's key."""

    def __init__(self, state, label):
        self.key, self.block, self.left = column_key(state, label), 0, []

    def below(self, bound):
        while True:
            if not self.left:
                self.left = list(hash_(self.key, canon("card/1/stream", self.block)))
                self.block += 1
            byte = self.left.pop(0)
            if byte < 256 - 256 % bound:
                return byte % bound

    def permutation(self):
        values = list(range(10))
        for last in (9, 8, 7, 6, 5, 4, 3, 2, 1):
            other = self.below(last + 1)
            values[last], values[other] = values[other], values[last]
        return values


def taken_for(new, old):
    doubles = new[0] == new[1] and old[0] == old[1]
    return new[0] == old[0] or new[1] == old[1] or new == old[::-1] or doubles


def row(state):
    numbers = Numbers(state, "cells")
    tens = numbers.permutation()
    while True:
        ones = numbers.permutation()
        if not any(ones[ones[x]] == x for x in range(10)):
            break
    numbers, answers = Numbers(state, "answers"), []
    while len(answers) < 3:
        new = f"{numbers.below(100):02}"
        if not any(taken_for(new, old) for old in answers):
            answers.append(new)
    return {
        "cells": [f"{tens[d]}{ones[tens[d]]}" for d in range(10)],
        "answers": answers,
        "gap": 5 + Numbers(state, "gap").below(5),
        "hour": (6, 7, 12, 13, 19, 20, 21)[Numbers(state, "hour").below(7)],
    }


def rows_from(state, count=12):
    """This state's row and those after it."""
    found = []
    for _ in range(count):
        found.append(row(state))
        state = next_state(state)
    return found


def packed(kept):
    """A row in 30 digits, as it is kept once it was passed over."""
    return "".join(kept["cells"]) + "".join(kept["answers"]) + f"{kept['gap']:02}{kept['hour']:02}"


# Own number; `own` is a str of two or three digits


def own_number(randomness, count=2):
    taken, bound, numbers, sizes = {2: (1, 216, 72, (8, 1)), 3: (2, 65_520, 504, (56, 7, 1))}[count]
    while (drawn := int.from_bytes(randomness(taken), "big")) >= bound:
        pass
    drawn %= numbers
    left, out = list("123456789"), ""
    for size in sizes:
        place, drawn = divmod(drawn, size)
        out += left.pop(place)
    return out


def near(said, own):
    """Whether these digits, as many as the own ones, are not the own ones but what a finger makes of them."""
    if said == own or len(said) != len(own):
        return False
    exchanged = {own[:at] + own[at + 1] + own[at] + own[at + 2 :] for at in range(len(own) - 1)}
    apart = [abs(int(a) - int(b)) for a, b in zip(said, own, strict=True)]
    return said in exchanged or sorted(apart)[-2:] == [0, 1]


def false_number(own, randomness):
    while (drawn := own_number(randomness, len(own))) == own or near(drawn, own):
        pass
    return drawn


# Messages; a meaning is its digit, 0..9

WORDS = (
    *("well", "delayed", "guard_2", "danger", "pick_up"),
    *("guard_5", "received", "handed_over", "arrived", "guard_9"),
)
DELAYED, RECEIVED, HANDED_OVER, ARRIVED = 1, 6, 7, 8
GUARDS = (2, 5, 9)
LENGTHS = {DELAYED: (0, 2), RECEIVED: (0, 1, 2, 3, 4), HANDED_OVER: (0, 2), ARRIVED: (0, 2)}
"""How many digits may follow a meaning; the others take none."""


def second_code(suffix, own):
    return len(suffix) == len(own) + 1 and suffix.startswith(own)


def suffix_for(meaning, number, own):
    """The digits behind a meaning that say this number; ``None`` says nothing."""
    if number is None:
        return ""
    if number < 0 or number > {DELAYED: 99, RECEIVED: 9999, HANDED_OVER: 99, ARRIVED: 99}.get(meaning, -1):
        raise ValueError("this meaning takes no such number")
    if meaning != RECEIVED:
        return f"{number:02}"
    amount = str(number)
    if second_code(amount, own):
        amount = "0" + amount
    if len(amount) > 4:
        raise ValueError("an amount that reads as a second code, and no place for a nought")
    return amount


def message(of, own, meaning, suffix=""):
    """The digits of a message: cells of the own number, the meaning and the suffix."""
    return "".join(of["cells"][int(d)] for d in f"{own}{meaning}{suffix}")


# Digits of a text

KOREAN = ("공영령빵", "일", "이둘", "삼셋", "사넷", "오", "육륙", "칠", "팔", "구")
KOREAN_WORDS = {"하나": 1, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9}
CHINESE = {sign: str(d) for d, signs in enumerate(("零〇", "一幺", *"二三四五六七八九")) for sign in signs}
NUMERALS = (
    {sign: str(d) for d, signs in enumerate(KOREAN) for sign in signs}
    | {word: str(d) for word, d in KOREAN_WORDS.items()}
    | CHINESE
)
ALOUD = {
    "ko": ("공", "하나", "둘", "삼", "넷", "오", "여섯", "칠", "팔", "아홉"),
    "zh": ("零", "幺", *"二三四五六七八九"),
}


def decimal(sign):
    return unicodedata.category(sign) == "Nd"


def kind(sign):
    """0: neither letter nor number; 1: of a run of letters; 2: a decimal digit."""
    return 2 if decimal(sign) else int(unicodedata.category(sign)[0] in "LN")


def cut(signs):
    """The digits of a text of nothing but numerals, two syllables before one; ``None`` where something else stands."""
    out = ""
    while signs:
        word = signs[:2] if signs[:2] in NUMERALS else signs[0]
        if word not in NUMERALS:
            return None
        out, signs = out + NUMERALS[word], signs[len(word) :]
    return out


def digits_of(text):
    text = unicodedata.normalize("NFKC", text)
    if any(map(decimal, text)):
        out = ""
        for which, run in groupby(text, kind):
            signs = list(run)
            if which == 2:
                out += "".join(str(unicodedata.decimal(sign)) for sign in signs)
            elif which == 1 and all(sign in CHINESE for sign in signs):
                out += "".join(CHINESE[sign] for sign in signs)
        return out
    signs = "".join(sign for sign in text if kind(sign))
    whole = cut(signs)
    return "".join(CHINESE.get(sign, "") for sign in signs) if whole is None else whole


def aloud(digits, tongue):
    return " ".join(ALOUD[tongue][int(d)] for d in digits)


# Tags


def once(digits, shortest):
    """The first of two like halves, each of an even number of digits and at least so many; else the digits."""
    half = len(digits) // 2
    twice = len(digits) == 2 * half and half % 2 == 0 and half >= shortest and digits[:half] == digits[half:]
    return digits[:half] if twice else digits


def replay_key(secret):
    return column_key(first_state(secret), "replay")


def tag(key, digits):
    return hash_(key, canon("card/1/tag", once(digits, 6)))[:16]


TWO_DAYS = 48 * 60 * 60 * 1000


def repetition(digits, key, rows_used, sender, at):
    """Whether a used text is only the last one once more.

    `rows_used`: (tag, sender, when) of each, in the order in which they were used; the desk's own have no tag.
    """
    if not rows_used:
        return False
    last_tag, last_sender, last_at = rows_used[-1]
    return last_tag == tag(key, digits) and sender == last_sender and at < last_at + TWO_DAYS


# Reading


class Reading(NamedTuple):
    """`meaning`: a word of the vectors; `suffix`: digits; `challenge`: whether the text answers the open one."""

    result: str
    row: int | None = None
    meaning: str | None = None
    suffix: str = ""
    challenge: bool = False


class Match(NamedTuple):
    """What the cells of one row make of a text."""

    row: int
    said: str
    meaning: int
    suffix: str

    def answers(self, challenge):
        return challenge == (self.row, self.meaning) and not self.suffix

    def whole(self, own):
        return len(self.suffix) in LENGTHS.get(self.meaning, (0,)) and not second_code(self.suffix, own)

    def read_as(self, result, challenge):
        if self.answers(challenge):
            return Reading(result, self.row, challenge=True)
        return Reading(result, self.row, WORDS[self.meaning], self.suffix)


def matched(digits, number, of, count):
    """The match of a row with a text, of `count` digits said; ``None`` where a pair is no cell of it."""
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    if not all(pair in of["cells"] for pair in pairs):
        return None
    told = "".join(str(of["cells"].index(pair)) for pair in pairs)
    return Match(number, told[:count], int(told[count]), told[count + 1 :])


def one_keying_error(digits):
    """Every text that one keying error makes of this one, which are those it can have come from, too."""
    for at, old in enumerate(digits):
        for new in "0123456789":
            if new != old:
                yield digits[:at] + new + digits[at + 1 :]
        if at + 1 < len(digits) and digits[at + 1] != old:
            yield digits[:at] + digits[at + 1] + old + digits[at + 2 :]


def meant(digits, rows, own):
    """The right text that one keying error leads here from; ``None`` where there is none."""
    around = list(one_keying_error(digits))
    for number, of in rows:
        begins = "".join(of["cells"][int(d)] for d in own)
        right = [matched(text, number, of, len(own)) for text in around if text.startswith(begins)]
        right = [match for match in right if match and match.whole(own)]
        if right:
            return min(right, key=lambda match: match.meaning)
    return None


def read(digits, *, rows, own, used=(), key=b"", challenge=None):
    """What a text's digits say.

    Parameters
    ----------
    rows : (number, row) of each that may be used, in their order.
    used : tags, made with `key`.
    challenge : (row's number, digit), while one is open.
    """
    digits = once(digits, 2 * (len(own) + 1))
    allowed = range(2 * (len(own) + 1), 2 * (len(own) + 5) + 1, 2)
    if len(digits) not in allowed or set(digits) - set("0123456789"):
        return Reading("malformed")
    if tag(key, digits) in used:
        return Reading("replay")
    matches = [match for number, of in rows if (match := matched(digits, number, of, len(own)))]
    if not matches:
        return Reading("garbled")
    matches.sort(key=lambda match: not match.answers(challenge))
    for match in matches:
        if match.said == own:
            meant_so = match.meaning not in GUARDS or match.answers(challenge)
            right = match is matches[0] and match.whole(own) and meant_so
            return match.read_as("ok" if right else "slip", challenge)
    if near(matches[0].said, own):
        return matches[0].read_as("slip", challenge)
    if match := meant(digits, rows, own):
        return match.read_as("slip", challenge)._replace(suffix="")
    return matches[0].read_as("duress", challenge)


def number_said(reading, *meanings):
    """What stands behind one of these meanings, rightly said; else ``None``."""
    told = reading.result == "ok" and reading.meaning in [WORDS[m] for m in meanings] and reading.suffix
    return int(reading.suffix) if told else None


# Several cards


def counts(readings):
    """Of what one text reads as on each card, the place of what counts."""
    order = ("replay", "ok", "slip", "duress", "garbled", "malformed")
    return min(range(len(readings)), key=lambda at: order.index(readings[at].result))


# Challenge by voice


def drawn_challenge(randomness, first, left):
    """(row's number, digit) to ask for, where `first` is the next unused row's number, and so many rows are left."""
    rows = {1: [first], 2: [first + 1]}.get(left, [first + 1, first + 2])
    questions = [(row, digit) for row in rows for digit in (2, 5, 9)]
    while (drawn := randomness(1)[0]) >= 252 + 3 * (len(rows) == 1):
        pass
    return questions[drawn % len(questions)]


# Pocket numbers


def pocket_numbers(taken):
    """Those a pocket number is drawn from, each equally likely, where these are taken."""
    free = [f"{number:02}" for number in range(100) if number not in taken]
    for apart in (2, 1):
        best = [new for new in free if all(told_apart(new, f"{old:02}", apart) for old in taken)]
        if best:
            return [int(new) for new in best]
    return [int(new) for new in free]


def told_apart(new, old, apart):
    """Whether each of the two digits is this far off, and neither a mirror nor a second double."""
    far = all(abs(int(a) - int(b)) >= apart for a, b in zip(new, old, strict=True))
    doubles = new[0] == new[1] and old[0] == old[1]
    return far and new != old[::-1] and not doubles


# Private questions


def prepared(answer):
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", answer).casefold())
    kept = [sign for sign in folded if unicodedata.category(sign)[0] in "LNM"]
    return "".join(str(unicodedata.decimal(sign)) if decimal(sign) else sign for sign in kept)


def keys(answer):
    return unicodedata.normalize("NFD", prepared(answer))


def one_key_off(said, true):
    """One sign wrong, missing or too many, or two neighbours swapped."""
    if len(said) == len(true):
        wrong = [at for at in range(len(true)) if said[at] != true[at]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (swapped and [said[at] for at in wrong] == [true[at] for at in reversed(wrong)])
    short, long = sorted((said, true), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def judged(said, answers):
    said, true = keys(said), [keys(answer) for answer in answers]
    if said and said in true:
        return "ok"
    digits = [sign for sign in said if decimal(sign)]
    for answer in true:
        same = [sign for sign in answer if decimal(sign)] == digits
        if same and len(answer) >= 8 and one_key_off(said, answer):
            return "slip"
    return "duress"
