"""Registers to measure on: the sample school at two sizes, made once and kept in `.bench`.

A kept register is made anew when anything that decides what it holds has changed. It is only
ever copied: what is measured writes into a copy, which goes when the measuring ends.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from app.check.publish import keep_published
from app.clock import SystemClock
from app.demo.school import demo_users, make_demo
from tests.bench.decade import make_decade
from tests.bench.places import KEPT, ROOT, SIZES
from tests.bench.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.clock import Clock
    from db.register.session import LocalSession
    from db.register.vault import LocalVault

STRICT = os.environ.get("BOORDBOEK_BENCH_STRICT") == "1"
_LEFT_OVER = 6 * 3600
"""Seconds after which what a run was making is left over from one that was stopped."""
_DECIDING = (
    *("app/demo/*.py", "app/check/listing.py", "app/check/records.py", "app/*/records.py"),
    *("db/store/migrations/**/*.py", "db/*/tables.py", "db/journal/entry.py"),
    *("db/register/directory*.py", "db/register/envelope.py", "db/keys/*.py"),
    *("resources/sample/*", "resources/channels.toml", "tests/bench/decade.py"),
)


def vault(remembered: Path, clock: Clock | None = None) -> LocalVault:
    """A vault for which a guess at a password costs as little as a register may ask."""
    from db.keys.derive import KdfCost
    from db.register.vault import LocalVault

    return LocalVault(
        clock or SystemClock(), KdfCost.floor(), keyring_enabled=False, remembered=remembered
    )


def _form() -> str:
    """What decides about the kept registers, as a short name."""
    found = hashlib.sha256()
    for path in sorted({path for pattern in _DECIDING for path in ROOT.glob(pattern)}):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _kept(name: str, make: Callable[[Path, Path], None]) -> Path:
    """The kept register of this name, made when there is none of the present form."""
    folder = KEPT / f"{name}-{_form()}"
    if not folder.exists():
        for old in KEPT.glob(f"{name}-*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        KEPT.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=KEPT, prefix="making-") as place:
            made = Path(place) / "register"
            make(made, Path(place) / "remembered")
            made.rename(folder)
    return folder


def _sample(pupils: int, folder: Path, remembered: Path) -> None:
    make_demo(vault(remembered), folder, pupils).lock()


def _decade(pupils: int, folder: Path, remembered: Path) -> None:
    make_decade(partial(vault, remembered), folder, pupils)


class Copies:
    """The registers of this run."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.remembered = place / "remembered"

    def folder(self, pupils: int) -> Path:
        """A copy of the kept sample school of this size."""
        return self._copy(str(pupils), partial(_sample, pupils))

    def decade(self, pupils: int) -> Path:
        """A copy of the kept register of this size with ten years of decisions."""
        return self._copy(f"decade{pupils}", partial(_decade, pupils))

    def _copy(self, name: str, make: Callable[[Path, Path], None]) -> Path:
        copy = self._place / name
        if not copy.exists():
            shutil.copytree(_kept(name, make), copy)
        return copy

    def vault(self) -> LocalVault:
        """A vault that remembers nothing once the run has ended."""
        return vault(self.remembered)


@pytest.fixture(scope="session")
def copies() -> Iterator[Copies]:
    KEPT.mkdir(exist_ok=True)
    for left in (*KEPT.glob("run-*"), *KEPT.glob("making-*")):
        if left.stat().st_mtime < time.time() - _LEFT_OVER:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(dir=KEPT, prefix="run-") as place:
        yield Copies(Path(place))


@pytest.fixture(params=SIZES, scope="module")
def pupils(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def session(pupils: int, copies: Copies) -> Iterator[LocalSession]:
    """The director, signed in on a register of this size."""
    director = demo_users()[0]
    opened = copies.vault().unlock(copies.folder(pupils), director.name, director.phrase)
    keep_published(opened)
    yield opened
    opened.lock()


@pytest.fixture
def about() -> str:
    """What the rows say of the register besides its size."""
    return ""


@pytest.fixture(scope="session")
def forget() -> Callable[[LocalSession], None]:
    """Lets a register forget the answers that it keeps, so that it has to read them."""

    def forget_answers(session: LocalSession) -> None:
        for file in session._compartments._open.values():
            file._opened.answers.clear()

    return forget_answers


@pytest.fixture(scope="session")
def table() -> Iterator[Table]:
    """Collects the rows and prints them at the end; fails at the end when asked to be strict."""
    found = Table()
    yield found
    print("\n\n" + found.text())
    if STRICT and (missed := [row.what for row in found.rows if not row.reached]):
        pytest.fail(f"not reached: {'; '.join(missed)}")
