"""The collector of cycles rests while very many values are made, and passes them over after."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from app.roster import calm
from app.roster.calm import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def collected() -> Iterator[None]:
    """Nothing set apart before, nothing left apart after, and a collector that works."""
    held = gc.isenabled()
    gc.unfreeze()
    gc.enable()
    yield
    gc.unfreeze()
    if not held:
        gc.disable()


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(("most", "apart"), [(1000, True), (100_000, False)])
def test_very_many_values_are_not_looked_through(
    monkeypatch: pytest.MonkeyPatch, most: int, apart: bool
) -> None:
    monkeypatch.setattr(calm, "_MANY", most)
    with uncollected():
        made = [[number] for number in range(5000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert bool(gc.get_freeze_count()) is apart
    assert made
