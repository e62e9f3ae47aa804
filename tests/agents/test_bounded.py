from agents.bounded import OTHER, UNKNOWN, Bounded


def test_the_first_so_many_keep_their_names_and_later_ones_share_one() -> None:
    names = Bounded(2)
    assert [names.name(value) for value in ("a", "b", "c", "a", "c")] == ["a", "b", OTHER, "a", OTHER]


def test_what_has_no_name_is_unknown() -> None:
    assert Bounded(0).name(None) == UNKNOWN
