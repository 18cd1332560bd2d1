"""Registers to measure on: the sample school at two sizes, made once and kept in `.bench`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.demo.school import demo_users, make_demo
from tests.bench.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.register.session import LocalSession
    from db.register.vault import LocalVault

SIZES = tuple(int(n) for n in os.environ.get("BOORDBOEK_BENCH", "2000,100000").split(","))
KEPT = Path(__file__).parents[2] / ".bench"
_FORMAT = "2"


def vault() -> LocalVault:
    """A vault for which a guess at a password costs as little as a register may ask."""
    from db.keys.derive import KdfCost
    from db.register.vault import LocalVault

    remembered = KEPT / "remembered"
    return LocalVault(
        SystemClock(), KdfCost.floor(), keyring_enabled=False, remembered=remembered
    )


def folder_of(pupils: int) -> Path:
    """The register of this size, made when it is not there yet."""
    folder = KEPT / f"{pupils}-{_FORMAT}"
    done = KEPT / f"{pupils}-{_FORMAT}.made"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        KEPT.mkdir(exist_ok=True)
        make_demo(vault(), folder, pupils).lock()
        done.touch()
    return folder


@pytest.fixture(params=SIZES, scope="module")
def pupils(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def session(pupils: int) -> Iterator[LocalSession]:
    """The director, signed in on a register of this size."""
    director = demo_users()[0]
    opened = vault().unlock(folder_of(pupils), director.name, director.phrase)
    yield opened
    opened.lock()


@pytest.fixture(scope="session")
def table() -> Iterator[Table]:
    """Collects the rows and prints them at the end."""
    found = Table()
    yield found
    print("\n\n" + found.text())
