"""Side sheets with which a director gives leave and withdraws it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from app.leave.board import LeaveLine, Person
from app.leave.give import LeaveDraft, give_leave, withdraw_leave
from app.override import override
from ui.kit.form import Choice, Day, Field, Line, Notes, Value
from ui.kit.label import Muted
from ui.leave.rows import detail
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.words import t


class GiveSheet(FormSheet):
    """Gives leave; without a person one of the staff is chosen."""

    kind = "give"

    def __init__(self, desk: Desk, people: Sequence[Person], staff_id: str = "") -> None:
        super().__init__(desk, t("leave.give"), t("leave.give"))
        self._staff_id = staff_id
        fields: tuple[Field, ...] = (
            Notes(
                key="purpose",
                label="leave.purpose_field",
                help="leave.purpose_help",
                lines=2,
                required=True,
            ),
            Line(key="channels", label="leave.channels_field", help="leave.channels_help"),
            Day(key="start", label="leave.start_field", required=True),
            Day(key="end", label="leave.end_field", required=True),
        )
        if not staff_id:
            options = tuple((one.id, one.name) for one in people)
            choice = Choice(
                key="staff_id", label="leave.who_field", options=options, required=True
            )
            fields = (choice, *fields)
        self.lay_out(fields)
        self.form.set_values({"start": desk.clock.today()})
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "about": self._staff_id} if found else {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        draft = LeaveDraft(
            staff_id=self._staff_id or str(values["staff_id"]),
            purpose=str(values["purpose"]),
            channels=str(values["channels"]),
            start=_day(values["start"]),
            end=_day(values["end"]),
        )
        self.ask(partial(give_leave, draft=draft))


class EndSheet(FormSheet):
    """Withdraws leave from a day on."""

    kind = "end_leave"

    def __init__(self, desk: Desk, line: LeaveLine) -> None:
        title = t("leave.withdraw_title", name=line.name)
        super().__init__(desk, title, t("leave.withdraw"))
        self._leave = line.leave
        self.add(Muted(detail(line)))
        self.lay_out(
            (
                Day(
                    key="ends_from",
                    label="leave.ends_from_field",
                    help="leave.ends_from_help",
                    required=True,
                ),
                Line(key="reason", label="leave.reason_field"),
            )
        )
        self.form.set_values({"ends_from": desk.clock.today()})
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "leave_id": self._leave.id} if found else {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        work = partial(
            withdraw_leave,
            leave=self._leave,
            ends_from=_day(values["ends_from"]),
            reason=str(values["reason"]),
        )
        self.ask(work)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
