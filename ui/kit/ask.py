"""The only questions in windows of their own: for what leaves the building or erases.

Nothing waits here: a bound method gets the answer, and only when the person agreed.
Tests answer through `scripted`, without a window.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.override import override
from ui.kit.button import Button, Danger, Main, Plain
from ui.kit.editors import LineEditor, NotesEditor
from ui.kit.label import Heading, Small, Text
from ui.theme import Type, look
from ui.words import t

Answer = bool | str | Path | QPrinter | None


class Scripted:
    """Answers that a test gave beforehand, and what was asked."""

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        self._answers = deque(answers)
        self.questions: list[str] = []

    def next(self, question: str) -> Answer:
        """The next answer.

        Raises:
            AssertionError: nobody expected this question.
        """
        self.questions.append(question)
        if not self._answers:
            message = f"nobody expected to be asked: {question}"
            raise AssertionError(message)
        return self._answers.popleft()


class _Seam:
    script: Scripted | None = None


@contextmanager
def scripted(*answers: Answer) -> Iterator[Scripted]:
    """Answer the questions asked inside with these, in order; None and False decline."""
    before, _Seam.script = _Seam.script, Scripted(answers)
    try:
        yield _Seam.script
    finally:
        _Seam.script = before


def confirm(
    owner: QWidget,
    title: str,
    words: str,
    verb: str,
    then: Callable[[], None],
    *,
    danger: bool = False,
) -> None:
    """Ask before something that cannot be undone; the button says the deed.

    With `danger` the safe button is the default, so that Enter does nothing.
    """
    if _Seam.script is not None:
        if _Seam.script.next(title):
            then()
        return
    question = Question(owner, title, words)
    deed = Danger(verb) if danger else Main(verb)
    question.offer(deed, safe=danger)
    question.then = then
    question.open()


class _Typed:
    """Hands over what was typed in a question."""

    def __init__(self, editor: LineEditor | NotesEditor, then: Callable[[str], None]) -> None:
        self._editor, self._then = editor, then

    def agreed(self) -> None:
        """The person pressed the verb."""
        self._then(self._editor.value())


def type_text(  # noqa: PLR0913 - one question, said in full
    owner: QWidget,
    title: str,
    label: str,
    verb: str,
    then: Callable[[str], None],
    *,
    words: str = "",
    lines: int = 1,
) -> None:
    """Ask for a reason or another text; the verb works once something was typed."""
    if _Seam.script is not None:
        answer = _Seam.script.next(title)
        if isinstance(answer, str):
            then(answer)
        return
    question = Question(owner, title, words)
    editor = LineEditor() if lines == 1 else NotesEditor(lines=lines)
    deed = Main(verb)
    question.ask_for(label, editor, deed)
    question.offer(deed, safe=False)
    question.then = _Typed(editor, then).agreed
    question.open()


def open_file(
    owner: QWidget, title: str, then: Callable[[Path], None], filters: str = ""
) -> None:
    """Let the person choose a file that exists."""
    _choose(owner, title, then, QFileDialog.FileMode.ExistingFile, filters)


def choose_folder(owner: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Let the person choose a folder, or make one."""
    _choose(owner, title, then, QFileDialog.FileMode.Directory, "")


def save_file(
    owner: QWidget, title: str, name: str, then: Callable[[Path], None], filters: str = ""
) -> None:
    """Let the person choose where to save; `name` is proposed."""
    _choose(owner, title, then, QFileDialog.FileMode.AnyFile, filters, name)


def choose_printer(owner: QWidget, title: str, then: Callable[[QPrinter], None]) -> None:
    """Let the person choose a printer and the number of copies."""
    if _Seam.script is not None:
        answer = _Seam.script.next(title)
        if isinstance(answer, QPrinter):
            then(answer)
        return
    dialog = _Printing(owner, then)
    dialog.setWindowTitle(title)
    QDialog.open(dialog)


class Question(QDialog):
    """A small window with a question and verbs on its buttons."""

    def __init__(self, owner: QWidget, title: str, words: str) -> None:
        super().__init__(owner.window())
        self.then: Callable[[], None] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setProperty("look", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        own = look()
        self._wide = min(own.px(480), max(owner.window().width(), own.px(240)))
        self._column = QVBoxLayout(self)
        side = own.margin
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(own.px(12))
        self._column.addWidget(Heading(title))
        if words:
            self._column.addWidget(Text(words))
        self._editor: LineEditor | NotesEditor | None = None
        self._deed: Button | None = None
        self.accepted.connect(self._agreed)

    def ask_for(self, label: str, editor: LineEditor | NotesEditor, deed: Button) -> None:
        """Put a field in; the verb waits until something stands in it."""
        caption = Small(label)
        caption.setProperty("type", Type.SMALL_STRONG.name)
        caption.setBuddy(editor)
        editor.setAccessibleName(label)
        self._column.addWidget(caption)
        self._column.addWidget(editor)
        self._editor, self._deed = editor, deed
        editor.changed.connect(self._typed)
        self._typed()

    def offer(self, deed: Button, *, safe: bool) -> None:
        """Put the buttons in: decline at the left, the deed at the right."""
        decline = Plain(t("kit.cancel"))
        decline.call_it("decline")
        deed.call_it("agree")
        decline.clicked.connect(self.reject)
        deed.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.setSpacing(look().near)
        line.addStretch(1)
        line.addWidget(decline)
        line.addWidget(deed)
        self._column.addSpacing(look().near)
        self._column.addLayout(line)
        chosen = decline if safe else deed
        chosen.setDefault(True)
        (self._editor or chosen).setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        layout = self.layout()
        if layout is not None:
            self.setFixedSize(self._wide, layout.totalHeightForWidth(self._wide))
        super().showEvent(event)

    def _typed(self) -> None:
        if self._editor is not None and self._deed is not None:
            self._deed.setEnabled(bool(self._editor.value()))

    def _agreed(self) -> None:
        if self.then is not None:
            self.then()


class _Choosing(QFileDialog):
    """The system's own file chooser, answering through a bound method."""

    def __init__(self, owner: QWidget, title: str, then: Callable[[Path], None]) -> None:
        super().__init__(owner.window(), title)
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fileSelected.connect(self._selected)

    def _selected(self, name: str) -> None:
        if name:
            self._then(Path(name))


class _Printing(QPrintDialog):
    """The system's own print window."""

    def __init__(self, owner: QWidget, then: Callable[[QPrinter], None]) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        super().__init__(self._printer, owner.window())
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @override
    def accept(self) -> None:
        super().accept()
        self._then(self._printer)


def _choose(
    owner: QWidget,
    title: str,
    then: Callable[[Path], None],
    mode: QFileDialog.FileMode,
    filters: str,
    name: str = "",
) -> None:
    if _Seam.script is not None:
        answer = _Seam.script.next(title)
        if isinstance(answer, Path):
            then(answer)
        return
    dialog = _Choosing(owner, title, then)
    dialog.setFileMode(mode)
    if mode is QFileDialog.FileMode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if mode is QFileDialog.FileMode.AnyFile:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
    if filters:
        dialog.setNameFilter(filters)
    dialog.open()
