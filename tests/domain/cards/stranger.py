"""Row card M1 written a second time, from docs/reference/cards.md alone and with nothing but the standard library."""

import hashlib
import hmac


def canon(*parts):
    out = b"ojakgyo/1\0"
    for part in parts:
        told = b"s" + part.encode() if isinstance(part, str) else b"i" + part.to_bytes(8, "big")
        out += len(told).to_bytes(4, "big") + told
    return out


def hash_(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def expand(key, info):
    return hash_(key, info + b"\1")


def first_state(secret):
    return hash_(canon("card/1/start"), secret)


def next_state(state):
    return expand(state, canon("card/1/next"))


def replay_key(secret):
    return expand(first_state(secret), canon("card/1/column", "replay"))


def tag(key, digits):
    return hash_(key, canon("card/1/tag", digits))[:16]


class Numbers:
    def __init__(self, state, label):
        self.key, self.block, self.left = expand(state, canon("card/1/column", label)), 0, []

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
