"""The first questions: which language, what kind of start, and in which folder."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt

from app.errors import Message
from app.override import override
from app.ports import FolderState
from ui.kit import ask
from ui.kit.button import Plain
from ui.kit.form import Form, Line, Radio
from ui.kit.label import Muted, Text
from ui.kit.wizard import Answers, FormStep
from ui.register import ways
from ui.register.spot import proposed
from ui.register.steps import Making, WorkStep, at
from ui.words import t, words

_LANGUAGES = (("nl", "Nederlands"), ("en", "English"))


class Flow(Protocol):
    """The flow around the steps."""

    making: Making

    def choose_language(self, language: str) -> bool:
        """Ask to go on in another language; says whether that is needed."""
        ...


class LanguageStep(FormStep):
    """Which language the screens speak."""

    def __init__(self, flow: Flow) -> None:
        field = Radio(key="language", label="shell.language", required=True, options=_LANGUAGES)
        super().__init__(Form([field]), t("shell.start_language_words"))
        self._flow = flow
        self.form.set_values({"language": words().language})

    @override
    def go(self, onward: Callable[[], None]) -> None:
        if not self._flow.choose_language(self.form.text("language")):
            onward()


class KindStep(FormStep):
    """A new register, one that exists, or the sample school."""

    def __init__(self, flow: Flow) -> None:  # noqa: ARG002 - every step is given the flow
        options = (
            ("new", t("shell.kind_new")),
            ("open", t("shell.kind_open")),
            ("sample", t("shell.kind_sample")),
        )
        field = Radio(key="kind", label="shell.kind", required=True, options=options)
        super().__init__(Form([field]), t("shell.start_kind_words"))
        self.form.set_values({"kind": "new"})


class FolderStep(WorkStep):
    """An empty folder on a disk of this machine."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow.making)
        self.form = Form([Line(key="folder", label="shell.folder", required=True)])
        self.browse = Plain(t("shell.browse"), "folder", fit="small")
        self.browse.call_it("browse")
        self.browse.clicked.connect(self._browse)
        self.add(Muted(self.words()), self.form)
        self.follow(self.form)
        self.body.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Muted(t("shell.start_folder_note")))
        self.form.set_values({"folder": self.first()})

    def words(self) -> str:
        """What is asked here."""
        return t("shell.start_folder_words")

    def first(self) -> str:
        """What is proposed."""
        return str(proposed("register"))

    def fits(self, state: FolderState) -> Message | None:
        """Why what stands in the folder will not do, or None."""
        if state.kind == "register":
            return Message("shell.folder_is_register", {"school": state.school})
        if state.kind != "empty":
            return Message("shell.folder_not_empty")
        return None

    @override
    def answers(self) -> Answers | None:
        values = self.form.check()
        if values is None:
            return None
        folder = Path(self.form.text("folder")).expanduser()
        if not folder.is_absolute():
            self.form.take_refusal(at("folder", Message("shell.folder_not_whole")))
            return None
        return {"folder": str(folder)}

    @override
    def go(self, onward: Callable[[], None]) -> None:
        self.wait_for(onward)
        folder = Path(self.form.text("folder")).expanduser()
        job = partial(ways.look_at, self.making.outside, folder)
        self.making.runner.run(job, self._looked, self, failed=self.failed)

    def _looked(self, state: FolderState) -> None:
        problem = state.problem or self.fits(state)
        if problem is not None:
            self.failed(at("folder", problem))
        else:
            self.proceed()

    def _browse(self) -> None:
        ask.choose_folder(self, t("shell.folder"), self._chosen)

    def _chosen(self, folder: Path) -> None:
        self.form.set_values({"folder": str(folder)})


class ExistingStep(FolderStep):
    """A folder with a register in it."""

    @override
    def words(self) -> str:
        return t("shell.start_existing_words")

    @override
    def first(self) -> str:
        return ""

    @override
    def fits(self, state: FolderState) -> Message | None:
        if state.kind == "register":
            return None
        return Message("shell.folder_no_register")


class SampleStep(WorkStep):
    """Makes the sample school."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow.making)
        self._folder = proposed("voorbeeldschool")
        self.add(
            Text(t("shell.start_sample_words")),
            Muted(t("shell.start_sample_place", folder=str(self._folder))),
        )

    @override
    def answers(self) -> Answers | None:
        return {"folder": str(self._folder)}

    @override
    def go(self, onward: Callable[[], None]) -> None:
        self.wait_for(onward)
        self.making.runner.run_long(
            partial(ways.make_sample, self.making.outside, self._folder),
            self._made,
            self,
            t("shell.making_sample"),
            failed=self.failed,
        )

    @override
    def enter(self, answers: Mapping[str, object]) -> None:
        self.ready_changed.emit(True)  # noqa: FBT003 - Qt takes the value by position

    def _made(self, _nothing: None) -> None:
        self.proceed()
