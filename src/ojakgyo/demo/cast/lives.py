"""How far the cards of the practice world have come: most are in use, and a few wait for the officers' next step."""

from typing import Final

from ojakgyo.demo.cast.dice import Dice
from ojakgyo.demo.cast.parts import CardLife, CardStage, Helper
from ojakgyo.demo.cast.people import is_named

RUNNING_OUT: Final = (9, 10)
"""Rows used of the two cards that run out; twelve are on the paper."""
NEARLY_OUT: Final = 10
"""Rows used of a card whose next one is made already."""


def lives(people: tuple[Helper, ...], cards: tuple[str, ...], dice: Dice) -> tuple[CardLife, ...]:
    """One for each who carries a card; those the stories speak of have used none of theirs."""
    named = {helper.key for helper in people if is_named(helper)}
    others = dice.sample([key for key in cards if key not in named], len(set(cards) - named))
    staged = {
        CardStage.RUNNING_OUT: RUNNING_OUT,
        CardStage.PRINTED: (NEARLY_OUT,),
        CardStage.WAITING: (NEARLY_OUT,),
        CardStage.RENEWED: (1,),
        CardStage.LOST: (dice.between(2, 6),),
    }
    special = [(stage, used) for stage, each in staged.items() for used in each]
    drawn = {key: CardLife(key, stage, used) for key, (stage, used) in zip(others, special, strict=False)}
    rest = {key: CardLife(key, CardStage.IN_USE, dice.between(1, 8)) for key in others[len(special) :]}
    found = {key: CardLife(key, CardStage.IN_USE, 0) for key in named} | drawn | rest
    return tuple(found[key] for key in cards)
