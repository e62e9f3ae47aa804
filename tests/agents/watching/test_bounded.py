from copydesk.agents.watching.bounded import OTHER, UNKNOWN, Bounded, Frequent


def test_the_first_so_many_keep_their_names_and_later_ones_share_one() -> None:
    names = Bounded(2)
    assert [names.name(value) for value in ("a", "b", "c", "a", "c")] == ["a", "b", OTHER, "a", OTHER]


def test_what_has_no_name_is_unknown() -> None:
    assert Bounded(0).name(None) == UNKNOWN
    assert Frequent(0).name(None) == UNKNOWN


def test_a_frequent_value_gets_a_name_however_late_it_comes_and_rare_ones_do_not() -> None:
    names = Frequent(4)
    rare = [names.name(f"rare{number}") for number in range(1_000)]
    assert rare == ["rare0", "rare1", *[OTHER] * 998]
    late = [names.name("frequent" if number % 2 else f"rarer{number}") for number in range(1_000)]
    assert late[-1] == "frequent"
    assert set(late) == {OTHER, "frequent"}


def test_a_name_is_kept_and_there_are_never_more_than_the_limit() -> None:
    names = Frequent(4)
    given = [names.name(f"s{number // 50}") for number in range(1_000)]
    assert len(set(given) - {OTHER}) == 4
    assert names.name("s0") == "s0"
