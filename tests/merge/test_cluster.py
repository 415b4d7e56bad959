"""Clusters under what people decided."""

from dateline.merge.cluster import cluster

SCORES = {("a", "b"): 1.0, ("a", "c"): 2.1, ("a", "d"): 1.1, ("b", "c"): 0.6, ("b", "d"): 1.0, ("c", "d"): -0.9}
REPORTS = {one: one for one in "abcd"}


def test_to_confirm_that_two_of_a_cluster_are_the_same_changes_nothing() -> None:
    """Joining the confirmed pair first would have split the rest off: the order of joins changes means."""
    assert cluster("abcd", SCORES, REPORTS) == [list("abcd")]
    for pair in SCORES:
        assert cluster("abcd", SCORES, REPORTS, same=[pair]) == [list("abcd")]


def test_what_would_stay_apart_is_joined_by_a_person_and_kept_apart_by_a_newer_different() -> None:
    scores = {("a", "b"): 1.0, ("b", "c"): -2.0}
    assert cluster("abc", scores, REPORTS) == [["a", "b"], ["c"]]
    assert ["c"] not in cluster("abc", scores, REPORTS, same=[("a", "c")])
    assert ["c"] in cluster("abc", scores, REPORTS, same=[("a", "c")], different=[("a", "c")])
