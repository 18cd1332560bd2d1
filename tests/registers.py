"""A small register with a director, an administrator and a teacher, made once and copied per test.

    def test_something(school: School) -> None:
        session = school.administrator()      # locks whoever was signed in before
        …

Real files and real cryptography; only guessing at a password costs next to nothing here.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.clock import SetClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.register.files import Files
    from db.register.session import LocalSession
    from db.register.vault import LocalVault

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SCHOOL = "Bootschool De Meerpaal"


@dataclass(frozen=True, slots=True)
class Login:
    """A user of the test register."""

    name: str
    password: str
    roles: tuple[str, ...]


DIRECTOR = Login("Jan de Wit", "roestig anker bij nacht en ontij", ("director",))
ADMINISTRATOR = Login("Anna van der Bos", "koperen lantaarn aan stuurboord", ("administrator",))
TEACHER = Login("Pjotr Żak", "zeilen drogen in de wind", ("teacher",))


@dataclass(slots=True)
class School:
    """A copy of the test register; one user at a time is signed in.

    Attributes:
        folder: the register; remembered: where this machine remembers heads.
        recovery_code: as on the printed sheet.
        clock: stands still at `NOW` until it is moved.
    """

    folder: Path
    remembered: Path
    recovery_code: str
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    _session: LocalSession | None = None

    @property
    def vault(self) -> LocalVault:
        """A vault for which a guess at a password costs next to nothing."""
        return vault_for(self.clock, self.remembered)

    def unlock(self, login: Login) -> LocalSession:
        """Sign a user in, after locking whoever was signed in before."""
        self.lock()
        self._session = self.vault.unlock(self.folder, login.name, login.password)
        return self._session

    def director(self) -> LocalSession:
        """The director, signed in."""
        return self.unlock(DIRECTOR)

    def administrator(self) -> LocalSession:
        """The administrator, signed in."""
        return self.unlock(ADMINISTRATOR)

    def teacher(self) -> LocalSession:
        """The teacher, signed in."""
        return self.unlock(TEACHER)

    def keep(self, session: LocalSession) -> LocalSession:
        """A session that was opened in another way, to be locked when the next one signs in."""
        self.lock()
        self._session = session
        return session

    def copied(self, place: Path) -> School:
        """A copy of this register in another folder; nobody may be signed in here."""
        copy = School(place / "register", place / "remembered", self.recovery_code)
        shutil.copytree(self.folder, copy.folder)
        shutil.copytree(self.remembered, copy.remembered)
        return copy

    def lock(self) -> None:
        """Lock whoever is signed in."""
        if self._session is not None:
            self._session.lock()
            self._session = None


def vault_for(clock: SetClock, remembered: Path, files: Files | None = None) -> LocalVault:
    """A vault that is quick and leaves the keyring alone."""
    from db.keys.derive import KdfCost
    from db.register.vault import LocalVault

    return LocalVault(
        clock, KdfCost.for_tests(), keyring_enabled=False, remembered=remembered, files=files
    )


@pytest.fixture(scope="session")
def template_school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """The register that every test gets a copy of; not to be opened itself."""
    place = tmp_path_factory.mktemp("template")
    clock = SetClock(NOW)
    folder, remembered = place / "register", place / "remembered"
    vault = vault_for(clock, remembered)
    session, code = vault.create(folder, SCHOOL, DIRECTOR.name, DIRECTOR.password)
    session.confirm_recovery(code.text)
    codes = [(one, session.add_user(one.name, one.roles)) for one in (ADMINISTRATOR, TEACHER)]
    session.lock()
    for login, one_time in codes:
        vault.enrol(folder, login.name, one_time, login.password).lock()
    return School(folder, remembered, code.text)


@pytest.fixture
def school(template_school: School, tmp_path: Path) -> Iterator[School]:
    """A register of this test's own."""
    copy = template_school.copied(tmp_path)
    yield copy
    copy.lock()
