"""Text of a stranger on a terminal: without the characters that move cursors, set colours, ring bells or reorder a line."""

from __future__ import annotations

import re

# C0 and C1 controls (ESC and CSI among them), and the bidi embeddings, overrides and isolates that can make words read otherwise.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BLANKS = re.compile(r"[\s\u2028\u2029]+")


def safe(text: str) -> str:
    """`text` with unsafe characters as U+FFFD; line ends and tabs stay.

    >>> safe("six \\x1b[31mdead")
    'six \ufffd[31mdead'
    """
    return UNSAFE.sub("\ufffd", text)


def one_line(text: str, limit: int | None = None) -> str:
    """Safe text on one line, cut at `limit` characters.

    >>> one_line("six  people\\ndied here", 12)
    'six people …'
    """
    line = UNSAFE.sub("\ufffd", BLANKS.sub(" ", text)).strip()
    return line if limit is None or len(line) <= limit else line[: limit - 1] + "…"
