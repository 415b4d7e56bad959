"""Put the tables that come from code and knowledge into the pages: part of `make docs`. A test keeps them fresh.

A page has blocks `<!-- NAME -->` … `<!-- /NAME -->`; what stands between them is made here.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from dateline import types
from dateline.export.formats import FORMATS
from dateline.knowledge import table

HERE = Path(__file__).parent
PAGES = ("exports.md", "records.md")
BLOCK = re.compile(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", re.DOTALL)


def main() -> None:
    for name in PAGES:
        (HERE / name).write_text(refreshed(name), encoding="utf-8")


def refreshed(name: str) -> str:
    """The page with its blocks made anew."""
    return BLOCK.sub(block, (HERE / name).read_text(encoding="utf-8"))


def block(found: re.Match[str]) -> str:
    return f"<!-- {found[1]} -->\n" + "\n".join(MAKERS[found[1]]()) + f"\n<!-- /{found[1]} -->"


def cell(text: object) -> str:
    return str(text).replace("|", "\\|")


def formats() -> Iterator[str]:
    yield "| `--as` | file | what | rules |"
    yield "|---|---|---|---|"
    for one in FORMATS.values():
        yield f"| `{one.name}` | `{one.stem}.{one.ending}` | {one.summary} | {one.codebook} |"


def columns() -> Iterator[str]:
    for name in dict.fromkeys(row["format"] for row in table("export_columns")):
        yield f"### {name}"
        yield ""
        yield "| column | meaning | HXL |"
        yield "|---|---|---|"
        for row in table("export_columns"):
            if row["format"] == name:
                tag = f"`{row['tag']}`" if row["tag"] else ""
                yield f"| `{row['column']}` | {cell(row['meaning'])} | {tag} |"
        yield ""


def crosswalk() -> Iterator[str]:
    yield "| type | sub-type | ACLED | UCDP | PLOVER | CAMEO |"
    yield "|---|---|---|---|---|---|"
    for row in table("export_types"):
        acled = f"{row['acled_event']}: {row['acled_sub_event']}" if row["acled_event"] else "–"
        plover = " ".join(part for part in (row["plover"], row["mode"]) if part) or "–"
        yield f"| {row['type']} | {row['sub_type']} | {acled} | {row['ucdp']} | {plover} | {row['cameo'] or '–'} |"


def precisions() -> Iterator[str]:
    yield "| of | precision | ACLED | UCDP | PLOVER | IDMC |"
    yield "|---|---|---|---|---|---|"
    for row in table("export_precision"):
        values = " | ".join(row[name] or "–" for name in ("acled", "ucdp", "plover", "idmc"))
        yield f"| {row['what']} | {row['precision']} | {values} |"


def model(module: object, skip: tuple[str, ...] = ()) -> Iterator[str]:
    """Records of a module, in the order of the file: what each is, and its fields."""
    for name, one in vars(module).items():
        fits = inspect.isclass(one) and issubclass(one, types.Record) and one.__module__ == getattr(module, "__name__", "")
        if not fits or name in skip:
            continue
        yield f"### {name}"
        yield ""
        yield " ".join(inspect.cleandoc(one.__doc__ or "").split("\n\n")[0].split())
        yield ""
        yield "| field | type | default |"
        yield "|---|---|---|"
        for field in msgspec.structs.fields(one):
            default = "" if field.required else f"`{field.default!r}`" if field.default is not msgspec.NODEFAULT else "made anew"
            yield f"| `{field.name}` | `{cell(type_words(field.type))}` | {default} |"
        yield ""


def type_words(kind: object) -> str:
    words = re.sub(r"\b(?:dateline|typing)\.(?:\w+\.)*", "", str(kind))
    return re.sub(r"<class '([^']+)'>", r"\1", words)


def report_records() -> Iterator[str]:
    yield from model(types, skip=("Record",))


MAKERS: dict[str, Callable[[], Iterator[str]]] = {
    "formats": formats,
    "columns": columns,
    "crosswalk": crosswalk,
    "precisions": precisions,
    "records": report_records,
}

if __name__ == "__main__":
    main()
