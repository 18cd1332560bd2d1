"""Where the registers of the machines stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.campaigns.places import memory_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """Syncing costs more than all the rest here, and is not what is tried."""
    with memory_folder(tmp_path) as folder:
        yield folder
