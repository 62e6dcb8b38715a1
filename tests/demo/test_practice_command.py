"""`ojak demo` from outside: what it refuses, it refuses before it says or does anything else."""

import pytest
from processes import ojak


@pytest.mark.parametrize("words", [("demo",), ("demo", "--reset")])
@pytest.mark.parametrize("held", ["vault.json", "letters.txt"])
def test_a_folder_with_anything_else_is_refused_first_and_left_as_it_is(tmp_path, held, words):
    home = tmp_path / "home"
    home.mkdir()
    (home / held).write_text("kept")
    ran = ojak(*words, "--port", "1", home=home)
    assert ran.code == 1 and "demo.not_practice" in ran.prose
    assert "Building" not in ran.prose
    assert [path.name for path in home.iterdir()] == [held]
    assert (home / held).read_text() == "kept"
