"""JSON Schema files of what dateline writes: generated from the types, shipped beside this module, kept fresh by a test.

coding.schema.json      one line of `--format jsonl`: the records of dateline.types
codebook.schema.json    one line of `--format codebook`
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file, made from the types as they are now."""
    from dateline.export.codebook_form import ReportForm
    from dateline.types import Coding

    return {
        "coding.schema.json": schema_of(Coding, "A coded report with all that was found (dateline, --format jsonl)"),
        "codebook.schema.json": schema_of(ReportForm, "A coded report in the form of the codebook (dateline, --format codebook)"),
    }


def schema_of(kind: Any, title: str) -> dict[str, Any]:
    (root,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    return {"$schema": DRAFT, "title": title, **root, "$defs": dict(sorted(parts.items()))}


def schema_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = HERE) -> None:
    for name, schema in schemas().items():
        (folder / name).write_text(schema_text(schema), encoding="utf-8")
