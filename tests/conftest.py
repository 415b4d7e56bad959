"""What all tests share: repeatable property tests, and the gold data where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the checkout; tests that need it are left out where it is not."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs ../shared/gold")
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """The packaged exercise reports."""
    return Path(__file__).parent.parent / "src" / "dateline" / "examples"
