"""Looking at the paper behind a decision."""

from pathlib import Path

from app.consent.proof import proof_kind
from app.journal.leaving import Leaving
from ui.kit.label import Muted
from ui.kit.sided import SideSheet
from ui.kit.viewer import FileView
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t


class ProofSheet(SideSheet):
    """Shows one proof: a PDF with its pages, or a picture."""

    kind = "proof"
    wide = 600

    def __init__(self, desk: Desk, content: bytes, name: str, blob: str) -> None:
        super().__init__(t("consent.proof"))
        self._desk, self._content, self._blob = desk, content, blob
        self.view = FileView()
        ending = proof_kind(content) or "bin"
        self.view.show_file(f"{t('consent.proof_file')}.{ending}", content)
        self.view.setMinimumHeight(look().px(420))
        self.view.save_chosen.connect(self._save)
        self.add(Muted(name))
        self.column.addWidget(self.view, 1)

    def _save(self, path: Path) -> None:
        leaving = Leaving("proof_saved", self._blob)
        self._desk.save_document(path, self._content, leaving, self._saved, self)

    def _saved(self, _done: None) -> None:
        self.bar.done(t("consent.proof_saved"))
