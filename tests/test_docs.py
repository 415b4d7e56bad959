"""Pages that are made from code and knowledge are fresh; what they link to is there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
TABLES = runpy.run_path(str(DOCS / "tables.py"))


@pytest.mark.parametrize("name", TABLES["PAGES"])
def test_tables_of_a_page_are_fresh(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == TABLES["refreshed"](name), "run: make docs"


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_links_lead_somewhere(page: str) -> None:
    text = re.sub(r"```.*?```", "", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (DOCS / target).exists()] == []
