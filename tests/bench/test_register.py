"""What the register takes: verdicts, groups, recording, unlocking, checking, verifying."""

from __future__ import annotations

import hashlib
import os
import resource
import secrets
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.check.answer import check_pupil
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import answer_for, group_verdicts
from app.consent.questions import SubjectFacts
from app.consent.records import Answer, Channel
from app.consent.uses import profile, use_rules
from app.consent.verdict import verdict
from app.demo.school import demo_users
from app.people.questions import GuardiansOf, PupilIds
from app.people.records import Pupil
from app.record import Compartment
from tests.bench.conftest import folder_of, vault
from tests.bench.table import Measured, Table, in_turns

if TYPE_CHECKING:
    from db.register.session import LocalSession

pytestmark = pytest.mark.bench


def some_pupils(session: LocalSession, many: int) -> tuple[str, ...]:
    """Ids spread over the whole register."""
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=session.clock.today()))
    return tuple(ids[:: max(1, len(ids) // many)])[:many]


def raw_of(session: LocalSession, compartment: Compartment):
    """The driver's own connection, for floors."""
    return session._compartments.file(compartment)._opened.raw


def test_a_verdict_from_stored_facts(session, pupils: int, table: Table) -> None:
    ids = some_pupils(session, 200)
    raw = raw_of(session, Compartment.CONSENT)
    with session.look(Compartment.CONSENT) as reader:
        rule = next(r for r in use_rules(reader.all(Channel)) if r.use == "photo:website")
        band, today = profile(), session.clock.today()

        def ours() -> None:
            for pupil_id in ids:
                facts = reader.ask(SubjectFacts(pupil_id, rule.use))
                verdict(facts, rule, today, band)

        def floor() -> None:
            for pupil_id in ids:
                raw.execute("SELECT * FROM pupil WHERE id = ?", (pupil_id,)).fetchone()

        mine, bare = in_turns(ours, floor)
    table.add(Measured("verdict, one pupil and one use", pupils, mine / 200, bare / 200, 5))


def test_a_group_of_thirty_and_all_uses(session, pupils: int, table: Table) -> None:
    ids = some_pupils(session, 30)
    raw = raw_of(session, Compartment.CONSENT)
    marks = ",".join("?" * len(ids))
    statements = [
        f"SELECT * FROM {name} WHERE {key} IN ({marks})"
        for name, key in [
            ("decision", "subject_id"), ("authority", "pupil_id"), ("enrolment", "pupil_id"),
            ("relation", "pupil_id"), ("safety_flag", "pupil_id"), ("retraction", "subject_id"),
            ("pupil", "id"),
        ]
    ]  # fmt: skip

    def floor() -> None:
        for statement in statements:
            raw.execute(statement, ids).fetchall()

    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        mine, bare = in_turns(lambda: group_verdicts(reader, ids, today), floor)
    table.add(Measured("group of 30, all uses", pupils, mine, bare, 5))


def test_recording_one_decision(session, pupils: int, table: Table) -> None:
    pupil_id = some_pupils(session, 3)[1]
    with session.look(Compartment.CONSENT) as reader:
        guardian = reader.ask(GuardiansOf(pupil_id))[0].guardian.id
    raw = raw_of(session, Compartment.CONSENT)
    key = Ed25519PrivateKey.generate()
    raw.execute("CREATE TABLE IF NOT EXISTS bench_floor (id TEXT, body TEXT, sig BLOB)")
    day = session.clock.today() - timedelta(days=1)

    def ours() -> None:
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
        mine, bare = in_turns(ours, floor, rounds=25)
    finally:
        raw.execute("DROP TABLE bench_floor")
    table.add(Measured("record one decision, published", pupils, mine, bare, 3))


def test_checking_one_child(session, pupils: int, table: Table) -> None:
    ids = some_pupils(session, 20)
    raw = raw_of(session, Compartment.CHECK)

    def floor() -> None:
        for pupil_id in ids:
            raw.execute("SELECT * FROM check_row WHERE id = ?", (pupil_id,)).fetchone()

    mine, bare = in_turns(lambda: [check_pupil(session, pupil_id) for pupil_id in ids], floor)
    table.add(
        Measured("teacher's answer, signature proven", pupils, mine / 20, bare / 20, 100, "ms")
    )


def test_verifying_the_journal(session, pupils: int, table: Table) -> None:
    raw = raw_of(session, Compartment.CONSENT)
    entries = raw.execute("SELECT count(*) FROM journal").fetchone()[0]
    key = Ed25519PrivateKey.generate()
    signed = [(body := secrets.token_bytes(300), key.sign(body)) for _ in range(entries)]
    public = key.public_key()

    def floor() -> None:
        for body, signature in signed:
            hashlib.sha256(body + signature).digest()
            public.verify(signature, body)

    began = time.perf_counter()
    found = session.verify(Compartment.CONSENT)
    whole = (time.perf_counter() - began) * 1000
    assert found.in_order
    from db.journal.verify import verify_chain

    file = session._compartments.file(Compartment.CONSENT)
    mine, bare = in_turns(lambda: verify_chain(file), floor, rounds=5)
    table.add(Measured("journal verification, chain", pupils, mine, bare, 1.5))
    table.add(Measured("journal verification with all rows", pupils, whole, 0, 60_000, "ms"))


def test_unlocking(pupils: int, table: Table) -> None:
    director = demo_users()[0]
    folder = folder_of(pupils)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        vault().unlock(folder, director.name, director.phrase).lock()
        taken.append((time.perf_counter() - began) * 1000)
    table.add(Measured("unlock without the Argon2id second", pupils, min(taken), 0, 300, "ms"))


def test_checking_from_a_cold_start(pupils: int, table: Table) -> None:
    folder = folder_of(pupils)
    teacher = demo_users()[2]
    command = [
        *(sys.executable, "main.py", "check", str(folder), "--user", teacher.name),
        *("--password-stdin", "--pupil", "Zoë van der Wal", "--channel", "website"),
        *("--medium", "photo"),
    ]
    environment = {**os.environ, "BOORDBOEK_STATE": str(folder.parent / "remembered")}
    began = time.perf_counter()
    subprocess.run(
        command, input=teacher.phrase, text=True, check=False, capture_output=True, env=environment
    )
    mine = (time.perf_counter() - began) * 1000
    table.add(Measured("`check` from a cold start", pupils, mine, 0, 8100 / 5, "ms"))


def test_memory_with_everything_open(session, pupils: int, table: Table) -> None:
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=session.clock.today()))
        reader.get(Pupil, ids[0])
        answer_for(reader, ids[0], "photo:website", session.clock.today())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add(Measured("peak memory of the whole run", pupils, peak, 0, 300, "MB"))
