"""Looking at what shows that something was taken down."""

from pathlib import Path

from app.consent.proof import proof_kind
from app.journal.leaving import Leaving
from app.ports import Session
from app.publications.records import PublicationStep
from app.record import Compartment
from ui.kit.sided import SideSheet
from ui.kit.viewer import FileView
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t


class ProofSheet(SideSheet):
    """Shows the proof of one step: a PDF with its pages, or a picture."""

    kind = "proof"
    wide = 600

    def __init__(self, desk: Desk, step: PublicationStep, content: bytes) -> None:
        super().__init__(t("publications.proof"))
        self._desk, self._content, self._blob = desk, content, step.proof
        self.view = FileView()
        ending = proof_kind(content) or "bin"
        self.view.show_file(f"{t('publications.proof_file')}.{ending}", content)
        self.view.setMinimumHeight(look().px(420))
        self.view.save_chosen.connect(self._save)
        self.column.addWidget(self.view, 1)

    def _save(self, path: Path) -> None:
        leaving = Leaving("proof_saved", self._blob)
        self._desk.save_document(path, self._content, leaving, self._saved, self)

    def _saved(self, _done: None) -> None:
        self.bar.done(t("publications.proof_saved"))


def read_proof(step: PublicationStep, session: Session) -> tuple[PublicationStep, bytes]:
    """A step with the file that shows it."""
    with session.look(Compartment.CONSENT) as reader:
        return step, reader.blob(step.proof)
