"""The small network these tests play in, and somebody there with questions."""

import pytest
from world import night, night_kept

from ojakgyo.apps.cards.questions import acts
from ojakgyo.apps.cards.questions.values import Asked

__all__ = ["night", "night_kept"]
GOAT = Asked("What was the goat called?", ("Brownie", "갈색이"))
JAR = Asked("Who broke the big jar?", ("Grandfather Oak",))


@pytest.fixture
def kept(night):
    """Two questions are kept for Beodeul, as Haneul does it."""
    return [
        acts.keep_question(night.desk("Haneul"), person=night.person("Beodeul"), asked=each) for each in (GOAT, JAR)
    ]
