"""GeoJSON (RFC 7946): a feature for each event or incident. One without a place has no geometry and stays in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export import events_csv
from dateline.export.cases import Case, LeftOut


def features(cases: Sequence[Case]) -> Iterator[dict[str, Any] | LeftOut]:
    """Features with the columns of the event table as properties, `[lon, lat]` in WGS 84 to four decimals."""
    for case in cases:
        row = events_csv.row_of(case)
        lat, lon = row.pop("latitude"), row.pop("longitude")
        inside = lat is not None and lon is not None and -90 <= lat <= 90 and -180 <= lon <= 180
        yield {
            "type": "Feature",
            "id": row.pop("id"),
            "geometry": {"type": "Point", "coordinates": [lon, lat]} if inside else None,
            "properties": {key: value for key, value in row.items() if value not in (None, "")},
        }
