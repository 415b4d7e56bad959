"""The coder's tools, loaded once for all of its tests: the rules are tested by knowledge alone."""

from __future__ import annotations

import pytest

from dateline.pipeline import Tools, load_tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools(model=False)
