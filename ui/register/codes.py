"""Coming in with a code: the first time, and when a pass phrase was forgotten."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

import resources
from app.errors import BoordboekError, Refusal
from app.override import override
from ui.kit.button import Plain
from ui.kit.form import Choice, Form, Line
from ui.kit.label import Heading, Text
from ui.register import ways
from ui.register.gate import Gate
from ui.register.ways import Way
from ui.runner import Runner
from ui.shell.choices import Known
from ui.shell.desk import SignedIn
from ui.shell.outside import Outside
from ui.shell.phrase import PhraseChooser
from ui.words import say, t
from ui.words import words as words_now


class CodeScreen(Gate):
    """Takes a name, a code and a new pass phrase.

    Signals:
        opened(signed_in): somebody is in (`SignedIn`).
    """

    opened = Signal(object)

    def __init__(
        self, known: Known, outside: Outside, runner: Runner, *, recovery: bool = False
    ) -> None:
        title = t("shell.recover_title") if recovery else t("shell.enrol_title")
        words = t("shell.recover_words") if recovery else t("shell.enrol_words")
        super().__init__(title, words, t("shell.unlock_go"), wide=560)
        self._outside, self._runner, self._known = outside, runner, known
        self._recovery = recovery
        code = "shell.recovery_code" if recovery else "shell.one_time_code"
        hint = "shell.recovery_code_help" if recovery else "shell.one_time_code_help"
        roles = tuple(
            (role["key"], role["name"][words_now().language]) for role in resources.roles()
        )
        self.form = Form(
            [
                Line(key="name", label="shell.name", required=True),
                Choice(key="role", label="shell.role", required=True, options=roles),
                Line(key="code", label=code, required=True, help=hint),
            ]
        )
        self.form.set_values({"role": "director" if recovery else roles[0][0]})
        self.form.show_field("role", shown=not recovery)
        self.form.changed.connect(self._typed)
        self.phrase = PhraseChooser([self.form.text("role")])
        self.phrase.submitted.connect(self.submit)
        self.form.submitted.connect(self._on)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.go)
        self.card.add(self.form, Heading(t("shell.new_phrase")), self.phrase, line)
        self.offer_back()

    @override
    def begin(self) -> None:
        """Give the first field the keyboard."""
        self.form.focus_on("name")

    @override
    def submit(self) -> None:
        """Come in."""
        values, phrase = self.form.check(), self.phrase.phrase()
        if values is None or phrase is None:
            return
        way = Way(self._known.folder, self.form.text("name"), phrase, self.form.text("code"))
        work = ways.recover if self._recovery else ways.enrol
        self.bar.clear()
        self.set_busy(t("shell.unlock_busy"))
        job = partial(work, self._outside, way)
        self._runner.run(job, self._entered, self, failed=self._refused)

    def _on(self, _values: object) -> None:
        self.phrase.form.focus_on("password")

    def _typed(self, key: str) -> None:
        if key != "code":
            near = (self.form.text("name"), self._known.school)
            self.phrase.set_roles([self.form.text("role")], near)

    def _entered(self, signed_in: SignedIn) -> None:
        self.set_busy()
        self.opened.emit(signed_in)

    def _refused(self, error: BoordboekError) -> None:
        if isinstance(error, Refusal):
            self.hear_refusal(error)
        else:
            self.set_busy()
            self.bar.trouble(say(error.message), self.submit)


class ForgottenScreen(Gate):
    """Explains what helps when a pass phrase was forgotten.

    Signals:
        recover_asked(): the person holds the recovery sheet.
        code_asked(): the person got a one-time code.
    """

    recover_asked = Signal()
    code_asked = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(t("shell.forgot_title"), "", t("kit.back"))
        self._folder = folder
        again, recover = Plain(t("shell.have_code")), Plain(t("shell.have_sheet"))
        again.call_it("have_code")
        recover.call_it("have_sheet")
        again.clicked.connect(self.code_asked)
        recover.clicked.connect(self.recover_asked)
        self.card.add(
            Heading(t("shell.forgot_user")),
            Text(t("shell.forgot_user_words")),
            again,
            Heading(t("shell.forgot_director")),
            Text(t("shell.forgot_director_words")),
            recover,
        )
        self.offer_back()
        self._first = again

    @override
    def begin(self) -> None:
        """Give the first button the keyboard."""
        self._first.setFocus()
