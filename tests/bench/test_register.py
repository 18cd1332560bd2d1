"""What the register takes: verdicts, groups, recording, unlocking, checking, verifying."""

from __future__ import annotations

import secrets
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.check.answer import check_pupil
from app.check.questions import LatestPublication
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import group_verdicts
from app.consent.profiles import profile
from app.consent.questions import SubjectFacts
from app.consent.records import Answer, Channel
from app.consent.uses import use_rules
from app.consent.verdict import verdict
from app.people.questions import GuardiansOf, PupilIds
from app.record import Compartment
from tests.bench.table import PROCESSOR, Measured, Table, in_turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.register.session import LocalSession
    from db.store.engine import Raw

pytestmark = pytest.mark.bench

_RECORDED = 25


def some_pupils(session: LocalSession, many: int) -> tuple[str, ...]:
    """Ids spread over the whole register."""
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=session.clock.today()))
    return tuple(ids[:: max(1, len(ids) // many)])[:many]


def raw_of(session: LocalSession, compartment: Compartment) -> Raw:
    """The driver's own connection, for floors."""
    return session._compartments.file(compartment)._opened.raw


def guardians_of(session: LocalSession, many: int) -> list[tuple[str, str]]:
    """Pupils spread over the whole register, each with a guardian."""
    ids = some_pupils(session, many)
    with session.look(Compartment.CONSENT) as reader:
        found = {pupil_id: reader.ask(GuardiansOf(pupil_id)) for pupil_id in ids}
    return [(pupil_id, some[0].guardian.id) for pupil_id, some in found.items() if some]


def read_bare(raw: Raw, ids: tuple[str, ...]) -> None:
    """Every row about some pupils, as the driver gives it."""
    marks = ",".join("?" * len(ids))
    for name, key in [
        ("decision", "subject_id"), ("authority", "pupil_id"), ("enrolment", "pupil_id"),
        ("relation", "pupil_id"), ("safety_flag", "pupil_id"), ("retraction", "subject_id"),
        ("pupil", "id"),
    ]:  # fmt: skip
        raw.execute(f"SELECT * FROM {name} WHERE {key} IN ({marks})", ids).fetchall()


def published(session: LocalSession) -> int:
    """How often the check list was published."""
    with session.look(Compartment.CHECK) as reader:
        latest = reader.ask(LatestPublication())
    return latest.number if latest else 0


def test_a_verdict_from_stored_facts(
    session: LocalSession,
    pupils: int,
    table: Table,
    forget: Callable[[LocalSession], None],
    about: str,
) -> None:
    ids = some_pupils(session, 200)
    raw = raw_of(session, Compartment.CONSENT)
    with session.look(Compartment.CONSENT) as reader:
        rule = next(r for r in use_rules(reader.all(Channel)) if r.use == "photo:website")
        band, today = profile(), session.clock.today()

        def ours() -> None:
            for pupil_id in ids:
                facts = reader.ask(SubjectFacts(pupil_id, rule.use))
                assert facts is not None
                verdict(facts, rule, today, band)

        def floor() -> None:
            for pupil_id in ids:
                raw.execute("SELECT * FROM pupil WHERE id = ?", (pupil_id,)).fetchone()

        def anew() -> None:
            forget(session)
            ours()

        again, _ = in_turns(ours, floor, clock=PROCESSOR)
        mine, bare = in_turns(anew, floor, clock=PROCESSOR)
    table.add(
        Measured("verdict, one pupil and one use" + about, pupils, mine / 200, bare / 200, 5)
    )
    table.add(Measured("verdict, asked for again" + about, pupils, again / 200, bare / 200, 5))


def test_a_group_of_thirty_and_all_uses(
    session: LocalSession, pupils: int, table: Table, about: str
) -> None:
    ids = some_pupils(session, 30)
    raw = raw_of(session, Compartment.CONSENT)

    def floor() -> None:
        read_bare(raw, ids)

    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        mine, bare = in_turns(
            lambda: group_verdicts(reader, ids, today), floor, clock=PROCESSOR
        )
    table.add(Measured("group of 30, all uses" + about, pupils, mine, bare, 5))


def test_recording_one_decision(
    session: LocalSession, pupils: int, table: Table, about: str
) -> None:
    families = cycle(guardians_of(session, 40))
    before = published(session)
    raw = raw_of(session, Compartment.CONSENT)
    key = Ed25519PrivateKey.generate()
    raw.execute("CREATE TABLE IF NOT EXISTS bench_floor (id TEXT, body TEXT, sig BLOB)")
    day = session.clock.today() - timedelta(days=1)

    def ours() -> None:
        pupil_id, guardian = next(families)
        answers = (UseAnswer("photo:website", Answer.NO),)
        record_decisions(session, DecisionsDraft(pupil_id, guardian, answers, day))

    def floor() -> None:
        body = secrets.token_hex(200)
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(
            "INSERT INTO bench_floor VALUES (?,?,?)", (body[:32], body, key.sign(body.encode()))
        )
        raw.execute("COMMIT")

    try:
        mine, bare = in_turns(ours, floor, rounds=_RECORDED)
    finally:
        raw.execute("DROP TABLE bench_floor")
    assert published(session) == before + _RECORDED + 1
    table.add(Measured("record one decision, published" + about, pupils, mine, bare, 3))


def test_checking_one_child(session: LocalSession, pupils: int, table: Table) -> None:
    ids = some_pupils(session, 20)
    raw = raw_of(session, Compartment.CHECK)

    def floor() -> None:
        for pupil_id in ids:
            raw.execute("SELECT * FROM check_row WHERE id = ?", (pupil_id,)).fetchone()

    mine, bare = in_turns(lambda: [check_pupil(session, pupil_id) for pupil_id in ids], floor)
    table.add(
        Measured("teacher's answer, signature proven", pupils, mine / 20, bare / 20, 100, "ms")
    )
