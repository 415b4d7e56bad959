"""Sentences and excerpts coded lightly: which words name an event, of which type, its parties, place, time, means and voices.

    python gold/passages.py CODED.jsonl ...       adds coded passages (words) to passages/<set>.jsonl (spans)

CODED: one passage a line, {"id", "events": [{"type", "sub_type", "trigger": [words], "status", "foreground", "report", "actors",
"targets", "where", "when", "weapons", "figures", "sources"}]}; a value is words of the passage (their first place is meant) or
{"q": words, "n": 2} for the second. They teach the tagger (train/tagger/data.py) the news of more wars than the reports here tell
of; they have no days, coordinates or bounds, are no reports, and are never measured. Texts are those of ../shared/gold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sets import HERE, SHARED, Json, part_of, rows_of

from dateline.errors import InputError

FOLDER = HERE / "passages"
Reader = Callable[[int, Json], tuple[str, str]]  # number of the row, the row → id, text
SETS: dict[str, Reader] = {
    "cameo_ner_train": lambda number, row: (f"cameo-{number}", " ".join(row["tokens"])),
    "cameo_class_train": lambda number, row: (f"cameoclass-{number}", row["fields"][0]),
    "satp_relevant_train": lambda number, row: (f"satp-{number}", row["fields"][0]),
    "case2021_t2": lambda _, row: (f"case2021-{row['id']}", row["text"]),
    "displacement_idetect": lambda _, row: (f"idetect-{row['excerpt_id']}", row["excerpt"]),
    "displacement_idmc": lambda number, row: (f"idmc-{number}", row["Excerpt"]),
}
WORDS = ("actors", "targets", "where", "when", "weapons", "figures", "sources")  # values of an event that are words
LABELS = ("type", "sub_type", "status", "foreground", "report")


def texts(shared: Path = SHARED) -> dict[str, tuple[str, str]]:
    """id → (set, text) of all passages. The first of the same text counts."""
    found: dict[str, tuple[str, str]] = {}
    for name, reader in SETS.items():
        for number, row in enumerate(rows_of(shared / f"{name}.jsonl")):
            key, text = reader(number, row)
            found.setdefault(key, (name, text))
    return found


def passages(shared: Path = SHARED) -> Iterator[tuple[Json, str]]:
    """Coded passages with their texts. Raises InputError where a text is not the one that was coded."""
    known = texts(shared)
    for path in sorted(FOLDER.glob("*.jsonl")):
        for row in rows_of(path):
            _, text = known.get(row["id"], ("", ""))
            if sha256(text) != row["sha256"]:
                raise InputError(
                    f"{path.name}: the text of {row['id']} is not the one that was coded. Use the ../shared of that day."
                )
            yield row, text


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def span(text: str, value: Any) -> list[int]:
    """[start, end) of words, in code points. Raises InputError where the text does not hold them."""
    words, number = (value, 1) if isinstance(value, str) else (value["q"], value.get("n", 1))
    at = -1
    for _ in range(number):
        at = text.find(words, at + 1)
        if at < 0 or not words:
            raise InputError(f"the passage does not hold {words!r} ({number} times)")
    return [at, at + len(words)]


def standoff(coded: Json, name: str, text: str) -> Json:
    """Spans and labels of one coded passage."""
    events = []
    for event in coded["events"]:
        row = {"status": "occurred", "foreground": True} | {key: event[key] for key in LABELS if key in event}
        row["trigger"] = [span(text, words) for words in event["trigger"]]
        for key in WORDS:
            given = event.get(key) or []
            if given:
                row[key] = [span(text, words) for words in (given if isinstance(given, list) else [given])]
        events.append(row)
    return {"id": coded["id"], "set": name, "sha256": sha256(text), "events": events}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("coded", type=Path, nargs="+")
    options = parser.parse_args()
    known = texts()
    held = {row["id"]: row for path in FOLDER.glob("*.jsonl") for row in rows_of(path)}
    for path in options.coded:
        for number, coded in enumerate(rows_of(path), 1):
            key = coded["id"]
            if key not in known or part_of(key) == "test":
                print(f"{path}:{number}: {key} is no passage of part dev", file=sys.stderr)
                return 2
            try:
                held[key] = standoff(coded, *known[key])
            except (InputError, KeyError) as wrong:
                print(f"{path}:{number}: {key}: {wrong}", file=sys.stderr)
                return 2
    FOLDER.mkdir(exist_ok=True)
    for name in SETS:
        rows = [held[key] for key in known if key in held and held[key]["set"] == name]
        lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
        (FOLDER / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    print(f"{len(held)} passages, {sum(len(row['events']) for row in held.values())} events", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
