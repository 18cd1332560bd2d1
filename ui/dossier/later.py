"""Side sheets for what is said later: a correction, a moved term, a second signature."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.dossier.case import RunningTerm, TakenStep
from app.dossier.correct import correct_step, move_term
from app.dossier.signing import ask_second, countersign
from app.override import override
from app.ports import UserCard
from app.procedures.procedure import asked_on
from app.record import Compartment
from ui.dossier.said import wording
from ui.dossier.sheets import CaseSheet
from ui.kit.form import Choice, Day, Notes, Value
from ui.kit.lines import Facts
from ui.shell.asks import answers_of, step_answers, step_fields, step_values
from ui.shell.desk import Desk
from ui.words import day, t

_REASON = Notes(key="reason", label="dossier.reason", required=True, lines=3)


class CorrectSheet(CaseSheet):
    """Puts the answers of a step right, with the reason."""

    kind = "correct"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, taken: TakenStep
    ) -> None:
        title, words = t("dossier.correct_step"), t("dossier.correct_words")
        id = taken.record.id
        super().__init__(desk, (compartment, case_id), title, words, about=id)
        self._asks, self._step = asked_on(taken.step, taken.record.taken_on), id
        self.add(Facts(answers_of(taken)))
        self.lay_out((*step_fields(self._asks), _REASON))
        self.form.set_values(step_values(self._asks, taken.answers))

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        answers, reason = step_answers(self._asks, values), str(values["reason"] or "")
        self.store(correct_step, step_id=self._step, answers=answers, reason=reason)


class MoveSheet(CaseSheet):
    """Moves a soft term to a later day, with the reason."""

    kind = "move"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, term: RunningTerm
    ) -> None:
        words = t("dossier.move_words", name=wording(term.term.name), day=day(term.due_on))
        super().__init__(desk, (compartment, case_id), t("dossier.move_term"), words)
        self._key = term.term.key
        self.lay_out((Day(key="day", label="dossier.move_to", required=True), _REASON))

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        wanted, reason = values["day"], str(values["reason"] or "")
        to = wanted if isinstance(wanted, date) else None
        self.store(move_term, key=self._key, day=to, reason=reason)


class AskSecondSheet(CaseSheet):
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
        super().__init__(desk, (compartment, case_id), t("dossier.ask_second"), words)
        self._step = taken.record.id
        self.add(Facts(answers_of(taken)))
        self.lay_out((choice,))
        self._send.setEnabled(bool(users))

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        self.store(ask_second, step_id=self._step, user_id=str(values["user_id"] or ""))


class SignSheet(CaseSheet):
    """Signs a step as a second person, with a statement."""

    kind = "countersign"

    def __init__(
        self, desk: Desk, compartment: Compartment, case_id: str, taken: TakenStep
    ) -> None:
        title, words = t("dossier.countersign"), t("dossier.countersign_words")
        super().__init__(desk, (compartment, case_id), title, words)
        self._step = taken.record.id
        self.add(Facts(answers_of(taken)))
        self.lay_out(
            (Notes(key="statement", label="dossier.statement", required=True, lines=3),)
        )
        self.form.set_values({"statement": t("dossier.statement_usual")})

    @override
    def send(self, values: Mapping[str, Value]) -> None:
        self.store(countersign, step_id=self._step, statement=str(values["statement"] or ""))
