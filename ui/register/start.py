"""The first start as a flow: a table of steps, each a small page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.wizard import StepPage, Wizard, WizardStep, focus_first
from ui.register.beginning import ConfirmStep, DirectorStep, DoneStep, SchoolStep, SheetStep
from ui.register.first_steps import (
    ExistingStep,
    Flow,
    FolderStep,
    KindStep,
    LanguageStep,
    SampleStep,
)
from ui.register.steps import Making
from ui.runner import Runner
from ui.shell.outside import Outside
from ui.words import words

_AFTER_KIND = {"new": "folder", "open": "existing", "sample": "sample"}


class StartFlow(QWidget):
    """Leads to an open register: a new one, one that exists, or the sample school.

    Signals:
        language_chosen(language): the flow must be shown anew in another language.
        opened(signed_in): a new register is ready, its director signed in (`SignedIn`).
        register_chosen(folder): a register stands there and can be unlocked.
        left(): the person went back to where he came from.
    """

    language_chosen = Signal(str)
    opened = Signal(object)
    register_chosen = Signal(Path)
    left = Signal()

    def __init__(self, outside: Outside, runner: Runner, *, leavable: bool = False) -> None:
        super().__init__()
        self.making = Making(outside, runner)
        self.wizard = Wizard([self._step(*row) for row in _STEPS], leavable=leavable)
        self.wizard.left.connect(self.left)
        self.wizard.finished.connect(self._finished)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.wizard)

    def skip_language(self) -> None:
        """Begin after the question about the language, which was answered."""
        self.wizard.forward()

    def begin(self) -> None:
        """Give the first field of the step the keyboard, once the flow stands in a window."""
        focus_first(self.wizard.page(self.wizard.key))

    def abandon(self) -> None:
        """Close a register that was made but never entered."""
        self.making.abandon(self)

    def choose_language(self, language: str) -> bool:
        """Ask to go on in another language; says whether that is needed."""
        if language == words().language:
            return False
        self.language_chosen.emit(language)
        return True

    def _step(self, key: str, kind: Callable[[Flow], StepPage], way: "_Way") -> WizardStep:
        make = partial(kind, self)
        return WizardStep(key, f"shell.start_{key}", make, way.follows, way.verb, way.fixed)

    def _finished(self, answers: Mapping[str, object]) -> None:
        signed_in = self.making.take()
        if signed_in is not None:
            self.opened.emit(signed_in)
        else:
            self.register_chosen.emit(Path(str(answers["folder"])))


def _after_kind(answers: Mapping[str, object]) -> str:
    return _AFTER_KIND[str(answers["kind"])]


def _end(_answers: Mapping[str, object]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class _Way:
    """How a step is left."""

    follows: Callable[[Mapping[str, object]], str] | None = None
    verb: str = "kit.next"
    fixed: bool = False


_STEPS: tuple[tuple[str, Callable[[Flow], StepPage], _Way], ...] = (
    ("language", LanguageStep, _Way()),
    ("kind", KindStep, _Way(_after_kind)),
    ("folder", FolderStep, _Way()),
    ("school", SchoolStep, _Way()),
    ("director", DirectorStep, _Way(verb="shell.start_make")),
    ("sheet", SheetStep, _Way(fixed=True)),
    ("confirm", ConfirmStep, _Way()),
    ("done", DoneStep, _Way(_end, "shell.start_open", fixed=True)),
    ("existing", ExistingStep, _Way(_end, "shell.start_open")),
    ("sample", SampleStep, _Way(_end, "shell.start_make")),
)
