"""Making the register: the school, its first director, and the sheet for the safe."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from app.journal.leaving import Leaving, note_leaving, save_noted
from app.override import override
from app.ports import Session
from app.start.begin import NewRegister
from ui.kit.form import Form, Line
from ui.kit.label import Muted, Text
from ui.kit.lines import Facts
from ui.kit.preview import Preview
from ui.kit.wizard import Answers, FormStep
from ui.register import ways
from ui.register.first_steps import Flow
from ui.register.steps import WorkStep
from ui.register.ways import Begun
from ui.shell.desk import SignedIn
from ui.shell.outside import Outside
from ui.shell.phrase import PhraseChooser
from ui.theme import look
from ui.words import t, words

_DIRECTOR = ("director",)


class SchoolStep(FormStep):
    """The school, and the first place and group where pupils are taught."""

    def __init__(self, flow: Flow) -> None:  # noqa: ARG002 - every step is given the flow
        fields = [
            Line(key="school", label="shell.school", required=True),
            Line(key="town", label="shell.town", help="shell.town_help"),
            Line(key="group", label="shell.group", help="shell.group_help"),
        ]
        super().__init__(Form(fields), t("shell.start_school_words"))


class DirectorStep(WorkStep):
    """The first director; going on makes the register."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow.making)
        self._answers: Mapping[str, object] = {}
        self.form = Form(
            [
                Line(
                    key="director",
                    label="shell.director",
                    required=True,
                    help="shell.director_help",
                )
            ]
        )
        self.form.changed.connect(self._typed)
        self.form.submitted.connect(self._on)
        self.phrase = PhraseChooser(_DIRECTOR)
        self.phrase.submitted.connect(self.done)
        self.add(Muted(t("shell.start_director_words")), self.form, self.phrase)

    @override
    def enter(self, answers: Mapping[str, object]) -> None:
        self._answers = answers
        self._typed("director")
        self.form.focus_on("director")

    @override
    def answers(self) -> Answers | None:
        values = self.form.check()
        phrase = self.phrase.phrase() if values is not None else None
        if phrase is None:
            return None
        return {"director": self.form.text("director")}

    @override
    def go(self, onward: Callable[[], None]) -> None:
        self.wait_for(onward)
        given = {key: str(value) for key, value in self._answers.items()}
        new = NewRegister(
            folder=Path(given["folder"]),
            school=given["school"],
            director=self.form.text("director"),
            password=self.phrase.form.text("password"),
            town=given.get("town", ""),
            group=given.get("group", ""),
            language=words().language,
        )
        self.making.runner.run_long(
            partial(_begin, self.making.outside, new, words().language),
            self._made,
            self,
            t("shell.making_register"),
            failed=self.failed,
        )

    def _made(self, begun: Begun) -> None:
        self.making.begun = begun
        self.phrase.forget()
        self.proceed()

    def _on(self, _values: object) -> None:
        self.phrase.form.focus_on("password")

    def _typed(self, _key: str) -> None:
        near = (str(self._answers.get("school", "")), self.form.text("director"))
        self.phrase.set_roles(_DIRECTOR, near)


class SheetStep(WorkStep):
    """The recovery sheet, to print or to save."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow.making)
        self._facts = Facts()
        self._preview = Preview()
        self._preview.setMinimumHeight(look().px(380))
        self._preview.save_chosen.connect(self._save)
        self._preview.print_chosen.connect(self._print)
        self._undrawn = Text(t("shell.sheet_undrawn"))
        self._undrawn.hide()
        words_ = Muted(t("shell.start_sheet_words"))
        self.add(words_, self._facts, self._undrawn, self._preview)

    @override
    def enter(self, answers: Mapping[str, object]) -> None:
        begun = self.making.begun
        if begun is not None:
            self._facts.show_facts(
                [
                    (t("shell.recovery_code"), begun.code.text),
                    (t("shell.fingerprint"), begun.code.fingerprint),
                ]
            )
            self._undrawn.setVisible(begun.sheet is None)
            self._preview.setVisible(begun.sheet is not None)
            if begun.sheet is not None:
                self._preview.show_document(begun.sheet.content, t("shell.sheet_file"))

    def _save(self, path: Path) -> None:
        begun = self.making.begun
        if begun is not None and begun.sheet is not None:
            session, content = begun.signed_in.session, begun.sheet.content
            leaving = Leaving("recovery_sheet_saved")
            job = partial(save_noted, session, leaving, path, content)
            self.making.runner.run(job, self._saved, self, failed=self.failed)

    def _print(self) -> None:
        begun = self.making.begun
        if begun is not None:
            leaving = Leaving("recovery_sheet_printed")
            job = partial(note_leaving, begun.signed_in.session, leaving)
            then = self._preview.print_now
            self.making.runner.run(job, then, self, failed=self.failed)

    def _saved(self, _nothing: None) -> None:
        wizard = self.wizard()
        if wizard is not None:
            wizard.bar.notice(t("shell.sheet_saved"))


class ConfirmStep(WorkStep):
    """The code typed back, from the sheet on paper."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow.making)
        field = Line(
            key="code",
            label="shell.recovery_code",
            required=True,
            help="shell.one_time_code_help",
        )
        self.form = Form([field])
        self.add(Muted(t("shell.start_confirm_words")), self.form)
        self.follow(self.form)

    @override
    def enter(self, answers: Mapping[str, object]) -> None:
        self.form.focus_on("code")

    @override
    def answers(self) -> Answers | None:
        return None if self.form.check() is None else {}

    @override
    def go(self, onward: Callable[[], None]) -> None:
        begun = self.making.begun
        if begun is None:
            return
        self.wait_for(onward)
        job = partial(_confirm, begun.signed_in.session, self.form.text("code"))
        self.making.runner.run(job, self._confirmed, self, failed=self.failed)

    def _confirmed(self, signed_in: SignedIn) -> None:
        self.making.signed_in = signed_in
        self.proceed()


class DoneStep(WorkStep):
    """What was made, and what comes next."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow.making)
        self._facts = Facts()
        self.add(Text(t("shell.start_done_words")), self._facts)

    @override
    def enter(self, answers: Mapping[str, object]) -> None:
        self._facts.show_facts(
            [
                (t("shell.school"), str(answers.get("school", ""))),
                (t("shell.director"), str(answers.get("director", ""))),
                (t("shell.folder"), str(answers.get("folder", ""))),
            ]
        )


def _begin(outside: Outside, new: NewRegister, language: str, _progress: object) -> Begun:
    return ways.begin(outside, new, language)


def _confirm(session: Session, typed: str) -> SignedIn:
    session.confirm_recovery(typed)
    return SignedIn(session)
