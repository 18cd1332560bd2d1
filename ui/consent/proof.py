"""Looking at the paper behind a decision: a PDF with its pages, or a picture."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.consent.proof import proof_kind
from app.errors import Trouble
from ui.kit.label import Muted
from ui.kit.preview import Preview
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t


class ProofSheet(SideSheet):
    """Shows one proof."""

    kind = "proof"
    wide = 600

    def __init__(self, desk: Desk, content: bytes, name: str) -> None:
        super().__init__(t("consent.proof"))
        self._desk, self._content = desk, content
        self.add(Muted(name))
        if proof_kind(content) == "pdf":
            self._pdf = Preview()
            self._pdf.show_document(content, t("consent.proof_file"))
            self._pdf.save_chosen.connect(self._save)
            self._pdf.setMinimumHeight(look().px(520))
            self.column.addWidget(self._pdf, 1)
        else:
            picture = QImage.fromData(content)
            if picture.isNull():
                self.add(Muted(t("consent.proof_not_shown")))
            else:
                self.add(Picture(picture, name))
            self.end()

    def _save(self, path: Path) -> None:
        self._desk.ask(_Writer(path, self._content).write, self._saved, self)

    def _saved(self, _done: None) -> None:
        self.bar.done(t("consent.proof_saved"))


class _Writer:
    """Writes a copy of a proof where the person wanted it."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def write(self, _session: object) -> None:
        """Write it.

        Raises:
            Trouble: `consent.proof_not_saved`.
        """
        try:
            self._path.write_bytes(self._content)
        except OSError as error:
            raise Trouble("consent.proof_not_saved", name=self._path.name) from error


class Picture(QWidget):
    """A picture as wide as there is room, never larger than it is."""

    def __init__(self, picture: QImage, name: str) -> None:
        super().__init__()
        self._picture = picture
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(1, self._picture.height() * self._wide(width) // self._picture.width())

    @override
    def sizeHint(self) -> QSize:
        wide = look().px(520)
        return QSize(wide, self.heightForWidth(wide))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wide = self._wide(self.width())
        painter.drawImage(QRect(0, 0, wide, self.heightForWidth(wide)), self._picture)
        painter.setPen(look().colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(0, 0, wide - 1, self.heightForWidth(wide) - 1)
        painter.end()

    def _wide(self, room: int) -> int:
        return max(1, min(room, self._picture.width()))
