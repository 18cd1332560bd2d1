"""Nothing has become slower by an order of magnitude. In processor time, limits with much room.

The real figures are those of `make bench`; this is what every run of the tests can afford.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.check.publish import keep_published
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.profiles import profile
from app.consent.questions import SubjectFacts
from app.consent.records import Answer, Channel
from app.consent.uses import use_rules
from app.consent.verdict import verdict
from app.forms.issue import prepare_forms, requests_for_pupil
from app.people.questions import GuardiansOf, PupilIds
from app.record import Compartment
from reports.press import PaperPress
from tests.bench.places import ROOT
from tests.bench.table import PROCESSOR, in_turns
from tests.bench.test_bulk import people
from tests.bench.test_papers import plain
from tests.db.store.hand import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.register.session import LocalSession
    from tests.sample import Sample
    from ui.models.columns import Row

_LATER = (
    *("sqlalchemy", "alembic", "sqlcipher3", "nacl", "cryptography", "keyring", "babel"),
    *("reportlab", "pikepdf", "pypdfium2", "segno", "PySide6.QtPdf", "PySide6.QtPrintSupport"),
    *(
        "app.check",
        "app.consent",
        "app.demo.school",
        "ui.app.office",
        "ui.frame",
        "importlib.metadata",
        "concurrent.futures",
        "ui.kit.days",
        "ui.kit.editors",
        "app.demo.users",
    ),
)
"""What the first window must not wait for."""


@pytest.fixture
def session(sample: Sample) -> LocalSession:
    opened = sample.director()
    keep_published(opened)
    return opened


def pupils(session: LocalSession) -> tuple[str, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PupilIds(on=session.clock.today()))


def ratio(ours: float, floor: float) -> float:
    return ours / max(floor, 0.001)


def test_the_lock_screen_waits_for_nothing_it_does_not_need() -> None:
    code = "import main, sys, ui.app.run, ui.shell.outside, db.register.preferences\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert set(done.stdout.split()) & set(_LATER) == set()


def test_a_verdict_from_stored_facts(session: LocalSession) -> None:
    ids, raw = pupils(session), session._compartments.file(Compartment.CONSENT)._opened.raw
    answers = session._compartments.file(Compartment.CONSENT)._opened.answers
    with session.look(Compartment.CONSENT) as reader:
        rule = use_rules(reader.all(Channel))[0]
        setting, today = profile(), session.clock.today()

        def ours() -> None:
            answers.clear()
            for pupil_id in ids:
                facts = reader.ask(SubjectFacts(pupil_id, rule.use))
                assert facts is not None
                verdict(facts, rule, today, setting)

        def floor() -> None:
            for pupil_id in ids:
                raw.execute("SELECT * FROM pupil WHERE id = ?", (pupil_id,)).fetchone()

        mine, bare = in_turns(ours, floor, clock=PROCESSOR)
    assert ratio(mine, bare) < 60


def test_recording_and_publishing_a_decision(session: LocalSession) -> None:
    pupil_id = pupils(session)[0]
    with session.look(Compartment.CONSENT) as reader:
        guardian = reader.ask(GuardiansOf(pupil_id))[0].guardian.id
    key, day = Ed25519PrivateKey.generate(), session.clock.today() - timedelta(days=1)

    def ours() -> None:
        answers = (UseAnswer("photo:website", Answer.NO),)
        record_decisions(session, DecisionsDraft(pupil_id, guardian, answers, day))

    def floor() -> None:
        for _ in range(10):
            key.sign(bytes(1000))

    mine, bare = in_turns(ours, floor, rounds=7, clock=PROCESSOR)
    assert ratio(mine, bare) < 60


def test_a_list_of_a_hundred_thousand_opens_like_a_short_one(qtbot: QtBot) -> None:
    from ui.kit.table import Table
    from ui.models.columns import Column, Row
    from ui.models.rows import ask_now

    class Many:
        def __init__(self, many: int) -> None:
            self._ids = tuple(map(str, range(many)))

        def ids(self, order: object, search: str) -> tuple[str, ...]:
            return self._ids

        def page(self, ids: Sequence[str]) -> Sequence[Row]:
            return [Row(each, {"name": f"Naam {each}"}) for each in ids]

    columns = [Column("name", "people.name", 24)]
    few, many = (Table(columns, Many(size), ask=ask_now) for size in (1000, 100_000))
    for made in (few, many):
        qtbot.addWidget(made)
        made.resize(900, 600)
        made.show()

    def opened(made: Table) -> None:
        made.reload()
        made.grab()

    mine, bare = in_turns(lambda: opened(many), lambda: opened(few), rounds=5, clock=PROCESSOR)
    assert ratio(mine, bare) < 80


def test_drawing_forms(session: LocalSession) -> None:
    requests = tuple(
        request
        for each in pupils(session)[:12]
        for request in requests_for_pupil(session, each)
    )
    words = [["Toestemming voor foto's, film en geluid"] * 60]

    def ours() -> int:
        return prepare_forms(session, PaperPress(), requests, "nl").pdf.pages

    pages = ours()
    mine, bare = in_turns(ours, lambda: plain(words, pages), rounds=3, clock=PROCESSOR)
    assert ratio(mine, bare) < 15


def test_adding_and_verifying_many_records(tmp_path: Path) -> None:
    file = Shelf(tmp_path).create()
    raw = file._opened.raw
    raw.execute("CREATE TABLE pace (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT)")

    def ours() -> None:
        with file.work("pace", "") as work:
            work.add(*people(500))
            work.commit()

    def floor() -> None:
        raw.execute("BEGIN IMMEDIATE")
        rows = [("waarde", "waarde", str(number)) for number in range(1500)]
        raw.executemany("INSERT INTO pace (a, b, c) VALUES (?, ?, ?)", rows)
        raw.execute("COMMIT")

    mine, bare = in_turns(ours, floor, rounds=5, clock=PROCESSOR)
    checked, _ = in_turns(file.verify, floor, rounds=3, clock=PROCESSOR)
    file.close()
    assert ratio(mine, bare) < 150
    assert ratio(checked, bare) < 120
