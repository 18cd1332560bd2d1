"""Kills a process at every step of a change and looks at what it left; played by a test.

Run as a program with a template register, an empty folder, the name of a change and a stride
(1: every step). Forks one child for each step; prints what was found, as JSON. A program of its
own, because forking needs a process without threads.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import SetClock
from app.errors import BoordboekError
from app.record import Compartment
from app.register.records import School as SchoolRecord
from tests.db.register.stops import KillingFiles
from tests.registers import ADMINISTRATOR, DIRECTOR, NOW, TEACHER, Login, vault_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.register.session import LocalSession

NEW_PASSWORD = "een nieuw en ander wachtwoord"
_MOST = 200


def user_named(session: LocalSession, login: Login) -> str:
    return next(user.id for user in session.users() if user.name == login.name)


CHANGES: dict[str, Callable[[LocalSession], object]] = {
    "revoke": lambda session: session.revoke_user(user_named(session, ADMINISTRATOR)),
    "password": lambda session: session.change_password(DIRECTOR.password, NEW_PASSWORD),
    "renew": lambda session: session.renew_keys(),
    "reissue": lambda session: session.reissue(user_named(session, TEACHER)),
}


class Scene:
    """One copy of the template in which one child is killed."""

    def __init__(self, template: Path, place: Path) -> None:
        self.place = place
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(template, place)

    def open(
        self, login: Login, password: str, files: KillingFiles | None = None
    ) -> LocalSession:
        vault = vault_for(SetClock(NOW), self.place / "remembered", files)
        return vault.unlock(self.place / "register", login.name, password)

    def prepare(self) -> None:
        """Put a record and a sealed report in it."""
        session = self.open(ADMINISTRATOR, ADMINISTRATOR.password)
        with session.work(Compartment.CONSENT, "school_changed") as work:
            work.add(SchoolRecord(id="school", name="De Meerpaal"))
            work.commit()
        session.seal(Compartment.STAFF_DOSSIER, b"report")
        session.lock()

    def play(self, change: str, at: int) -> bool:
        """Make the change in a child that is killed at a step; True when it came to its end."""
        child = os.fork()
        if child == 0:
            self._child(change, at)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
            raise RuntimeError(change, at)
        return os.WIFEXITED(status)

    def _child(self, change: str, at: int) -> None:
        files = KillingFiles(at)
        try:
            session = self.open(DIRECTOR, DIRECTOR.password, files)
            files.start()
            CHANGES[change](session)
            os._exit(0)
        finally:
            os._exit(1)

    def found(self) -> dict[str, object]:
        """What the next person at this machine finds."""
        director, password = self._director()
        with director.look(Compartment.CONSENT) as reader:
            school = reader.get(SchoolRecord, "school").name
        report = director.waiting(Compartment.STAFF_DOSSIER)[0]
        report_opens = director.unseal(Compartment.STAFF_DOSSIER, report.id).content.decode()
        orderly = [director.verify(compartment).in_order for compartment in Compartment]
        director.lock()
        folder = self.place / "register"
        copies = [(folder / f"directory.{letter}").read_bytes() for letter in "ab"]
        return {
            "school": school,
            "report": report_opens,
            "orderly": all(orderly),
            "new_password": password == NEW_PASSWORD,
            "administrator": self._gets_in(ADMINISTRATOR),
            "teacher": self._gets_in(TEACHER),
            "leftovers": sorted(p.name for p in folder.rglob("*") if is_leftover(p)),
            "copies_equal": copies[0] == copies[1],
        }

    def _director(self) -> tuple[LocalSession, str]:
        with suppress(BoordboekError):
            return self.open(DIRECTOR, DIRECTOR.password), DIRECTOR.password
        return self.open(DIRECTOR, NEW_PASSWORD), NEW_PASSWORD

    def _gets_in(self, login: Login) -> bool:
        try:
            session = self.open(login, login.password)
        except BoordboekError:
            return False
        session.lock()
        return True


def is_leftover(path: Path) -> bool:
    return path.name.endswith((".next", ".part", "-journal"))


def main(template: Path, place: Path, change: str, stride: int) -> None:
    prepared = place / "prepared"
    scene = Scene(template, prepared)
    scene.prepare()
    found = []
    for at in range(1, _MOST, stride):
        scene = Scene(prepared, place / "scene")
        ended = scene.play(change, at)
        found.append(scene.found())
        if ended:
            break
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
