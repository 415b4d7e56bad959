"""From the stand-off files of this folder to coded reports with their words.

    python gold/join.py -o FOLDER [--part dev|test]

Writes FOLDER/<set>.jsonl (the form of CODEBOOK.md, spans beside the quotes) and FOLDER/texts/texts.jsonl (doc_id, text …).
Texts come from ../shared/gold and are checked by their sha256. They are not ours: choose a folder outside the repository.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from sets import FILES, HERE, SHARED, Json, rows_of, texts_of

from dateline.evaluate.standoff import to_quoted


def standoff(part: str | None = None) -> Iterator[Json]:
    """All reports of this folder, set by set, in the order of their ids."""
    for name in FILES:
        path = HERE / f"{name}.jsonl"
        if path.exists():
            yield from (row for row in rows_of(path) if part in (None, row["part"]))


def joined(part: str | None = None, shared: Path = SHARED) -> Iterator[tuple[Json, Json]]:
    """Pairs of coded report (with words) and text record. Raises InputError where a text is not the one that was coded."""
    texts: dict[str, dict[str, Json]] = {}
    for row in standoff(part):
        name = row["set"]
        if name not in texts:
            texts[name] = texts_of(name, shared)
        text = texts[name][row["doc_id"]]
        yield to_quoted(row, text["text"]), text


def write_lines(path: Path, rows: list[Json]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder outside the repository")
    parser.add_argument("--part", choices=("dev", "test"))
    options = parser.parse_args()
    if not SHARED.exists():
        print(f"needs {SHARED}: the texts are not part of this repository", file=sys.stderr)
        return 2
    pairs = list(joined(options.part))
    options.output.mkdir(parents=True, exist_ok=True)
    for name in dict.fromkeys(row["set"] for row, _ in pairs):
        write_lines(options.output / f"{name}.jsonl", [row for row, _ in pairs if row["set"] == name])
    (options.output / "texts").mkdir(exist_ok=True)
    write_lines(options.output / "texts" / "texts.jsonl", [text for _, text in pairs])
    print(f"{len(pairs)} reports, {sum(len(row['events']) for row, _ in pairs)} events → {options.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
