"""The side sheets of dossiers: adding an entry, and taking a step from what it asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from typing_extensions import override

from app.breach.report import EvidenceFile
from app.dossier.dossiers import CaseLine, TimelineItem
from app.dossier.entries import ADDABLE, KINDS, NewEntry, add_entry
from app.dossier.procedure import ProcedureStep, asked_on
from app.dossier.records import Entry
from app.dossier.steps import take_step
from app.record import Compartment
from ui.dossier.said import wording
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.kit.form import Choice, Day, Field, Form, Line, Notes, Value
from ui.kit.label import Muted, Small
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.asks import step_answers, step_fields, step_keys
from ui.shell.desk import Desk
from ui.shell.files import read_file
from ui.words import t

_ENTRY = ("kind", "happened_on", "title", "body", "case_id")


class EntrySheet(SideSheet):
    """Adds a talk, a call, a note or a letter that came in; or corrects one."""

    kind = "entry"

    def __init__(
        self,
        desk: Desk,
        compartment: Compartment,
        dossier_id: str,
        cases: Sequence[CaseLine],
        replaces: TimelineItem | None = None,
    ) -> None:
        title = t("dossier.correct_entry" if replaces else "dossier.add_entry")
        super().__init__(title)
        self._desk, self._compartment, self._dossier = desk, compartment, dossier_id
        self._replaces = replaces
        self._file: EvidenceFile | None = None
        self.form = Form(_entry_fields(cases, correcting=replaces is not None))
        self.form.changed.connect(self.touch)
        self.form.submitted.connect(self._send)
        self.form.set_values({"happened_on": desk.clock.today()})
        if replaces is not None:
            self.form.set_values(
                {
                    "kind": replaces.kind,
                    "happened_on": replaces.day,
                    "title": replaces.title,
                    "body": replaces.body,
                }
            )
        self._file_name = Small(t("dossier.no_file_yet"))
        choose = Plain(t("dossier.add_file"), "plus", fit="small")
        choose.call_it("entry_file")
        choose.clicked.connect(self._choose)
        save = Main(t("dossier.save_entry"))
        save.call_it("sheet_save")
        save.clicked.connect(self.form.submit)
        self._save = save
        self.add(Muted(t("dossier.entry_words")), self.form, self._file_name, choose)
        self.end()
        self.set_actions(save)

    @override
    def typed(self) -> dict[str, object]:
        return typed_in(self.form, _ENTRY) if self.touched and not self._replaces else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, values)
        self.touched = True

    def _choose(self) -> None:
        ask.open_file(self, t("dossier.add_file"), self._read)

    def _read(self, path: Path) -> None:
        self._desk.runner.run(partial(read_file, path), self._taken, self, pure=True)

    def _taken(self, file: EvidenceFile) -> None:
        self._file = file
        self._file_name.setText(file.name)
        self.touch()

    def _send(self, values: dict[str, Value]) -> None:
        happened = values["happened_on"]
        replaces = self._replaces
        entry = NewEntry(
            kind=replaces.kind if replaces else str(values["kind"]),
            happened_on=happened if isinstance(happened, date) else None,
            title=str(values["title"]),
            body=str(values["body"]),
            case_id=str(values.get("case_id") or ""),
            file=self._file,
            replaces=replaces.id if replaces else "",
        )
        self.bar.clear()
        self.wait_for(self._save)
        work = partial(
            add_entry, compartment=self._compartment, dossier_id=self._dossier, entry=entry
        )
        self._desk.ask(work, self._stored, self)

    def _stored(self, entry: Entry) -> None:
        self.touched = False
        self.done.emit(entry)


class StepSheet(SideSheet):
    """Takes a step of a case: a form made from what the step asks."""

    kind = "step"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, step: ProcedureStep
    ) -> None:
        super().__init__(wording(step.name))
        self._desk, self._compartment, self._case = desk, compartment, case_id
        self.step = step
        self.asks = asked_on(step, desk.clock.today())
        self.form = Form(step_fields(self.asks))
        self.form.changed.connect(self.touch)
        self.form.submitted.connect(self._send)
        save = Main(wording(step.name))
        save.call_it("sheet_save")
        save.clicked.connect(self.form.submit)
        self._save = save
        self.add(Muted(wording(step.because)), self.form)
        self.end()
        self.set_actions(save)

    @override
    def typed(self) -> dict[str, object]:
        keys = step_keys(self.asks)
        return {**typed_in(self.form, keys), "__step": self.step.id} if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, {key: value for key, value in values.items() if key != "__step"})
        self.touched = True

    def _send(self, values: dict[str, Value]) -> None:
        self.bar.clear()
        self.wait_for(self._save)
        work = partial(
            take_step,
            compartment=self._compartment,
            case_id=self._case,
            step_id=self.step.id,
            answers=step_answers(self.asks, values),
        )
        self._desk.ask(work, self._stored, self)

    def _stored(self, step: object) -> None:
        self.touched = False
        self.done.emit(step)


def _entry_fields(cases: Sequence[CaseLine], *, correcting: bool) -> tuple[Field, ...]:
    kinds = tuple((kind, t(KINDS[kind])) for kind in ADDABLE)
    numbers = tuple((case.id, f"{case.number} · {wording(case.procedure)}") for case in cases)
    about: tuple[Field, ...] = (
        Choice(key="kind", label="dossier.kind", required=True, options=kinds),
    )
    case: tuple[Field, ...] = (Choice(key="case_id", label="dossier.in_case", options=numbers),)
    return (
        *(() if correcting else about),
        Day(key="happened_on", label="dossier.happened_on", required=True),
        Line(key="title", label="dossier.subject", required=True),
        Notes(key="body", label="dossier.body", help="dossier.body_help", lines=7),
        *(() if correcting or not cases else case),
    )
