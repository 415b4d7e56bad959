"""The second, independent coding: made stand-off, and both codings of the same reports put side by side to be compared.

    python gold/double/double.py build QUOTED.jsonl ...
    python gold/double/double.py join -o FOLDER
    dateline evaluate FOLDER/first.jsonl --predicted FOLDER/second.jsonl

`build` checks as gold/build.py does. `join` writes first, second and texts.jsonl: choose a FOLDER outside the repository.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DOUBLE = Path(__file__).resolve().parent
sys.path.insert(0, str(DOUBLE.parent))

import build as first_build  # noqa: E402
import join as first_join  # noqa: E402
from sets import FILES, rows_of, texts_of  # noqa: E402

from dateline.evaluate.standoff import to_quoted  # noqa: E402


def build(quoted: list[Path]) -> int:
    """What gold/build.py does, into this folder. The counts of gold/README.md are those of the first coding and stay."""
    first_build.HERE = DOUBLE
    first_build.write_counts = lambda: None
    sys.argv = ["build", *map(str, quoted)]
    return first_build.main()


def join(folder: Path) -> int:
    second, texts = [], []
    for name in (name for name in FILES if (DOUBLE / f"{name}.jsonl").exists()):
        known = texts_of(name)
        for row in rows_of(DOUBLE / f"{name}.jsonl"):
            texts.append(known[row["doc_id"]])
            second.append(to_quoted(row, texts[-1]["text"]))
    both = {row["doc_id"] for row in second}
    folder.mkdir(parents=True, exist_ok=True)
    first_join.write_lines(folder / "first.jsonl", [row for row, _ in first_join.joined() if row["doc_id"] in both])
    first_join.write_lines(folder / "second.jsonl", second)
    first_join.write_lines(folder / "texts.jsonl", texts)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build").add_argument("quoted", nargs="+", type=Path)
    commands.add_parser("join").add_argument("-o", "--output", type=Path, required=True, help="folder outside the repository")
    options = parser.parse_args()
    return build(options.quoted) if options.command == "build" else join(options.output)


if __name__ == "__main__":
    sys.exit(main())
