"""The reference tools beside the repository: tests that compare with them skip where they are absent."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


def reference(name: str) -> ModuleType:
    """A reference script of ../shared, as a module."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs ../shared/{name}")
    spec = importlib.util.spec_from_file_location(f"reference_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
