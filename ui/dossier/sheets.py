"""The side sheet that takes a step of a case, made from what the step asks."""

from collections.abc import Mapping
from functools import partial

from typing_extensions import override

from app.dossier.procedure import COURSE, ProcedureStep, asked_on
from app.dossier.steps import take_step
from app.record import Compartment
from ui.dossier.picker import CoursePicker
from ui.dossier.said import wording
from ui.kit.button import Main
from ui.kit.form import Form, Value
from ui.kit.label import Muted
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.asks import step_answers, step_fields, step_keys
from ui.shell.desk import Desk


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
        self.add(Muted(wording(step.because)))
        self.picker = self._picker()
        if self.picker is not None:
            self.add(self.picker)
        self.add(self.form)
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

    def _picker(self) -> CoursePicker | None:
        """The courses with what each is for, where the step asks for one."""
        course = next((ask for ask in self.asks if ask.kind == COURSE), None)
        if course is None:
            return None
        picker = CoursePicker(course.options)
        picker.chosen.connect(self._choose)
        self.form.changed.connect(self._follow)
        return picker

    def _choose(self, key: str) -> None:
        self.form.set_values({COURSE: key})
        self._follow()
        self.touch()

    def _follow(self, _key: str = "") -> None:
        if self.picker is not None:
            self.picker.take(self.form.text(COURSE))

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
