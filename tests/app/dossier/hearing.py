"""A practice procedure with one of everything, and a case that follows it in a real register."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import resources
from app.dossier.records import Case, Dossier
from app.dossier.steps import open_case
from app.duties.steps import take_step
from app.procedures.procedure import load_procedure
from tests.app.dossier.samples import BECAUSE, BREACH, CASE, TODAY
from tests.app.dossier.situations import STAFF, settle_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.dossier.records import Breach, Step
    from app.dossier.steps import OpenedCase
    from app.ports import Session

KEY = "staff_hearing"
FILE = Path(__file__).with_name("hearing.toml")


def table() -> resources.Table:
    """What the file says."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture
def hearing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The practice procedure stands beside those that are shipped."""
    known = {KEY: table()}
    shipped, names = resources.procedure, resources.procedures()
    monkeypatch.setattr(resources, "procedure", partial(_either, known, shipped))
    monkeypatch.setattr(resources, "procedures", lambda: [*names, KEY])
    load_procedure.cache_clear()
    yield
    load_procedure.cache_clear()


def _either(known: resources.Table, shipped: object, key: str) -> object:
    assert callable(shipped)
    return known[key] if key in known else shipped(key)


def begun(session: Session, breach: Breach = BREACH) -> str:
    """A case along the practice procedure; returns its id."""
    settle_in(session)
    dossier = Dossier(
        id=CASE.dossier_id, subject_id="5" * 32, subject_name="K. Smit", opened_on=TODAY
    )
    return add_case(session, dossier, breach, replace(CASE, procedure=KEY))


def add_case(session: Session, dossier: Dossier, breach: Breach, case: Case) -> str:
    """A dossier with a breach and its case, written down."""
    with session.work(STAFF, "report_filed", "x") as work:
        if work.find(Dossier, dossier.id) is None:
            work.add(dossier)
        work.add(breach, case)
        work.commit()
    return case.id


def take(session: Session, case_id: str, step: str, **answers: Any) -> Step:
    """Take a step of it."""
    return take_step(session, STAFF, case_id, step, answers, BECAUSE)


def opened(session: Session, case_id: str) -> OpenedCase:
    """The case as shown."""
    return open_case(session, STAFF, case_id)


def lacking(session: Session, case_id: str, step: str) -> list[str]:
    """What a step lacks, as text ids."""
    found = [one for one in opened(session, case_id).possible if one.step.id == step]
    return [message.id for message in found[0].lacks]
