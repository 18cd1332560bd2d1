"""Choosing a pass phrase: a proposal to copy, or one's own, with what is wrong with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refusal
from app.register.passwords import check_password, propose_phrase, shortest
from ui.kit.button import Quiet
from ui.kit.form import Form, Secret
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Small, Text
from ui.theme import Type, look
from ui.words import say, t

_GOOD = 20


class PhraseChooser(QWidget):
    """Proposes a phrase and takes the one that is typed.

    Typing the proposal over once is enough; a phrase of one's own is typed twice.

    Signals:
        submitted(): Enter was pressed in a field.
    """

    submitted = Signal()

    def __init__(self, roles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: tuple[str, ...] = tuple(roles)
        self._near: tuple[str, ...] = ()
        self._proposal = Text("", Type.TOUCH_STRONG, selectable=True)
        self._another = Quiet(t("shell.phrase_another"), "refresh", fit="small")
        self._another.call_it("phrase_another")
        self._another.clicked.connect(self.propose)
        self._symbol = Symbol("info", "muted", 18)
        self._strength = Small("")
        self.form = Form(
            [
                Secret(key="password", label="shell.phrase", required=True),
                Secret(key="again", label="shell.phrase_again", required=True),
            ]
        )
        self.form.show_field("again", shown=False)
        self.form.changed.connect(self._typed)
        self.form.submitted.connect(self._submitted)
        self._lay_out()
        self.propose()

    @property
    def proposal(self) -> str:
        """The phrase that is proposed."""
        return self._proposal.text()

    def set_roles(self, roles: Sequence[str], near: Sequence[str] = ()) -> None:
        """Ask what these roles ask; `near` are names that others would try first."""
        fewer = tuple(roles) != self._roles
        self._roles, self._near = tuple(roles), tuple(near)
        if fewer:
            self.propose()
        self._judge()

    def propose(self) -> None:
        """Propose another phrase."""
        self._proposal.setText(propose_phrase(self._roles))
        self._proposal.setAccessibleName(
            t("shell.phrase_proposal_spoken", phrase=self.proposal)
        )
        self._judge()

    def phrase(self) -> str | None:
        """The phrase, or None after saying at the field what is wrong."""
        typed = self.form.check()
        if typed is None:
            return None
        phrase = self.form.text("password")
        try:
            check_password(phrase, self._roles, self._near)
        except Refusal as refusal:
            self.form.take_refusal(refusal)
            return None
        if phrase in (self.proposal, self.form.text("again")):
            return phrase
        self.form.show_field("again", shown=True)
        self.form.take_refusal(Refusal("shell.phrase_differs", field="again"))
        return None

    def forget(self) -> None:
        """Empty the fields."""
        self.form.set_values({"password": "", "again": ""})
        self._typed("password")

    def _typed(self, _key: str) -> None:
        typed = self.form.text("password")
        own = bool(typed) and not self.proposal.startswith(typed)
        self.form.show_field("again", shown=own)
        self._judge()

    def _judge(self) -> None:
        typed = self.form.text("password")
        if not typed:
            least = shortest(self._roles)
            self._say("info", "muted", t("shell.phrase_rules", count=least))
        elif typed == self.proposal:
            self._say("yes", "yes", t("shell.phrase_strong"))
        elif self.proposal.startswith(typed):
            self._say("info", "muted", t("shell.phrase_copying"))
        else:
            self._judge_own(typed)

    def _judge_own(self, typed: str) -> None:
        try:
            check_password(typed, self._roles, self._near)
        except Refusal as refusal:
            self._say("ask", "ask", say(refusal.message))
            return
        strong = len(typed) >= shortest(self._roles) + _GOOD // 2
        words = t("shell.phrase_strong") if strong else t("shell.phrase_enough")
        self._say("yes", "yes", words)

    def _say(self, icon: str, tone: str, words: str) -> None:
        self._symbol.show_icon(icon, tone)
        self._strength.setText(words)

    def _submitted(self, _values: object) -> None:
        self.submitted.emit()

    def _lay_out(self) -> None:
        own = look()
        box = QFrame()
        box.setProperty("look", "card")
        inside = QVBoxLayout(box)
        side = own.px(12)
        inside.setContentsMargins(side, side, side, side)
        inside.setSpacing(own.px(4))
        head = QHBoxLayout()
        head.addWidget(Small(t("shell.phrase_proposal"), wrap=False), 1)
        head.addWidget(self._another)
        inside.addLayout(head)
        inside.addWidget(self._proposal)
        inside.addWidget(Muted(t("shell.phrase_note")))
        strength = QHBoxLayout()
        strength.setSpacing(own.near)
        strength.addWidget(self._symbol)
        strength.addWidget(self._strength, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(own.px(12))
        column.addWidget(box)
        column.addWidget(self.form)
        column.addLayout(strength)
