"""Windows cover every piece, and every piece is answered for once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.tagger.windows import OVERLAP, ROOM, cut, owners, pieces_of


@pytest.mark.parametrize("count", [0, 1, ROOM, ROOM + 1, 2 * ROOM, 1999])
def test_each_piece_has_one_owner_and_windows_are_equally_long(count: int) -> None:
    windows = cut(count)
    owned = [piece for first, last in owners(windows) for piece in range(first, last)]
    assert owned == list(range(count))
    assert len({last - first for first, last in windows}) <= 1
    assert all(b[0] <= a[1] - OVERLAP for a, b in pairwise(windows))


def test_owned_pieces_stand_in_their_window() -> None:
    windows = cut(1000)
    assert all(w[0] <= o[0] and o[1] <= w[1] for w, o in zip(windows, owners(windows), strict=True))


def test_pieces_of_a_span() -> None:
    starts, ends = [0, 4, 8], [3, 7, 12]  # "The car bomb"
    assert pieces_of(starts, ends, 4, 7) == (1, 2)
    assert pieces_of(starts, ends, 5, 9) == (1, 3)
    first, last = pieces_of(starts, ends, 3, 4)
    assert first >= last
