"""Takes a file in: looks at what it is and can do, and tells where it stands already."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.breach.evidence import EvidenceFile, check_file
from app.dossier.entries import Twin, twins
from app.ports import Session
from app.record import DOSSIERS
from ui.dossier.said import short_name
from ui.kit import ask
from ui.kit.button import Plain, Quiet
from ui.kit.flow import Flow
from ui.kit.label import Muted, Strong, Text
from ui.shell.desk import Desk
from ui.shell.files import read_file
from ui.theme import Type, look
from ui.words import t


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at.

    Attributes:
        warnings: what it can do; twins: where the very same file stands already.
    """

    file: EvidenceFile
    warnings: tuple[str, ...]
    twins: tuple[Twin, ...]


class FileTaker(QWidget):
    """Room for one file.

    Signals:
        taken(): there is a file now; dropped(): there is none any more.
    """

    taken = Signal()
    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._looked: Looked | None = None
        self._name = Strong()
        self._said = Muted(t("dossier.no_file_yet"))
        self._warned = Text("", Type.SMALL, look="ask")
        self._known = Text("", Type.SMALL, look="ask")
        self.choose = Plain(t("dossier.add_file"), "plus", fit="small")
        self.choose.call_it("entry_file")
        self.choose.clicked.connect(self._ask)
        self._drop = Quiet(t("dossier.drop_file"), "trash", fit="small")
        self._drop.call_it("entry_file_drop")
        self._drop.clicked.connect(self.drop)
        line = Flow(gap=8)
        line.addWidget(self.choose)
        line.addWidget(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        for part in (self._name, self._said, self._warned, self._known):
            column.addWidget(part)
        column.addLayout(line)
        self._show()

    @property
    def file(self) -> EvidenceFile | None:
        """The file that was taken in."""
        return self._looked.file if self._looked else None

    def take(self, path: Path) -> None:
        """Take a file in; what it must not be is refused."""
        self._desk.runner.run(partial(read_file, path), self._read, self, pure=True)

    def drop(self) -> None:
        """Take the file away again."""
        self._looked = None
        self._show()
        self.dropped.emit()

    def _ask(self) -> None:
        ask.open_file(self, t("dossier.add_file"), self.take)

    def _read(self, file: EvidenceFile) -> None:
        self._desk.ask(partial(_look, file=file), self._took, self)

    def _took(self, looked: Looked) -> None:
        self._looked = looked
        self._show()
        self.taken.emit()

    def _show(self) -> None:
        found = self._looked
        self._name.setText(short_name(found.file.name) if found else "")
        self._name.setVisible(found is not None)
        self._said.setVisible(found is None)
        self._drop.setVisible(found is not None)
        warned = [t(f"breach.warns_{key}") for key in found.warnings] if found else []
        self._warned.setText("\n".join(warned))
        self._warned.setVisible(bool(warned))
        known = [_twin(twin) for twin in found.twins] if found else []
        self._known.setText("\n".join(known))
        self._known.setVisible(bool(known))


def _look(session: Session, file: EvidenceFile) -> Looked:
    """What a file can do, and where it stands in the dossiers that the user opens."""
    warnings = check_file(file)
    found = [
        twin
        for part in DOSSIERS
        if session.opens(part)
        for twin in twins(session, part, file.content)
    ]
    return Looked(file, warnings, tuple(found))


def _twin(twin: Twin) -> str:
    title = f" ({twin.title})" if twin.title else ""
    return t("dossier.file_known", name=twin.subject, day=twin.day, title=title)
