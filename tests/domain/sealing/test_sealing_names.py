"""The frozen names: a changed one would close every blob that carries it."""

from ojakgyo.domain.sealing.names import Group, Purpose, Table


def test_the_names_of_the_first_release_stand():
    assert {"slot", "ring", "officer", "session", "entry", "api", "line", "card", "inbound", "address"} <= set(Table)
    assert {"keys", "ident", "state", "number", "words"} <= set(Group)
    assert {"session", "entry", "api", "sys", "state", "number", "words", "ext"} <= set(Purpose)
    assert {"wrap", "inbox", "slot", "bundle"} <= set(Purpose)


def test_a_name_is_its_own_word_in_small_letters():
    for name in (*Table, *Group, *Purpose):
        assert name.value == name.name.lower()
