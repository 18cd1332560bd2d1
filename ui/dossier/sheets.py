"""The side sheets of a case: forms about it, and the one that takes a step."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from typing_extensions import override

from app.dossier.steps import take_step
from app.procedures.procedure import COURSE, ProcedureStep, asked_on
from app.record import Compartment
from ui.dossier.picker import CoursePicker
from ui.dossier.said import wording
from ui.kit.form import Field, Value
from ui.kit.label import Muted
from ui.shell.asks import step_answers, step_fields
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet

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
    """Takes a step of a case: a form made from what the step asks."""

    kind = "step"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, step: ProcedureStep
    ) -> None:
        title, because = wording(step.name), wording(step.because)
        super().__init__(desk, (compartment, case_id), title, because, about=step.id)
        self.step = step
        self.asks = asked_on(step, desk.clock.today())
        self.picker = self._picker()
        if self.picker is not None:
            self.add(self.picker)
        self.lay_out(step_fields(self.asks))
        self.form.changed.connect(self._follow)

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        self.store(take_step, step_id=self.step.id, answers=step_answers(self.asks, values))

    def _picker(self) -> CoursePicker | None:
        """The courses with what each is for, where the step asks for one."""
        course = next((ask for ask in self.asks if ask.kind == COURSE), None)
        if course is None:
            return None
        picker = CoursePicker(course.options)
        picker.chosen.connect(self._choose)
        return picker

    def _choose(self, key: str) -> None:
        self.form.set_values({COURSE: key})
        self._follow()
        self.touch()

    def _follow(self, _key: str = "") -> None:
        if self.picker is not None:
            self.picker.take(self.form.text(COURSE))
