"""What goes past a director, from outside: none of his keys opens it, nor anything from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.breach.report import withdraw_report
from app.record import Compartment
from db.keys.canonical import MalformedError
from db.keys.secret import SecretBytes
from db.keys.wrap import WontOpenError
from db.register.sealed_objects import Address, opened
from tests.app.breach.test_route import SECOND, about_director, two, user_id
from tests.journeys.test_wall import derived, held
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER

if TYPE_CHECKING:
    from pathlib import Path

    from db.register.session import LocalSession
    from tests.registers import Login, School

__all__ = ["two"]


def waiting_for(school: School, user: str) -> list[Path]:
    """The sealed objects in a user's own box."""
    found = [path for path in school.folder.rglob("*") if path.parent.name == user]
    return [path for path in found if path.is_file() and path.stat().st_size]


def opens(session: LocalSession, path: Path, target: str, key: bytes) -> bool:
    """Whether a key opens an object, whatever it is said to be."""
    places = [("message", target, 0), ("report", str(Compartment.STAFF_DOSSIER), 1)]
    for kind, whose, epoch in places:
        address = Address(session.register.id, kind, whose, epoch)
        try:
            return opened(path.name, address, SecretBytes(key), path.read_bytes()) is not None
        except (WontOpenError, MalformedError):
            continue
    return False


@pytest.fixture
def passed(two: School) -> School:
    """A report about the first director waits for the second, and a note that withdraws it."""
    sent = about_director(two)
    withdraw_report(two.teacher(), sent.id, "Het was een ander account.")
    return two


@pytest.mark.parametrize("login", [DIRECTOR, ADMINISTRATOR, TEACHER], ids=lambda one: one.name)
def test_no_key_of_anybody_else_opens_what_passed_somebody(
    passed: School, login: Login
) -> None:
    session = passed.unlock(login)
    box = user_id(session, SECOND.name)
    paths = [path for path in waiting_for(passed, box) if len(path.name) == 32]
    keys = list(held(session))
    keys += derived(session, keys)
    assert len(keys) > 300
    assert paths
    for path in paths:
        assert not [key for key in keys if opens(session, path, box, key)]


def test_the_other_directors_own_key_opens_it(passed: School) -> None:
    session = passed.unlock(SECOND)
    box = session.user.id
    paths = [path for path in waiting_for(passed, box) if len(path.name) == 32]
    secret = bytes(session._holder.own.pair.box.raw)
    assert sum(opens(session, path, box, secret) for path in paths) == 2


def test_nothing_of_it_stands_where_its_subject_looks(passed: School) -> None:
    session = passed.director()
    for part in (Compartment.STAFF_DOSSIER, Compartment.PUPIL_DOSSIER):
        assert session.waiting(part) == ()
    assert session.messages() == ()
