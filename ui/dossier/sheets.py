"""The side sheets of a case: forms about it, and the one that takes a step."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.duties.steps import NOTHING, WHY, Because, Beside, take_step
from app.errors import Refusal
from app.override import override
from app.procedures.procedure import COURSE, ProcedureStep, asked_on
from app.record import Compartment
from ui.dossier.picker import CoursePicker
from ui.dossier.said import wording
from ui.kit.form import Field, Value
from ui.kit.label import Muted
from ui.shell.asks import step_answers, step_fields
from ui.shell.closing import OpenDuties, why_open
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.words import say

ABOUT = "__about"
"""Under this key a draft holds what it is about: id of a step, or key of a duty."""

Place = tuple[Compartment, str]
"""Where a case is: compartment and id."""


class CaseSheet(FormSheet):
    """A form about one case, below the words that say why.

    What is `about` something is kept in drafts; the others are too short for that.
    """

    def __init__(
        self,
        desk: Desk,
        place: Place,
        title: str,
        words: str,
        *,
        about: str = "",
        verb: str = "",
    ) -> None:
        super().__init__(desk, title, verb or title)
        self._place, self._about = place, about
        self.add(Muted(words))

    @override
    def lay_out(self, fields: Sequence[Field], columns: int = 1) -> None:
        super().lay_out(fields, columns)
        self.end()

    def store(self, use_case: Callable[..., object], **values: object) -> None:
        """Do something to the case with what was filled in."""
        compartment, case_id = self._place
        self.ask(partial(use_case, compartment=compartment, case_id=case_id, **values))

    @override
    def typed(self) -> dict[str, object]:
        return {**super().typed(), ABOUT: self._about} if self.touched and self._about else {}


class StepSheet(CaseSheet):
    """Takes a step of a case: a form made from what the step asks.

    How a case goes on is chosen among the courses with what each is for, and nowhere else. A
    step that closes the case shows what is still open beside it.

    Signals:
        settle_asked(key): the person wants to say something about an open duty first.
    """

    kind = "step"
    settle_asked = Signal(str)

    def __init__(
        self, desk: Desk, place: Place, step: ProcedureStep, found: Beside = NOTHING
    ) -> None:
        title, because = wording(step.name), wording(step.because)
        super().__init__(desk, place, title, because, about=step.id)
        self.step = step
        self.asks = asked_on(step, desk.clock.today())
        self.picker = self._picker()
        if self.picker is not None:
            self.add(self.picker)
        if found.all:
            self.open_duties = OpenDuties(found, desk.clock)
            self.open_duties.settle_asked.connect(self.settle_asked)
            self.add(self.open_duties)
        rest = tuple(ask for ask in self.asks if ask.kind != COURSE)
        self.lay_out((*step_fields(rest), *why_open(found)))
        if self.picker is not None:
            self._send.clicked.connect(self.picker.check)
        self._send.setEnabled(not found.first)

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        if self.picker is not None and not self.picker.check():
            return
        chosen = {COURSE: self.picker.key} if self.picker is not None else {}
        answers = step_answers(self.asks, {**values, **chosen})
        because = Because(str(values.get(WHY) or ""), self.desk.language)
        self.store(take_step, step_id=self.step.id, answers=answers, because=because)

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, COURSE: self.picker.key} if found and self.picker else found

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        if self.picker is not None:
            self.picker.take(str(values.get(COURSE) or ""))

    @override
    def hear_refusal(self, refusal: Refusal) -> None:
        super().hear_refusal(refusal)
        if self.picker is not None and refusal.field == COURSE:
            self.picker.tell(say(refusal.message))

    def _picker(self) -> CoursePicker | None:
        """The courses with what each is for, where the step asks for one."""
        course = next((ask for ask in self.asks if ask.kind == COURSE), None)
        if course is None:
            return None
        picker = CoursePicker(course.options)
        picker.chosen.connect(self.touch)
        return picker
