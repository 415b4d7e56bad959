"""The schema files are those of the types as they are now."""

from __future__ import annotations

import json

import pytest

from dateline.schemas import HERE, schema_text, schemas


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schema_files_are_fresh(name: str) -> None:
    assert (HERE / name).read_text(encoding="utf-8") == schema_text(schemas()[name]), "run: make docs"


def test_no_other_schema_file_lies_about() -> None:
    assert {path.name for path in HERE.glob("*.json")} == set(schemas())


def test_every_reference_in_a_schema_leads_somewhere() -> None:
    for schema in schemas().values():
        text = json.dumps(schema)
        refs = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
        assert refs <= set(schema["$defs"])
