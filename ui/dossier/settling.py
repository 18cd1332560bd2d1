"""Side sheets for duties: what became of one, and what the breach may come under."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from typing_extensions import override

from app.dossier.weighing import NO, OPEN, YES
from app.duties.line import line_now
from app.duties.radar import DutyState
from app.duties.records import DONE, OPEN_AGAIN, PLANNED, REASONED
from app.duties.rules import inspector_line
from app.duties.said import line_words
from app.duties.settle import CaseDuties, Settling, Weighed, settle_duty, weigh
from app.record import Compartment
from ui.dossier.duties import said_words
from ui.dossier.later import LaterSheet, Work
from ui.dossier.said import wording
from ui.kit.form import Day, Field, Line, Notes, Radio, Several, Value
from ui.kit.label import Muted
from ui.kit.sided import put_in, typed_in
from ui.shell.desk import Desk
from ui.words import say, t

_UNKNOWN = "not_known"
_SHOWN = {
    DONE: ("day", "by", "with_whom", "note"),
    PLANNED: ("day",),
    REASONED: ("note",),
    OPEN_AGAIN: (),
}
"""Which fields go with what is said."""


class SettleSheet(LaterSheet):
    """Says that a duty was done, is planned or is not needed; a correction says why."""

    kind = "duty"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, state: DutyState
    ) -> None:
        name, because = wording(state.duty.name), wording(state.duty.because)
        super().__init__(desk, name, because, _fields(state))
        self._save.setText(t("duties.record_title"))
        self._place, self._state = (compartment, case_id), state
        self._language = desk.language
        self.form.set_values({"kind": DONE, "by": desk.user.name, "day": desk.clock.today()})
        self.form.changed.connect(self._follow)
        if state.duty.call:
            line = inspector_line()
            self.add(Muted(say(line_words(line, line_now(line, desk.clock.now())))))
        if state.fact is not None:
            self.add(Muted(say(said_words(state.fact))))
        self.lay_out()
        self._follow()

    @override
    def work(self, values: Mapping[str, Value]) -> Work:
        compartment, case_id = self._place
        wanted = values["day"]
        settling = Settling(
            kind=str(values["kind"] or ""),
            day=wanted if isinstance(wanted, date) else None,
            by=str(values["by"] or ""),
            with_whom=str(values["with_whom"] or ""),
            note=str(values["note"] or ""),
            reason=str(values.get("reason") or ""),
        )
        return partial(
            settle_duty,
            compartment=compartment,
            case_id=case_id,
            key=self._state.duty.key,
            settling=settling,
            language=self._language,
        )

    @override
    def typed(self) -> dict[str, object]:
        typed = {**typed_in(self.form, self.form.keys), "__duty": self._state.duty.key}
        return typed if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, {key: value for key, value in values.items() if key != "__duty"})
        self.touched = True
        self._follow()

    def _follow(self, _key: str = "") -> None:
        shown = _SHOWN.get(self.form.text("kind"), ())
        for key in ("day", "by", "with_whom", "note"):
            self.form.show_field(key, shown=key in shown)


class WeighSheet(LaterSheet):
    """Says what a breach may come under; the duties follow from it."""

    kind = "weigh"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, read: CaseDuties
    ) -> None:
        facts = read.file.facts
        categories = tuple(
            (found.key, wording(found.name))
            for found in facts.protocol.categories
            if found.actor == facts.breach.actor_kind
        )
        answers = tuple((key, t(f"duties.verdict_{key or 'open'}")) for key in (YES, NO))
        answers = (*answers, (_UNKNOWN, t("duties.verdict_open")))
        several = Several(key="categories", label="duties.categories", options=categories)
        fields: tuple[Field, ...] = (
            *((several,) if categories else ()),
            Radio(key="offence", label="duties.offence", required=True, options=answers),
            Radio(
                key="data_breach", label="duties.data_breach", required=True, options=answers
            ),
            Notes(key="reason", label="duties.weigh_reason", required=True, lines=4),
        )
        super().__init__(desk, t("duties.weigh"), t("duties.weigh_words"), fields)
        self._place = (compartment, case_id)
        newest = read.weighings[-1] if read.weighings else None
        self.form.set_values(
            {
                "categories": facts.breach.categories,
                "offence": (newest.offence if newest else OPEN) or _UNKNOWN,
                "data_breach": (newest.data_breach if newest else OPEN) or _UNKNOWN,
            }
        )
        self.lay_out()

    @override
    def work(self, values: Mapping[str, Value]) -> Work:
        compartment, case_id = self._place
        chosen = values.get("categories")
        wanted = Weighed(
            categories=chosen if isinstance(chosen, tuple) else (),
            offence=_said(values["offence"]),
            data_breach=_said(values["data_breach"]),
            reason=str(values["reason"] or ""),
        )
        return partial(weigh, compartment=compartment, case_id=case_id, wanted=wanted)

    @override
    def typed(self) -> dict[str, object]:
        typed = {**typed_in(self.form, self.form.keys), "__weigh": "weighed"}
        return typed if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, {key: value for key, value in values.items() if key != "__weigh"})
        self.touched = True


def _fields(state: DutyState) -> tuple[Field, ...]:
    kinds = [DONE, PLANNED, REASONED, *([OPEN_AGAIN] if state.history else [])]
    options = tuple((kind, t(f"duties.kind_{kind}")) for kind in kinds)
    reason = Notes(key="reason", label="duties.correct_reason", required=True, lines=2)
    whom = wording(state.duty.with_whom)
    fields: tuple[Field, ...] = (
        Radio(key="kind", label="duties.kind", required=True, options=options),
        Day(key="day", label="duties.day"),
        Line(key="by", label="duties.by"),
        Line(key="with_whom", label="duties.with_whom", said=whom[:1].upper() + whom[1:]),
        Notes(key="note", label="duties.note", lines=4),
    )
    return (*fields, reason) if state.history else fields


def _said(value: Value) -> str:
    return value if value in (YES, NO) and isinstance(value, str) else OPEN
