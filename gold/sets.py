"""Where the texts of the gold lie: the sets of ../shared/gold, which are not part of this repository."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "gold"
FILES = {
    "fakes_syria": "fakes_syria.jsonl",
    "wikievents_dev": "wikievents_dev.jsonl",
    "news_clusters": "news_clusters.jsonl",
    "muc4": "muc4/dev.jsonl",
    "geo_gwn": "geo_gwn.jsonl",
    "re3d": "re3d.jsonl",
    "glocon_docs": "glocon_docs.jsonl",
    "indiapolice_docs": "indiapolice_docs.jsonl",
    "polnear_dev": "polnear_dev.jsonl",
    "polnear_train": "polnear_train.jsonl",
    "satp": "satp_relevant_train.jsonl",
    "timex_timebank": "timex_timebank.jsonl",
    "geo_lgl": "geo_lgl.jsonl",
}
Json = dict[str, Any]


def part_of(doc_id: str) -> str:
    """`test` for the fixed fifth of reports that is never trained on and never read for rules, else `dev`."""
    return "test" if int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 5 == 0 else "dev"


def texts_of(name: str, shared: Path = SHARED) -> dict[str, Json]:
    """doc_id → {doc_id, text, published, outlet, title} of one set. `published` is ISO, left out where the set tells none."""
    texts: dict[str, Json] = {}
    for number, row in enumerate(rows_of(shared / FILES[name])):
        record = text_record(name, row if name != "satp" else {"doc_id": f"satp-{number}", "text": row["fields"][0]})
        texts.setdefault(record["doc_id"], record)  # polnear: several rows a report, one for each annotator
    return texts


def rows_of(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def text_record(name: str, row: Json) -> Json:
    doc_id = {"glocon_docs": lambda: row["id"], "indiapolice_docs": lambda: f"indiapolice-{row['doc_id']}"}.get(
        name, lambda: row["doc_id"]
    )()
    told = {
        "published": iso_day(row.get("date") or row.get("dct") or (row.get("norm") or {}).get("date") or ""),
        "outlet": row.get("outlet") or row.get("publisher"),
        "title": row.get("title"),
    }
    text = row["doc_text"] if name == "indiapolice_docs" else row["text"]
    return {"doc_id": str(doc_id), "set": name, **{key: value for key, value in told.items() if value}, "text": text}


def iso_day(told: str) -> str | None:
    """The sets write days as 2017-09-15T00:00:00 or as 4/16/17 (month first)."""
    if "/" in told:
        month, day, year = (int(part) for part in told.split("/"))
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    return told[:10] or None
