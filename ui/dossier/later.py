"""Side sheets for what is said later: a correction, a moved term, a second signature."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from typing_extensions import override

from app.dossier.case import RunningTerm, TakenStep
from app.dossier.correct import correct_step, move_term
from app.dossier.procedure import asked_on
from app.dossier.signing import ask_second, countersign
from app.ports import Session, UserCard
from app.record import Compartment
from ui.dossier.said import wording
from ui.dossier.sides import answers_of
from ui.kit.button import Main
from ui.kit.form import Choice, Day, Field, Form, Notes, Value
from ui.kit.label import Muted
from ui.kit.lines import Facts
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.asks import step_answers, step_fields, step_keys, step_values
from ui.shell.desk import Desk
from ui.words import day, t

Work = Callable[[Session], object]
_REASON = Notes(key="reason", label="dossier.reason", required=True, lines=3)


class LaterSheet(SideSheet):
    """A form that says something about a case; `work` makes of it what is done."""

    def __init__(self, desk: Desk, title: str, words: str, fields: Sequence[Field]) -> None:
        super().__init__(title)
        self._desk = desk
        self.form = Form(fields)
        self.form.changed.connect(self.touch)
        self.form.submitted.connect(self._send)
        self._save = Main(title)
        self._save.call_it("sheet_save")
        self._save.clicked.connect(self.form.submit)
        self.add(Muted(words))

    def lay_out(self) -> None:
        """Put the form below what was added, and the button below that."""
        self.add(self.form)
        self.end()
        self.set_actions(self._save)

    def work(self, values: Mapping[str, Value]) -> Work:
        """What is to be done with what was filled in."""
        raise NotImplementedError

    def _send(self, values: dict[str, Value]) -> None:
        self.bar.clear()
        self.wait_for(self._save)
        self._desk.ask(self.work(values), self._stored, self)

    def _stored(self, answer: object) -> None:
        self.touched = False
        self.done.emit(answer)


class CorrectSheet(LaterSheet):
    """Puts the answers of a step right, with the reason."""

    kind = "correct"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, taken: TakenStep
    ) -> None:
        self._asks = asked_on(taken.step, taken.record.taken_on)
        title = t("dossier.correct_step")
        fields = (*step_fields(self._asks), _REASON)
        super().__init__(desk, title, t("dossier.correct_words"), fields)
        self._place, self._taken = (compartment, case_id), taken
        self.form.set_values(step_values(self._asks, taken.answers))
        self.add(Facts(answers_of(taken)))
        self.lay_out()

    @override
    def work(self, values: Mapping[str, Value]) -> Work:
        compartment, case_id = self._place
        return partial(
            correct_step,
            compartment=compartment,
            case_id=case_id,
            step_id=self._taken.record.id,
            answers=step_answers(self._asks, values),
            reason=str(values["reason"] or ""),
        )

    @override
    def typed(self) -> dict[str, object]:
        keys = (*step_keys(self._asks), "reason")
        typed = {**typed_in(self.form, keys), "__taken": self._taken.record.id}
        return typed if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, {key: value for key, value in values.items() if key != "__taken"})
        self.touched = True


class MoveSheet(LaterSheet):
    """Moves a soft term to a later day, with the reason."""

    kind = "move"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, term: RunningTerm
    ) -> None:
        fields = (Day(key="day", label="dossier.move_to", required=True), _REASON)
        words = t("dossier.move_words", name=wording(term.term.name), day=day(term.due_on))
        super().__init__(desk, t("dossier.move_term"), words, fields)
        self._place, self._key = (compartment, case_id), term.term.key
        self.lay_out()

    @override
    def work(self, values: Mapping[str, Value]) -> Work:
        compartment, case_id = self._place
        wanted = values["day"]
        return partial(
            move_term,
            compartment=compartment,
            case_id=case_id,
            key=self._key,
            day=wanted if isinstance(wanted, date) else None,
            reason=str(values["reason"] or ""),
        )


class AskSecondSheet(LaterSheet):
    """Asks somebody to sign a step as a second person."""

    kind = "ask_second"

    def __init__(
        self,
        desk: Desk,
        compartment: Compartment,
        case_id: str,
        taken: TakenStep,
        users: Sequence[UserCard],
    ) -> None:
        options = tuple((user.id, user.name) for user in users)
        choice = Choice(
            key="user_id", label="dossier.second_who", required=True, options=options
        )
        words = t("dossier.ask_second_words" if users else "dossier.nobody_to_ask")
        super().__init__(desk, t("dossier.ask_second"), words, (choice,))
        self._place, self._step = (compartment, case_id), taken.record.id
        self.add(Facts(answers_of(taken)))
        self.lay_out()
        self._save.setEnabled(bool(users))

    @override
    def work(self, values: Mapping[str, Value]) -> Work:
        compartment, case_id = self._place
        return partial(
            ask_second,
            compartment=compartment,
            case_id=case_id,
            step_id=self._step,
            user_id=str(values["user_id"] or ""),
        )


class SignSheet(LaterSheet):
    """Signs a step as a second person, with a statement."""

    kind = "countersign"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, taken: TakenStep
    ) -> None:
        said = Notes(key="statement", label="dossier.statement", required=True, lines=3)
        super().__init__(
            desk, t("dossier.countersign"), t("dossier.countersign_words"), (said,)
        )
        self._place, self._step = (compartment, case_id), taken.record.id
        self.form.set_values({"statement": t("dossier.statement_usual")})
        self.add(Facts(answers_of(taken)))
        self.lay_out()

    @override
    def work(self, values: Mapping[str, Value]) -> Work:
        compartment, case_id = self._place
        return partial(
            countersign,
            compartment=compartment,
            case_id=case_id,
            step_id=self._step,
            statement=str(values["statement"] or ""),
        )
