"""What tests of stored things share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.db.store.hand import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.compartment import CompartmentFile


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A consent file that is not there yet."""
    return Shelf(tmp_path)


@pytest.fixture
def file(shelf: Shelf) -> Iterator[CompartmentFile]:
    """An open consent file."""
    with shelf.opened() as opened:
        yield opened
