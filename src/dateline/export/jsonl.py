"""The full records, one report a line: everything that was found, with the rule (`by`) behind each value.

Offsets are those of `report.text`, which stands in the record. `dateline.types.Coding` reads a line back:

    msgspec.json.decode(line, type=Coding)
"""

from __future__ import annotations

from dateline.export.codebook import encode
from dateline.types import Coding


def record_line(coding: Coding) -> bytes:
    """The coding as one line of UTF-8 JSON, without line end."""
    return encode(coding)
