"""What is raised carries a code of the registry and ids, and says nothing else."""

import logging
import pickle

import pytest

from ojakgyo.domain import failing
from ojakgyo.domain.errors import REGISTRY, Damaged, NotHeld, OjakError, Refused


@pytest.mark.parametrize("kind", [Refused, Damaged, NotHeld])
def test_a_code_that_is_not_in_the_registry_is_a_wrong_call(kind):
    with pytest.raises(ValueError, match="no such error code"):
        kind("house.of_cards")


def test_an_error_says_its_code_and_ids():
    error = Refused("watch.needs_two", warning=5)
    assert str(error) == "watch.needs_two warning=5"
    assert (error.code, error.ids) == ("watch.needs_two", {"warning": 5})


def test_what_is_not_held_is_a_cell_unless_said_otherwise():
    assert NotHeld().code == "vault.not_held"
    assert NotHeld("vault.sealed").code == "vault.sealed"


def test_all_three_are_ours_and_apart():
    assert {Refused, Damaged, NotHeld} == set(OjakError.__subclasses__())


def test_every_entry_has_a_sentence_and_an_advice():
    assert all(entry.sentence and entry.advice for entry in REGISTRY.values())


def test_a_failure_is_written_down_by_its_code_or_its_type_and_never_its_words():
    assert failing.code_of(Refused("house.busy")) == "house.busy"
    assert failing.code_of(ValueError("버들 482193")) == "ValueError"


def test_where_a_failure_arose_is_the_innermost_place_of_this_house():
    try:
        Refused("house.of_cards")
    except ValueError as error:
        place = failing.where(error)
    assert place.startswith("ValueError domain/errors.py:")


def test_where_a_failure_outside_the_house_arose_is_left_out():
    try:
        raise KeyError("버들")
    except KeyError as error:
        assert failing.where(error) in ("KeyError", f"KeyError {__name__}")


def test_a_logged_failure_names_nobody(caplog):
    try:
        raise KeyError("버들 +8610012345678")
    except KeyError as error:
        with caplog.at_level(logging.ERROR):
            logging.getLogger("ojakgyo").error("failed: %s", failing.where(error))
    assert "버들" not in caplog.text


def test_an_error_can_cross_to_another_process():
    """Work in a spawned child comes back with its code."""
    with pytest.raises(Refused):
        raise pickle.loads(pickle.dumps(Refused("house.busy")))
