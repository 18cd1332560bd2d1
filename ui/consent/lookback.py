"""Looking back: the sheet that asks for a day, and the band that says it is not today."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.consent.asof import AsOf, as_of
from app.errors import Refusal
from app.override import override
from ui.kit.button import Main, Plain
from ui.kit.form import Day, Form, Line, Value
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Text
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk
from ui.theme import Type, look
from ui.words import t

_KEYS = ("day", "known_on", "known_time")


class LookBackSheet(SideSheet):
    """Asks which day to show, and as known on which moment.

    Signals:
        done(as_of): what to show, an `AsOf`.
    """

    kind = "lookback"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("consent.lookback_title"))
        self._desk = desk
        self._form = Form(
            (
                Day(
                    key="day", label="consent.on_day", required=True, help="consent.on_day_help"
                ),
                Day(key="known_on", label="consent.known_on", help="consent.known_on_help"),
                Line(key="known_time", label="consent.known_time", hint="consent.time_hint"),
            )
        )
        self._form.submitted.connect(self._show)
        self._form.changed.connect(self.touch)
        show = Main(t("consent.show_day"))
        show.call_it("sheet_save")
        show.clicked.connect(self._form.submit)
        self.set_actions(show)
        self.add(Muted(t("consent.lookback_explain")), self._form)
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        return typed_in(self._form, _KEYS) if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self._form, values)
        self.touched = True

    def _show(self, values: dict[str, Value]) -> None:
        day, known = values["day"], values["known_on"]
        if not isinstance(day, date):
            return
        try:
            found = as_of(
                day,
                known if isinstance(known, date) else None,
                str(values["known_time"]),
                self._desk.clock.today(),
            )
        except Refusal as refusal:
            self.hear_refusal(refusal)
            return
        self.touched = False
        self.done.emit(found)


class LookBand(QFrame):
    """Says clearly that another day is shown, with the way back. Hidden for today.

    Signals:
        today_asked(): the person wants to see today again.
    """

    today_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "message-ask")
        own = look()
        line = QHBoxLayout(self)
        line.setContentsMargins(own.padding, own.near, own.near, own.near)
        line.setSpacing(own.px(12))
        self._words = Text("", Type.STRONG)
        self._words.setObjectName("lookback_words")
        back = Plain(t("consent.back_to_today"), fit="small")
        back.call_it("back_to_today")
        back.clicked.connect(self.today_asked)
        line.addWidget(Symbol("clock", "ask", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        line.addWidget(back)
        self.hide()

    def show_time(self, at: AsOf | None) -> None:
        """Show which day is looked at, or nothing for today."""
        self.setVisible(at is not None)
        if at is None:
            return
        if at.known_at is None:
            self._words.setText(t("consent.band", day=at.day))
        else:
            self._words.setText(t("consent.band_known", day=at.day, moment=at.known_at))
        self.setAccessibleName(self._words.text())
