"""The first step of an import: which file, and what was imported before."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.override import override
from app.roster.records import RosterImport, RosterSource
from app.roster.undo import imports
from ui.kit import ask
from ui.kit.button import Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.flow import Flow, Stack
from ui.kit.label import Muted, Strong
from ui.kit.lines import Lines
from ui.roster.wording import import_words
from ui.shell.desk import Desk
from ui.words import moment, t

Before = Sequence[tuple[RosterImport, RosterSource | None]]


class ChoosePane(Stack):
    """Choosing a file, a folder or a zip; below it the earlier imports.

    Signals:
        paths_chosen(paths): a tuple of `Path`.
        undo_asked(import): an earlier import is to be undone.
    """

    paths_chosen = Signal(object)
    undo_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.file = Main(t("roster.choose_file"), "form")
        self.file.call_it("choose_file")
        self.file.clicked.connect(self._ask_file)
        self.folder = Plain(t("roster.choose_folder"), "folder")
        self.folder.call_it("choose_folder")
        self.folder.clicked.connect(self._ask_folder)
        deeds = Flow()
        for part in (self.file, self.folder):
            deeds.addWidget(part)
        source = Card(t("roster.from_file"))
        source.add(
            Strong(t("roster.from_file_lead")),
            Muted(t("roster.from_file_kinds")),
            Muted(t("roster.from_file_dropped")),
            deeds,
        )
        self.before = Lines(shares=(4, 5))
        self._none = Muted(t("roster.no_imports"))
        self._earlier = Card(t("roster.earlier"))
        self._earlier.add(self._none, self.before)
        super().__init__(source, self._earlier)
        self.setAcceptDrops(True)

    def read(self) -> None:
        """Show the earlier imports as they are now."""
        self._desk.ask(imports, self._show, self)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.paths_chosen.emit(paths)

    def _ask_file(self) -> None:
        ask.open_file(self, t("roster.choose_file"), self._chosen, t("roster.file_kinds"))

    def _ask_folder(self) -> None:
        ask.choose_folder(self, t("roster.choose_folder"), self._chosen)

    def _chosen(self, path: Path) -> None:
        self.paths_chosen.emit((path,))

    def _show(self, found: Before) -> None:
        self.before.clear()
        self._none.setVisible(not found)
        for done, source in found:
            name = source.name if source is not None else ""
            files = ", ".join(done.files.splitlines())
            said = t("roster.earlier_line", day=moment(done.imported_at), files=files or name)
            if done.undone_at is not None:
                self.before.add(said, t("roster.earlier_undone", day=moment(done.undone_at)))
                continue
            undo = Quiet(t("roster.undo"), "undo", fit="small")
            undo.call_it("undo_import")
            undo.clicked.connect(partial(self.undo_asked.emit, done))
            self.before.add(said, import_words(done), undo)
