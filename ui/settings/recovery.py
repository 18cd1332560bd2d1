"""The recovery code: typing it back once, and a new sheet when the old one is lost or used."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.journal.leaving import Leaving
from app.paper import Pdf
from app.ports import RecoveryCode, Session
from app.start.begin import draw_recovery
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.form import Form, Line
from ui.kit.label import Text
from ui.kit.preview import Preview
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.theme import Type, look
from ui.words import t


class Renewed:
    """A recovery code that was just made, with its sheet; None when that cannot be drawn."""

    def __init__(self, code: RecoveryCode, sheet: Pdf | None) -> None:
        self.code, self.sheet = code, sheet


class RecoveryCard(Card):
    """Says whether the code was typed back, takes it, and makes a new sheet; for directors.

    Signals:
        renewed(renewed): there is a new code (`Renewed`).
        confirmed(): the code was typed back.
    """

    renewed = Signal(object)
    confirmed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.recovery"))
        self._desk = desk
        self._words = Text(t("settings.recovery_held"))
        self.code = _code_form()
        self.code.submitted.connect(self._confirm)
        self._confirm_it = Main(t("settings.confirm_recovery"))
        self._confirm_it.call_it("confirm_recovery")
        self._confirm_it.clicked.connect(self.code.submit)
        renew = Plain(t("settings.renew_recovery"), "key")
        renew.call_it("renew_recovery")
        renew.clicked.connect(self._ask_renew)
        line = Flow()
        line.addWidget(self._confirm_it)
        line.addWidget(renew)
        self.add(self._words, self.code, line)

    def read(self) -> None:
        """Look again whether the code was typed back."""
        self._desk.ask(_is_confirmed, self._show, self)

    def _show(self, confirmed: bool) -> None:  # noqa: FBT001 - an answer comes by position
        text = "settings.recovery_held" if confirmed else "settings.recovery_words"
        self._words.setText(t(text))
        self.code.setVisible(not confirmed)
        self._confirm_it.setVisible(not confirmed)

    def _confirm(self, _values: object) -> None:
        self._desk.ask(partial(confirm, self.code.text("code")), self._confirmed, self)

    def _confirmed(self, _nothing: None) -> None:
        self.code.set_values({"code": ""})
        self.confirmed.emit()

    def _ask_renew(self) -> None:
        ask.confirm(
            self,
            t("settings.renew_recovery"),
            t("settings.renew_recovery_words"),
            t("settings.renew_recovery"),
            self._renew,
            danger=True,
        )

    def _renew(self) -> None:
        self._desk.ask(partial(_renew, self._desk), self._made, self)

    def _made(self, made: Renewed) -> None:
        self.renewed.emit(made)


class NewRecovery(SideSheet):
    """Shows a new recovery code, once, with the sheet to print, and takes it typed back.

    Signals:
        done(nothing): it was typed back.
    """

    wide = 480

    def __init__(self, desk: Desk, made: Renewed) -> None:
        super().__init__(t("settings.new_recovery"))
        self._desk, self._made = desk, made
        code = Text(made.code.text, Type.TOUCH_STRONG, selectable=True)
        self.add(Text(t("settings.new_recovery_words")), code)
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(360))
        if made.sheet is not None:
            self.preview.show_document(made.sheet.content, t("settings.recovery_file"))
            self.preview.save_chosen.connect(self._save)
            self.preview.print_chosen.connect(self._print)
            self.add(self.preview)
        else:
            self.add(Text(t("settings.recovery_undrawn")))
        self.form = _code_form()
        self.form.submitted.connect(self._confirm)
        self._button = Main(t("settings.confirm_recovery"))
        self._button.call_it("sheet_save")
        self._button.clicked.connect(self.form.submit)
        self.add(self.form)
        self.end()
        self.set_actions(self._button)

    def _save(self, path: Path) -> None:
        if self._made.sheet is not None:
            content, leaving = self._made.sheet.content, Leaving("recovery_sheet_saved")
            self._desk.save_document(path, content, leaving, self._saved, self)

    def _print(self) -> None:
        leaving = Leaving("recovery_sheet_printed")
        self._desk.let_out(leaving, self.preview.print_now, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.notice(t("settings.recovery_saved"))

    def _confirm(self, _values: object) -> None:
        self.wait_for(self._button)
        self._desk.ask(partial(confirm, self.form.text("code")), self._confirmed, self)

    def _confirmed(self, _nothing: None) -> None:
        self.done.emit(None)


def confirm(typed: str, session: Session) -> None:
    """Note that the code was typed back."""
    session.confirm_recovery(typed)


def _code_form() -> Form:
    return Form([Line(key="code", label="shell.recovery_code", required=True)])


def _is_confirmed(session: Session) -> bool:
    return session.register.recovery_confirmed


def _renew(desk: Desk, session: Session) -> Renewed:
    code = session.renew_recovery()
    return Renewed(code, draw_recovery(session, desk.press, code, desk.language))
