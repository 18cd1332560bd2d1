"""Side sheets for duties: what became of one, and what the breach may come under."""

from collections.abc import Mapping
from datetime import date

from app.dossier.weighing import NO, OPEN, YES
from app.duties.line import line_now
from app.duties.radar import DutyState
from app.duties.records import DONE, OPEN_AGAIN, PLANNED, REASONED
from app.duties.rules import WEIGHED, inspector_line
from app.duties.said import line_words
from app.duties.settle import CaseDuties, Settling, Weighed, weigh
from app.override import override
from app.publications.both import settle_for_both
from app.record import Compartment
from ui.dossier.duties import said_words
from ui.dossier.said import wording
from ui.dossier.sheets import CaseSheet
from ui.kit.form import Day, Field, Line, Notes, Radio, Several, Value
from ui.kit.label import Muted
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


class SettleSheet(CaseSheet):
    """Says that a duty was done, is planned or is not needed; a correction says why."""

    kind = "duty"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, state: DutyState
    ) -> None:
        name, because = wording(state.duty.name), wording(state.duty.because)
        key, verb = state.duty.key, t("duties.record_title")
        super().__init__(desk, (compartment, case_id), name, because, about=key, verb=verb)
        if state.duty.call:
            line = inspector_line()
            self.add(Muted(say(line_words(line, line_now(line, desk.clock.now())))))
        if state.fact is not None:
            self.add(Muted(say(said_words(state.fact))))
        if state.shared:
            self.add(Muted(t("duties.goes_to_publication")))
        self.lay_out(_fields(state))
        self.form.set_values({"kind": DONE, "by": desk.user.name, "day": desk.clock.today()})
        self.form.changed.connect(self._follow)
        self._follow()

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        wanted = values["day"]
        settling = Settling(
            kind=str(values["kind"] or ""),
            day=wanted if isinstance(wanted, date) else None,
            by=str(values["by"] or ""),
            with_whom=str(values["with_whom"] or ""),
            note=str(values["note"] or ""),
            reason=str(values.get("reason") or ""),
        )
        key, language = self._about, self.desk.language
        self.store(settle_for_both, key=key, settling=settling, language=language)

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._follow()

    def _follow(self, _key: str = "") -> None:
        shown = _SHOWN.get(self.form.text("kind"), ())
        for key in ("day", "by", "with_whom", "note"):
            self.form.show_field(key, shown=key in shown)


class WeighSheet(CaseSheet):
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
        title, words = t("duties.weigh"), t("duties.weigh_words")
        super().__init__(desk, (compartment, case_id), title, words, about=WEIGHED)
        newest = read.weighings[-1] if read.weighings else None
        self.lay_out(fields)
        self.form.set_values(
            {
                "categories": facts.breach.categories,
                "offence": (newest.offence if newest else OPEN) or _UNKNOWN,
                "data_breach": (newest.data_breach if newest else OPEN) or _UNKNOWN,
            }
        )

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        chosen = values.get("categories")
        wanted = Weighed(
            categories=chosen if isinstance(chosen, tuple) else (),
            offence=_said(values["offence"]),
            data_breach=_said(values["data_breach"]),
            reason=str(values["reason"] or ""),
        )
        self.store(weigh, wanted=wanted)


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
    return (*fields, reason) if state.corrects else fields


def _said(value: Value) -> str:
    return value if value in (YES, NO) and isinstance(value, str) else OPEN
