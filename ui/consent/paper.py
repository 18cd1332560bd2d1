"""The paper on which somebody answered: which form it was, and the file that proves it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.forms.listing import IssuedLine
from ui.kit import ask
from ui.kit.button import Link, Plain, Quiet
from ui.kit.flow import Flow
from ui.kit.label import Elided, Small
from ui.words import t

_MOST = 4


class FormNumbers(QWidget):
    """The forms that were issued to one person about one pupil, to take the number of one.

    Signals:
        chosen(number): the number of a form was pressed.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._forms: Sequence[IssuedLine] = ()
        self._links: list[Link] = []
        self._line = Flow(self, gap=12)
        self._line.addWidget(Small(t("consent.forms_issued"), wrap=False))
        self.hide()

    def know(self, forms: Sequence[IssuedLine]) -> None:
        """Hand over every form that was issued about the pupil, newest first."""
        self._forms = forms

    def offer(self, decider_id: str, pupil_id: str) -> None:
        """Show those that this person can have filled in."""
        for link in self._links:
            self._line.removeWidget(link)
            link.hide()
            link.deleteLater()
        fitting = [f for f in self._forms if decider_id in (f.guardian_id, pupil_id)][:_MOST]
        self._links = [self._link(form) for form in fitting]
        self.setVisible(bool(fitting))

    def _link(self, form: IssuedLine) -> Link:
        link = Link(t("consent.form_issued", form=form.number, day=form.issued_on))
        link.call_it(f"form_{form.number}")
        link.clicked.connect(partial(self._pressed, form.number))
        self._line.addWidget(link)
        return link

    def _pressed(self, number: str, _on: object = None) -> None:
        self.chosen.emit(number)


class ProofLine(QWidget):
    """Chooses the scan that proves an answer.

    Attributes:
        path: the file that was chosen, or None.

    Signals:
        changed(): another file was chosen, or none.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        choose = Plain(t("consent.choose_proof"), "form", fit="small")
        choose.call_it("choose_proof")
        choose.clicked.connect(self.choose)
        self._name = Elided(t("consent.no_proof"), look="muted")
        self._forget = Quiet(icon="close", fit="small", tip=t("consent.forget_proof"))
        self._forget.clicked.connect(partial(self._take, None))
        self._forget.setHidden(True)
        line = Flow(self, gap=8)
        for part in (choose, self._name, self._forget):
            line.addWidget(part)

    def show_file(self, path: Path | None) -> None:
        """Show which file was chosen, without telling anybody."""
        self.path = path
        self._name.setText(path.name if path else t("consent.no_proof"))
        self._forget.setVisible(path is not None)

    def choose(self) -> None:
        """Ask for the file."""
        ask.open_file(self, t("consent.choose_proof"), self._take, t("consent.proof_files"))

    def _take(self, path: Path | None, _on: object = None) -> None:
        self.show_file(path)
        self.changed.emit()
