"""From hand coding with quotes to the stand-off files of this folder: spans and labels, no words of others.

    python gold/build.py QUOTED.jsonl ... [--texts TEXTS.jsonl]

QUOTED holds coded reports in the form of CODEBOOK.md with a `set`. Texts are those of ../shared/gold, or of --texts.
Reports that are in the folder already are replaced, others stay. Nothing is written while any report has a fault:
a quote that its text does not hold, or a label so long that it could be a quote.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sets import FILES, HERE, Json, part_of, rows_of, texts_of

from dateline.errors import InputError
from dateline.evaluate.standoff import to_standoff

MOST_WORDS = 7  # of a label: eight words in a row could be somebody's sentence
NOTES = {"note", "trigger_spans"}  # free text of the coder, or kept in another form
AT_THE_TOP = re.compile(r"at the top|last updated|date of publication|published \w+ \d|dateline", re.IGNORECASE)
LABEL_KEYS = (
    "doc_id set part sha256 published published_basis id type sub_type status precision earliest latest name kind country "
    "direction of and backed_by delivery measure group unit about source side via stance alias since until why"
)
LABELS = frozenset(LABEL_KEYS.split())


def build(record: Json, text: Json) -> Any:
    """One report of hand coding as stand-off."""
    doc_id, given = record["doc_id"], text.get("published")
    bare = without_notes({key: value for key, value in record.items() if not key.startswith("published")})
    for figure in (figure for event in bare["events"] for figure in event.get("figures") or []):
        figure.setdefault("low", None), figure.setdefault("high", None)  # an open bound is told, not left out
    out = to_standoff(bare, text["text"])
    head = {"doc_id": doc_id, "set": record["set"], "part": part_of(doc_id), "sha256": out["sha256"], **published(record, given)}
    rest = {key: out[key] for key in ("aliases", "flags", "background_figures", "not_coded") if out.get(key)}
    coded = {**head, "events": out["events"], **rest, "attributions": out.get("attributions", [])}
    return without_names(coded, private_names(record))


def private_names(node: Any) -> set[str]:
    """Proper names of private persons, as the coder marked them."""
    if isinstance(node, list):
        return {name for item in node for name in private_names(item)}
    if not isinstance(node, dict):
        return set()
    own = (
        {node["name"]} if node.get("private") and " " in node.get("name", "") and node["name"] != node["name"].lower() else set()
    )
    return own | {name for item in node.values() for name in private_names(item)}


def without_names(node: Any, names: set[str]) -> Any:
    """Labels that repeat a private person's name elsewhere (the voice of a figure) say only that it was one."""
    if isinstance(node, list):
        return [without_names(item, names) for item in node]
    if isinstance(node, dict):
        return {key: without_names(item, names) for key, item in node.items()}
    return "private person" if isinstance(node, str) and any(name in node for name in names) else node


def published(record: Json, given: str | None) -> Json:
    """The day of publication and how it is known: `given` (by the set), `date line` (of the text), `inferred`, `unknown`."""
    day, why = record.get("published"), record.get("published_basis", "")
    if not day and not why:
        day = given
    if not day:
        return {"published": None, "published_basis": "unknown"}
    basis = "given" if day == given else "date line" if AT_THE_TOP.search(why) else "inferred"
    return {"published": day, "published_basis": basis, **({"given_disagrees": True} if given and day != given else {})}


def without_notes(node: Any) -> Any:
    """Coders' notes are left out or cut to their first clause: they like to repeat the report's words."""
    if isinstance(node, list):
        return [without_notes(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {
        key: without_notes(value)
        for key, value in node.items()
        if key not in NOTES or (key == "trigger_spans" and "trigger" in node)
    }
    if "quote" in out and "why" in out:
        out["why"] = clause(out["why"])
    if str(out.get("kind", "")).startswith("published given as"):
        out["kind"] = "publication day disagrees with the file"
    if isinstance(out.get("about"), str):
        out["about"] = clause(out["about"])
    return out


def clause(note: str) -> str:
    """
    >>> clause("a trial, long told: nothing new")
    'a trial'
    """
    return " ".join(re.split(r"[,;:(]", note)[0].split()[:MOST_WORDS])


def faults(node: Any, path: str = "") -> Iterator[str]:
    """Words where none may be: unknown keys with text, and labels of more than MOST_WORDS words."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key not in LABELS:
                yield f"{path}.{key}: text under an unknown key"
            yield from faults(value, f"{path}.{key}")
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from [f"{path}: text in a list"] if isinstance(item, str) else faults(item, f"{path}[{number}]")
    elif isinstance(node, str) and len(re.findall(r"\w+", node)) > MOST_WORDS and not path.endswith(".doc_id"):
        yield f"{path}: {node!r} has more than {MOST_WORDS} words: name it shorter"


def merged(name: str, records: list[Json]) -> list[Json]:
    path = HERE / f"{name}.jsonl"
    held = {row["doc_id"]: row for row in rows_of(path)} if path.exists() else {}
    return [row for _, row in sorted((held | {row["doc_id"]: row for row in records}).items())]


def counts_table() -> str:
    """Counts by set, as the table of the README."""
    heading = ("set", "reports", "of these test", "events", "without event", "values", "sources", "triggers", "attributions")
    rows = [(f"`{name}`", *counts(list(rows_of(HERE / f"{name}.jsonl")))) for name in FILES if (HERE / f"{name}.jsonl").exists()]
    total = ("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    lines = ["| " + " | ".join(str(cell) for cell in cells) + " |" for cells in (heading, *rows, total)]
    return "\n".join([lines[0], "|---" + "|---:" * (len(heading) - 1) + "|", *lines[1:]])


def counts(rows: list[Json]) -> tuple[int, ...]:
    events = [event for row in rows for event in row["events"]]
    lists = ("actors", "targets", "weapons", "figures")
    return (
        len(rows),
        sum(row["part"] == "test" for row in rows),
        len(events),
        sum(not row["events"] for row in rows),
        sum(sum(len(event[key]) for key in lists) + bool(event.get("when")) + bool(event.get("where")) for event in events),
        sum(len(event["sources"]) for event in events),
        sum(len(event["trigger"]) for event in events),
        sum(len(row["attributions"]) for row in rows),
    )


def write_counts() -> None:
    readme = HERE / "README.md"
    start, _, rest = readme.read_text(encoding="utf-8").partition("<!-- counts: written by build.py -->\n")
    end = rest[rest.index("<!-- /counts -->") :]
    readme.write_text(f"{start}<!-- counts: written by build.py -->\n{counts_table()}\n{end}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("quoted", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, help="JSONL with doc_id and text, where ../shared/gold is absent")
    options = parser.parse_args()
    records = [row for path in options.quoted for row in rows_of(path)]
    extra = {row["doc_id"]: row for row in rows_of(options.texts)} if options.texts else {}
    built: dict[str, list[Json]] = {}
    bad = 0
    for name in dict.fromkeys(record["set"] for record in records):
        texts = extra or texts_of(name)
        for record in (record for record in records if record["set"] == name):
            try:
                out = build(record, texts[record["doc_id"]])
            except InputError as error:
                print(error, file=sys.stderr)
                bad += 1
                continue
            for fault in faults(out):
                print(f"{record['doc_id']}: {fault}", file=sys.stderr)
                bad += 1
            built.setdefault(name, []).append(out)
    if bad:
        return 1
    for name, several in built.items():
        assert name in FILES, name
        rows = merged(name, several)
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
        (HERE / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(rows)} reports, {sum(len(row['events']) for row in rows)} events")
    write_counts()
    return 0


if __name__ == "__main__":
    sys.exit(main())
