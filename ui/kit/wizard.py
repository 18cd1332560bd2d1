"""Step by step: a flow declared as a table, one page at a time, nothing asked twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Refusal, Trouble
from app.override import override
from ui.kit.bar import MessageBar
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.form import Form
from ui.kit.label import Muted, Small, Title
from ui.kit.page import scrolling
from ui.theme import look
from ui.words import t

Answers: TypeAlias = dict[str, object]
WIDEST = 640


class StepPage(QWidget):
    """One page of a wizard. Put things in with `add`; override what the page needs.

    Signals:
        ready_changed(ready): whether the person may go on.
        done(): Enter was pressed; the person wants to go on.
    """

    ready_changed = Signal(bool)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look().gap)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(self, *widgets: QWidget) -> None:
        """Put things below one another."""
        for widget in widgets:
            self.body.addWidget(widget)

    def follow(self, form: Form) -> None:
        """Let Enter in this form go on to the next step."""
        form.submitted.connect(self._entered)

    def _entered(self, _values: object) -> None:
        self.done.emit()

    def enter(self, answers: Mapping[str, object]) -> None:
        """Called when the page is shown, with everything that was answered so far."""

    def answers(self) -> Answers | None:
        """What this page adds, or None after saying what is still needed."""
        return {}

    def go(self, onward: Callable[[], None]) -> None:
        """Called when the person wants to go on; call `onward` when that is all right.

        Override it for work that takes a while: run the job, then call `onward`.
        """
        onward()


class FormStep(StepPage):
    """A page that is a form; its answers are the values of the form."""

    def __init__(self, form: Form, words: str = "") -> None:
        super().__init__()
        self.form = form
        if words:
            self.add(Muted(words))
        self.add(form)

    @override
    def answers(self) -> Answers | None:
        """The values, or None after saying at the fields what to do."""
        values = self.form.check()
        return None if values is None else dict(values)


@dataclass(frozen=True, slots=True)
class WizardStep:
    """One row of the flow.

    Attributes:
        key: name of the step.
        title: text id.
        make: makes the page when it is first reached.
        follows: from the answers to the key of the next step; None takes the next row.
        verb: text id of the button that goes on.
        fixed: what came before is done; nobody goes back from here.
    """

    key: str
    title: str
    make: Callable[[], StepPage]
    follows: Callable[[Mapping[str, object]], str] | None = None
    verb: str = "kit.next"
    fixed: bool = False


class Wizard(QWidget):
    """Plays a flow.

    Signals:
        finished(answers): the last step was left.
        reached(key): a step is shown.
        left(): the person went back from the first step; only with `leavable`.
    """

    finished = Signal(object)
    reached = Signal(str)
    left = Signal()

    def __init__(
        self,
        steps: Sequence[WizardStep],
        *,
        leavable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._leavable = leavable
        self._steps = {step.key: step for step in steps}
        self._keys = [step.key for step in steps]
        self._pages: dict[str, StepPage] = {}
        self._trail: list[str] = []
        self._answers: dict[str, Answers] = {}
        self._leaving = ""
        self.bar = MessageBar()
        self._number = Small("", wrap=False)
        self._title = Title()
        self._stack = QStackedWidget()
        self._back = Plain(t("kit.back"))
        self._next = Main(t("kit.next"))
        self._back.call_it("wizard_back")
        self._next.call_it("wizard_next")
        self._back.clicked.connect(self.back)
        self._next.clicked.connect(self.forward)
        self._lay_out()
        self._reach(self._keys[0])

    @property
    def key(self) -> str:
        """The key of the step that is shown."""
        return self._trail[-1]

    def answers(self) -> Answers:
        """Everything that was answered on the way here."""
        gathered: Answers = {}
        for key in self._trail:
            gathered.update(self._answers.get(key, {}))
        return gathered

    def page(self, key: str) -> StepPage:
        """The page of a step that was reached."""
        return self._pages[key]

    def forward(self) -> None:
        """Go on, if the page has what it needs."""
        page = self._pages[self.key]
        found = page.answers()
        if found is not None:
            self.bar.clear()
            self._answers[self.key] = found
            self._leaving = self.key
            page.go(self._onward)

    def back(self) -> None:
        """Go to the step before; what was filled in stays."""
        if not self._may_go_back():
            return
        if len(self._trail) == 1:
            self.left.emit()
            return
        self._trail.pop()
        self._show()

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show a refusal at its field on this page, or in the bar."""
        page = self._pages[self.key]
        if not any(form.take_refusal(refusal) for form in page.findChildren(Form)):
            self.bar.hear_refusal(refusal)

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble, with the way to try again."""
        self.bar.hear_trouble(trouble, retry)

    def _onward(self) -> None:
        if self._leaving != self.key:
            return
        step = self._steps[self.key]
        place = self._keys.index(self.key) + 1
        following = self._keys[place] if place < len(self._keys) else ""
        if step.follows is not None:
            following = step.follows(self.answers())
        if following:
            self._reach(following)
        else:
            self.finished.emit(self.answers())

    def _reach(self, key: str) -> None:
        if key not in self._pages:
            page = self._steps[key].make()
            page.ready_changed.connect(self._next.setEnabled)
            page.done.connect(self._next.click)
            self._pages[key] = page
        self._trail.append(key)
        self._show()

    def _show(self) -> None:
        step, page = self._steps[self.key], self._pages[self.key]
        self._number.setText(self._count())
        self._title.setText(t(step.title))
        self._next.setText(t(step.verb))
        self._next.setEnabled(True)
        self._back.setVisible(self._may_go_back())
        before = self._stack.currentWidget()
        if before is not None and before is not page:
            # Only the page that is shown decides how high the card is.
            self._stack.removeWidget(before)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if not focus_first(page):
            self._next.setFocus(Qt.FocusReason.TabFocusReason)
        page.enter(self.answers())
        self.reached.emit(self.key)

    def _may_go_back(self) -> bool:
        first = len(self._trail) == 1 and not self._leavable
        return not first and not self._steps[self.key].fixed

    def _count(self) -> str:
        """Which step this is; of how many, when there is only one way through."""
        if any(step.follows is not None for step in self._steps.values()):
            return t("kit.step", step=len(self._trail))
        return t("kit.step_of", step=len(self._trail), steps=len(self._keys))

    def _lay_out(self) -> None:
        own = look()
        content = QWidget()
        content.setMaximumWidth(own.px(WIDEST))
        column = QVBoxLayout(content)
        column.setContentsMargins(own.margin, own.px(48), own.margin, own.margin)
        column.setSpacing(own.near)
        column.addWidget(self._number)
        column.addWidget(self._title)
        column.addWidget(self.bar)
        column.addSpacing(own.near)
        card = Card()
        card.add(self._stack)
        column.addWidget(card)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        column.addSpacing(own.near)
        column.addLayout(buttons)
        column.addStretch(1)
        centre = QWidget()
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(content, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(centre))
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def focus_first(page: QWidget) -> bool:
    """Give the first field of a page the keyboard; says whether it has one."""
    found = page.nextInFocusChain()
    while found is not None and found is not page and page.isAncestorOf(found):
        tabbed = found.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and found.isEnabled() and not found.isHidden():
            found.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        found = found.nextInFocusChain()
    return False
