"""A newer table of roles: what reaches a register by itself, and what a director decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import resources
from app.errors import Refusal
from app.record import Compartment
from db.register import access, roles
from db.register.access import Newcomer
from db.register.members import Role
from db.register.membership import AlteredError
from tests.db.register.directories import Staffed, staffed
from tests.registers import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.registers import School

Table = roles.Table
CARE = Role(frozenset({"check.read", "pupil_dossier.read", "pupil_dossier.write"}), frozenset())
ZORG = "care"


def widened(table: Table, name: str, *grants: str) -> Table:
    return {**table, name: replace(table[name], grants=table[name].grants | set(grants))}


def with_care(table: Table) -> Table:
    director = replace(table["director"], adds=table["director"].adds | {ZORG})
    return {**table, ZORG: CARE, "director": director}


def newer(monkeypatch: pytest.MonkeyPatch, change: Callable[[Table], Table]) -> None:
    """Another edition of the program, with another table of roles."""
    table = change(roles.offered())
    monkeypatch.setattr(resources, "roles_version", lambda: 2)
    monkeypatch.setattr(roles, "offered", lambda: table)


@pytest.fixture
def cast() -> Staffed:
    return staffed()


def test_a_role_that_was_added_reaches_the_register_when_a_director_signs_in(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, with_care)
    assert ZORG not in school.administrator().user.adds
    session = school.director()
    assert ZORG in session.user.adds
    assert session.user.root
    assert session.role_changes() == ()
    session.add_user("Zorg Zeker", (ZORG,))
    assert school.director().users()


def test_a_role_that_may_more_waits_for_a_director_to_say_so(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, lambda table: widened(table, "administrator", "pupil_dossier.read"))
    assert not school.administrator().opens(Compartment.PUPIL_DOSSIER)
    session = school.director()
    (change,) = session.role_changes()
    assert (change.key, change.gained, change.lost) == (
        "administrator",
        ("pupil_dossier.read",),
        (),
    )
    assert not school.administrator().opens(Compartment.PUPIL_DOSSIER)
    school.director().take_roles()
    assert school.administrator().opens(Compartment.PUPIL_DOSSIER)
    assert not school.teacher().opens(Compartment.PUPIL_DOSSIER)
    assert school.director().role_changes() == ()


def test_only_a_director_takes_a_table_over(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, lambda table: widened(table, "administrator", "pupil_dossier.read"))
    with pytest.raises(Refusal, match="no_grant"):
        school.administrator().take_roles()


def test_an_older_program_changes_nothing(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        newer(patched, with_care)
        school.director()
    assert ZORG in school.director().user.adds


def test_the_log_takes_no_table_from_anybody_but_a_director(cast: Staffed) -> None:
    table = with_care(roles.offered())
    for holder in (cast.administrator, cast.teacher):
        with pytest.raises(AlteredError):
            access.define_roles(cast.directory.copy(), holder, table, 2, NOW)


def test_the_log_takes_no_older_table(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        access.define_roles(cast.directory, cast.director, with_care(roles.offered()), 1, NOW)


def test_the_log_lets_no_role_vanish_that_somebody_has(cast: Staffed) -> None:
    table = {name: role for name, role in roles.offered().items() if name != "teacher"}
    with pytest.raises((AlteredError, KeyError)):
        access.define_roles(cast.directory, cast.director, table, 2, NOW)


def test_nobody_opens_a_compartment_more_without_a_new_epoch(cast: Staffed) -> None:
    table = widened(roles.offered(), "teacher", "staff_dossier.read")
    body = {"role_table": roles.written(table), "role_version": 2}
    with pytest.raises(AlteredError):
        cast.directory.append(cast.director.author, "roles_defined", body, NOW)


def test_nobody_keeps_the_key_of_what_his_role_lost(cast: Staffed) -> None:
    was = roles.offered()
    narrow = replace(was["administrator"], grants=was["teacher"].grants)
    access.define_roles(cast.directory, cast.director, {**was, "administrator": narrow}, 2, NOW)
    members = cast.directory.members
    assert members.epoch(Compartment.CONSENT).number == 2
    assert cast.administrator.user not in members.recipients(Compartment.CONSENT)
    assert members.epoch(Compartment.CHECK).number == 1


def test_whoever_gets_the_new_role_holds_its_keys_and_no_others(cast: Staffed) -> None:
    access.define_roles(cast.directory, cast.director, with_care(roles.offered()), 2, NOW)
    access.add(cast.directory, cast.director, Newcomer("Zorg", (ZORG,)), NOW)
    holders = [len(cast.directory.members.holders(part)) for part in Compartment]
    assert dict(zip(Compartment, holders, strict=True)) == {
        Compartment.CHECK: 4,
        Compartment.CONSENT: 2,
        Compartment.PUPIL_DOSSIER: 2,
        Compartment.STAFF_DOSSIER: 1,
    }


GRANTING = [
    ("a grant more", lambda t: widened(t, "teacher", "consent.read"), False),
    ("a grant to seal more", lambda t: widened(t, "teacher", "check.seal"), False),
    ("locks later", lambda t: {**t, "teacher": replace(t["teacher"], lock_minutes=11)}, False),
    ("locks sooner", lambda t: {**t, "teacher": replace(t["teacher"], lock_minutes=9)}, True),
    ("adds others", lambda t: {**t, "administrator": replace(t["administrator"], adds=frozenset({"teacher", "administrator"}))}, False),
    ("adds the new role", lambda t: with_care({**t, "administrator": replace(t["administrator"], adds=frozenset({"teacher", ZORG}))}), False),
    ("a new role", with_care, True),
    ("a role gone", lambda t: {n: r for n, r in t.items() if n != "teacher"}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "unasked"), [row[1:] for row in GRANTING], ids=[row[0] for row in GRANTING]
)
def test_only_what_gives_nobody_more_goes_unasked(
    cast: Staffed, change: Callable[[Table], Table], unasked: bool
) -> None:
    assert roles.goes_unasked(cast.directory.members, change(roles.offered())) is unasked
