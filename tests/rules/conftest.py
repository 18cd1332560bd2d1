"""What the rules have read of the house is let go again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    """Millions of syntax nodes would slow every later test of the same process down."""
    yield
    parsed.cache_clear()
