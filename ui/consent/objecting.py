"""The sheet for an objection of somebody who does not decide."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from app.consent.objections import ObjectionDraft, note_objection
from app.consent.overview import PupilConsent
from app.consent.records import Objection
from app.override import override
from ui.consent.wording import way_options
from ui.kit.button import Main
from ui.kit.form import Choice, Day, Form, Line, Notes, Value
from ui.kit.label import Muted
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk
from ui.words import t

_KEYS = ("person", "name", "what", "said_on", "how")
_OTHER = "other"


class ObjectionSheet(SideSheet):
    """Notes who objects to what; it changes no outcome, and says so.

    Signals:
        done(objection): it was noted.
    """

    kind = "objection"

    def __init__(self, desk: Desk, found: PupilConsent) -> None:
        super().__init__(t("consent.objection_title"))
        self._desk, self._found = desk, found
        self._form = Form(
            (
                Choice(
                    key="person", label="consent.objection_who", required=True,
                    options=_people(found),
                ),
                Line(key="name", label="consent.objection_name"),
                Notes(key="what", label="consent.objection_what", required=True, lines=4),
                Day(key="said_on", label="consent.objection_day", required=True),
                Choice(
                    key="how", label="consent.objection_how", required=True,
                    options=way_options(),
                ),
            )
        )  # fmt: skip
        self._form.set_values({"said_on": desk.clock.today(), "how": "conversation"})
        self._form.submitted.connect(self._note)
        self._form.changed.connect(self._changed)
        self._save = Main(t("consent.objection_note"))
        self._save.call_it("sheet_save")
        self._save.clicked.connect(self._form.submit)
        self.set_actions(self._save)
        self.add(Muted(t("consent.objection_explain")), self._form)
        self.end()
        self._show_name()

    @override
    def typed(self) -> dict[str, object]:
        return typed_in(self._form, _KEYS) if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self._form, values)
        self._show_name()
        self.touched = True

    def _changed(self, _key: str) -> None:
        self.touch()
        self._show_name()

    def _show_name(self) -> None:
        self._form.show_field("name", shown=self._form.text("person") == _OTHER)

    def _note(self, values: dict[str, Value]) -> None:
        other, said_on = values["person"] == _OTHER, values["said_on"]
        if not isinstance(said_on, date):
            return
        draft = ObjectionDraft(
            subject_id=self._found.card.pupil.id,
            what=str(values["what"]),
            said_on=said_on,
            how=str(values["how"]),
            person_id="" if other else str(values["person"]),
            person_name=str(values["name"] or "") if other else "",
        )
        self.wait_for(self._save)
        self._desk.ask(partial(note_objection, draft=draft), self._noted, self)

    def _noted(self, objection: Objection) -> None:
        self.touched = False
        self.done.emit(objection)


def _people(found: PupilConsent) -> tuple[tuple[str, str], ...]:
    """Who does not decide: guardians, the pupil, and anybody else."""
    grid = found.grid
    deciding = {v.decider_id for line in grid.lines for v in line.verdict.voices}
    people = [(d.id, _person(d.name, d.relation)) for d in grid.deciders]
    pupil = found.card.pupil.id
    if pupil not in {id for id, _ in people}:
        people.append((pupil, _person(found.card.name, "self")))
    people.append((_OTHER, t("consent.objection_other")))
    return tuple((id, name) for id, name in people if id not in deciding)


def _person(name: str, relation: str) -> str:
    return t("consent.decider", name=name, relation=t(f"people.relation_{relation}"))
