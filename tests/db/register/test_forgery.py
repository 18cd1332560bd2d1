"""Sealed objects made by somebody with keys and bad intentions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from app.errors import Refusal
from app.record import Compartment
from db.keys.canonical import packed
from db.keys.pairs import seal
from db.register.padding import padded
from db.register.sealed_objects import Address, Letter, new_name, sealed
from tests.registers import NOW

if TYPE_CHECKING:
    from db.register.session import LocalSession
    from tests.registers import School

PUPIL, STAFF = Compartment.PUPIL_DOSSIER, Compartment.STAFF_DOSSIER


def laid(session: LocalSession, part: Compartment, name: str, content: bytes) -> None:
    (session.register.folder / "inbox" / part / name).write_bytes(content)


def address(session: LocalSession, part: Compartment) -> tuple[Address, bytes]:
    epoch = session._site.directory.members.epoch(part)
    return Address(session.register.id, "report", part, epoch.number), epoch.inbox


def test_a_report_in_the_name_of_another_does_not_open(school: School) -> None:
    teacher = school.teacher()
    place, box = address(teacher, STAFF)
    victim = next(user for user in teacher.users() if "director" in user.roles)
    key = teacher._site.directory.members.users[victim.id].key.public
    posing: Any = SimpleNamespace(
        user=victim.id, pair=SimpleNamespace(public=key, sign=teacher._holder.own.pair.sign)
    )
    name = new_name()
    laid(teacher, STAFF, name, sealed(name, place, box, posing, Letter(NOW, b"false")))
    director = school.director()
    with pytest.raises(Refusal, match="seal_broken"):
        director.unseal(STAFF, name)


def test_a_report_cannot_be_sealed_again_for_another_dossier(school: School) -> None:
    """A director who reads it could otherwise file it elsewhere in the reporter's name."""
    id = school.teacher().seal(PUPIL, b"about a pupil")
    director = school.director()
    opened = director._post.unseal(PUPIL, id)
    place, box = address(director, STAFF)
    name = new_name()
    body = padded(packed(opened.carried, opened.signature))
    whole = sealed(name, place, box, director._holder.author, Letter(NOW, b""))
    head = whole[: len(whole) - len(seal(box, body, "x"))]
    laid(director, STAFF, name, head + seal(box, body, *place.place(name, "body")))
    with pytest.raises(Refusal, match="seal_broken"):
        director.unseal(STAFF, name)


def test_a_stranger_without_a_user_seals_in_vain(school: School) -> None:
    from db.keys.pairs import PrivatePair
    from db.register.entries import Author

    director = school.director()
    place, box = address(director, STAFF)
    name, stranger = new_name(), Author("nobody", PrivatePair.random())
    laid(director, STAFF, name, sealed(name, place, box, stranger, Letter(NOW, b"x")))
    with pytest.raises(Refusal, match="seal_broken"):
        director.unseal(STAFF, name)
