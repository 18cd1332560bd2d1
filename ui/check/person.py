"""Below a composition, within reach of a thumb: one person's reason, and what can be done."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.check.compose import Composition, Go
from ui.check.face import place_words
from ui.check.outcome import mark_of, said_of
from ui.kit.button import Main, Plain
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.theme import Type, look
from ui.words import say, t


class PersonStrip(QFrame):
    """One child or adult of a composition: where he or she may be, and why.

    Signals:
        turned(id): he or she is not there today.
    """

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "touch-foot")
        own = look()
        self._id = ""
        self._symbol = Symbol("ask", "ask", 44)
        self.name = Text("", Type.TITLE)
        self.said = Text("", Type.TOUCH_STRONG)
        self.why = Text("", Type.TOUCH)
        self._away = Plain(t("check.not_here"), "minus", fit="touch")
        self._away.call_it("compose_away")
        self._close = Plain(icon="close", fit="touch", tip=t("check.close"))
        self._close.call_it("compose_close")
        self._away.clicked.connect(self._turn)
        self._close.clicked.connect(self.forget)
        line = QHBoxLayout(self)
        line.setContentsMargins(own.margin, own.px(12), own.margin, own.px(12))
        line.setSpacing(own.px(18))
        line.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(own.px(2))
        for part in (self.name, self.said, self.why):
            column.addWidget(part)
        line.addLayout(column, 2)
        buttons = Flow(gap=12, right=True)
        buttons.addWidget(self._away)
        buttons.addWidget(self._close)
        line.addLayout(buttons, 1)
        self.hide()

    def show_person(self, found: Composition, id: str) -> None:
        """Show one person; nothing when he or she is not in the composition."""
        person = next((one for one in found.people if one.id == id), None)
        if person is None:
            self.forget()
            return
        self._id = id
        mark = mark_of(person)
        self._symbol.show_icon(mark.icon, mark.value)
        self.name.setText(person.name or t("check.unknown_name"))
        self.said.setText(said_of(person, heard=found.use.startswith("audio")))
        self.why.setText(place_words(person.kind, say(person.why)))
        self.show()
        self._away.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, found: Composition) -> None:
        """Show the same person again as things stand now, if one is shown."""
        if self._id:
            self.show_person(found, self._id)

    def forget(self) -> None:
        """Show nobody."""
        self._id = ""
        self.hide()

    def _turn(self) -> None:
        id = self._id
        self.forget()
        self.turned.emit(id)


class Deeds(QFrame):
    """The buttons below a composition.

    Signals:
        tick_asked(): who is there is to be pressed; done_asked(): the answer is wanted again.
        everybody_asked(): everybody is there; guests_asked(): others come along.
        adults_asked(): who of the adults comes along is to be pressed.
        without_asked(): who may not be in it goes out.
        list_asked(): a printed list is wanted; use_asked(): a publication is made of it.
    """

    tick_asked = Signal()
    done_asked = Signal()
    everybody_asked = Signal()
    guests_asked = Signal()
    adults_asked = Signal()
    without_asked = Signal()
    list_asked = Signal()
    use_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "touch-foot")
        own = look()
        self._face = ""
        self._usable = False
        self._some = False
        self.lists = False
        self.escorts = False
        self.tick = _plain("tick", "check.tick", "group", self.tick_asked)
        self.guests = _plain("guests", "check.add_guest", "plus", self.guests_asked)
        self.adults = _plain("adults", "check.escorts", "person", self.adults_asked)
        self.everybody = _plain("everybody", "check.everybody", "group", self.everybody_asked)
        self.list = _plain("list", "check.print_list", "print", self.list_asked)
        self.without = _main("without", "check.without", self.without_asked)
        self.use = _main("record_use", "check.record_use", self.use_asked)
        self.done = _main("done", "check.show_answer", self.done_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(own.margin, own.px(12), own.margin, own.px(12))
        line.setSpacing(own.px(12))
        left, right = Flow(gap=12), Flow(gap=12, right=True)
        for part in (self.tick, self.guests, self.adults, self.everybody, self.list):
            left.addWidget(part)
        for main in (self.without, self.use, self.done):
            right.addWidget(main)
        line.addLayout(left, 1)
        line.addLayout(right, 0)

    def show_for(self, face: str) -> None:
        """Show what belongs to a face: "outcome", "tick", "names", or nothing at all."""
        self._face = face
        self._arrange()

    def show_composition(self, found: Composition, *, usable: bool) -> None:
        """Offer what can be done with this answer."""
        self._some = found.go is Go.SOME
        self._usable = usable and found.go in (Go.ALL, Go.ALL_IF)
        self._arrange()

    def focus_first(self) -> None:
        """Give the first button the keyboard."""
        shown = self.without.isVisible()
        (self.without if shown else self.tick).setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        outcome, tick = self._face == "outcome", self._face == "tick"
        self.tick.setVisible(outcome)
        self.guests.setVisible(outcome or tick)
        self.adults.setVisible(self.escorts and (outcome or tick))
        self.everybody.setVisible(tick)
        self.list.setVisible(outcome and self.lists)
        self.without.setVisible(outcome and self._some)
        self.use.setVisible(outcome and self._usable)
        self.done.setVisible(tick or self._face == "names")
        self.setVisible(bool(self._face))


def _plain(name: str, words: str, icon: str, asked: SignalInstance) -> Plain:
    button = Plain(t(words), icon, fit="touch")
    button.call_it(f"compose_{name}")
    button.clicked.connect(asked)
    return button


def _main(name: str, words: str, asked: SignalInstance) -> Main:
    button = Main(t(words), fit="touch")
    button.call_it(f"compose_{name}")
    button.clicked.connect(asked)
    return button
