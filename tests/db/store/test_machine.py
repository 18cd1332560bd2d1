"""Any order of adding, changing, forgetting and opening again gives what a dictionary gives."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.consent.records import Decision
from app.errors import Refusal
from app.override import override
from app.people.questions import Presence, PupilIds
from app.people.records import Pupil
from tests.db.store.hand import TODAY, Shelf, decision, pupil

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from app.ports import Head
    from db.store.writing import Writing

IDS = st.sampled_from(["p1", "p2", "p3", "p4"])
NAMES = st.sampled_from(["Anna", "Zoë", "Ömer", "O'Neil", "", "x" * 200])


class Register(RuleBasedStateMachine):
    """A file beside two dictionaries: what is committed, and what the open work has."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.shelf = Shelf(self.folder)
        self.file = self.shelf.create()
        self.committed: dict[str, Any] = {}
        self.present: dict[str, Any] = {}
        self.heads: list[Head] = []
        self.entered: AbstractContextManager[Writing] | None = None
        self.work: Writing | None = None

    @override
    def teardown(self) -> None:
        self.leave()
        assert self.file.verify(remembered=tuple(self.heads)).in_order
        self.file.close()
        shutil.rmtree(self.folder)

    def leave(self) -> None:
        if self.entered:
            self.entered.__exit__(None, None, None)
        self.entered = self.work = None
        self.present = dict(self.committed)

    def begun(self) -> Writing:
        if self.work is None:
            self.entered = self.file.work("test")
            self.work = self.entered.__enter__()
        return self.work

    def write(self, how: str, record: Any, *, fits: bool) -> None:
        try:
            getattr(self.begun(), how)(record)
        except Refusal:
            assert not fits
        else:
            assert fits
            self.present[record.id] = record

    @rule(id_=IDS, name=NAMES)
    def add_pupil(self, id_: str, name: str) -> None:
        self.write("add", pupil(id_, first=name), fits=id_ not in self.present)

    @rule(id_=IDS, name=NAMES)
    def change_pupil(self, id_: str, name: str) -> None:
        self.write("change", pupil(id_, first=name), fits=id_ in self.present)

    @rule(id_=IDS, subject=IDS)
    def add_decision(self, id_: str, subject: str) -> None:
        fact = decision("d" + id_, subject)
        self.write("add", fact, fits=fact.id not in self.present)

    @rule(id_=IDS)
    def change_decision(self, id_: str) -> None:
        self.write("change", replace(decision("d" + id_), note="x"), fits=False)

    @precondition(lambda self: self.work is not None)
    @rule()
    def commit(self) -> None:
        self.heads.append(self.begun().commit())
        self.committed = dict(self.present)
        self.leave()

    @rule()
    def forget(self) -> None:
        self.leave()

    @rule()
    def open_again(self) -> None:
        self.leave()
        self.file.close()
        self.file = self.shelf.open()

    @rule()
    def look(self) -> None:
        self.leave()
        with self.file.look() as reader:
            assert {found.id: found for found in reader.all(Pupil)} == self.of(Pupil)
            assert reader.head().number == len(self.heads)

    @invariant()
    def holds(self) -> None:
        work = self.begun()
        assert {found.id: found for found in work.all(Decision)} == self.of(Decision)
        left = work.ask(PupilIds(on=TODAY, presence=Presence.LEFT))
        assert sorted(left) == sorted(self.of(Pupil))

    def of(self, kind: type) -> dict[str, Any]:
        return {id_: found for id_, found in self.present.items() if isinstance(found, kind)}


TestRegister = Register.TestCase
