"""The side sheet that takes a step of a case, made from what the step asks."""

from collections.abc import Mapping
from functools import partial

from typing_extensions import override

from app.dossier.procedure import ProcedureStep, asked_on
from app.dossier.steps import take_step
from app.record import Compartment
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
