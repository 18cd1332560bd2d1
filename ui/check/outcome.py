"""The answer for one picture: one large word, then who stays out, who is hidden, who may."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.check.answer import CheckChannel, Freshness
from app.check.compose import Composition, Go, Person, Place, rules
from app.consent.outcome import Outcome
from app.override import override
from resources import compose_rules, conditions
from ui.check.bar import Chips
from ui.check.face import Face, Warn, kind_words
from ui.kit.button import Plain, plain_words
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.kit.mark import Mark
from ui.kit.paint import Edge, panel
from ui.kit.tiles import Tile, TileGrid
from ui.theme import Type, look
from ui.words import t, words

_AUDIO = "audio"
_FEW = 4
_MARKS = {
    Go.ALL: Mark.YES,
    Go.ALL_IF: Mark.YES,
    Go.SOME: Mark.NO,
    Go.NOBODY: Mark.NO,
    Go.EMPTY: Mark.ASK,
}


class Big(QFrame):
    """One answer, readable at arm's length; a screen reader says all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        own = look()
        self.mark = Mark.ASK
        self._symbol = Symbol(self.mark.icon, self.mark.value, 72)
        self.word = Text("", Type.NAME)
        self.said = Text("", Type.LARGE)
        self.asked = Text("", Type.TOUCH_STRONG)
        line = QHBoxLayout(self)
        line.setContentsMargins(own.px(24), own.px(12), own.px(20), own.px(12))
        line.setSpacing(own.px(24))
        line.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(own.px(2))
        for part in (self.word, self.said, self.asked):
            column.addWidget(part)
        line.addLayout(column, 1)

    def show_answer(self, found: Composition) -> None:
        """Show the answer of a composition, and what must be kept."""
        self.mark = _MARKS[found.go]
        self._symbol.show_icon(self.mark.icon, self.mark.value)
        self.word.setText(t(f"check.go_{found.go}"))
        self.word.set_look(self.mark.value)
        self.said.setText(_sentence(found))
        asked = "\n".join(_asked(found))
        self.asked.setText(asked)
        self.asked.setVisible(bool(asked))
        self.setAccessibleName(self.spoken())
        self.update()

    def spoken(self) -> str:
        """Everything it says, in one go."""
        parts = (self.word.text(), self.said.text(), self.asked.text().replace("\n", ", "))
        return ". ".join(part.rstrip(".") for part in parts if part)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        own = look()
        painter = QPainter(self)
        width = 4 if own.colours.strong else 3
        edge = Edge(own.colour(self.mark.value), width, self.mark.dashed)
        panel(painter, self.rect(), own.colour(self.mark.tint), edge)
        painter.end()


class OutcomeFace(Face):
    """The answer, and everybody by where he or she may be.

    Signals:
        person_chosen(id): somebody was pressed.
        channel_chosen(key): another channel was taken.
    """

    person_chosen = Signal(str)
    channel_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.use = Plain("", "down", fit="touch")
        self.use.setProperty("shape", "")
        self.use.call_it("compose_use")
        self.channels = Chips(t("check.channel"))
        self.channels.hide()
        self.warn = Warn()
        self.big = Big()
        self._who = Text("", Type.TOUCH_STRONG, look="muted")
        self.sections = {part: Section() for part in ("out", "behind", "in")}
        self._fresh = Text("", Type.TOUCH, look="muted")
        line = QHBoxLayout()
        line.setSpacing(look().gap)
        line.addWidget(self._who, 1)
        line.addWidget(self.use)
        self.column.addLayout(line)
        for part in (self.channels, self.warn, self.big, *self.sections.values(), self._fresh):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.use.clicked.connect(self._turn_channels)
        self.channels.chosen.connect(self._other_channel)
        for section in self.sections.values():
            section.tiles.chosen.connect(self.person_chosen)

    def offer(self, channels: Sequence[CheckChannel], taken: str) -> None:
        """Offer these channels."""
        language = words().language
        self.channels.offer([(each.key, each.name(language)) for each in channels])
        if taken:
            self.channels.take(taken)

    def show_composition(
        self, found: Composition, who: str, use: str, freshness: Freshness, fresh: str
    ) -> None:
        """Show the answer for these people; `who` and `use` name the groups and the use."""
        self._who.setText(who)
        self.use.setText(plain_words(use))
        self.use.setAccessibleName(t("check.other_use", use=use))
        self.warn.tell(freshness.trouble)
        self.big.show_answer(found)
        self._fresh.setText(fresh)
        for part, people in _parted(found).items():
            self.sections[part].show_people(part, people, found)

    def _turn_channels(self) -> None:
        self._show_channels(shown=self.channels.isHidden())

    def _show_channels(self, *, shown: bool) -> None:
        self.channels.setVisible(shown)
        self.use.set_icon("up" if shown else "down")

    def _other_channel(self, key: str) -> None:
        self._show_channels(shown=False)
        self.channel_chosen.emit(key)


class Section(QFrame):
    """Who may be in one place, under a heading with their number."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", Type.TITLE)
        self._note = Text("", Type.TOUCH, look="muted")
        self.tiles = TileGrid(widest=440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look().near, 0, 0)
        column.setSpacing(look().near)
        for part in (self._title, self._note, self.tiles):
            column.addWidget(part)

    def show_people(self, part: str, people: Sequence[Person], found: Composition) -> None:
        """Show these people, or nothing at all when there are none."""
        heard = found.use.startswith(_AUDIO)
        title = f"check.part_{part}_heard" if heard else f"check.part_{part}"
        self._title.setText(t(title, number=len(people)))
        hides = part == "behind" or any(one.place is Place.BEHIND for one in people)
        self._note.setText(_needs(part) if hides else "")
        self._note.setVisible(hides)
        self.tiles.show_tiles([_tile(one, heard=heard) for one in people])
        self.setVisible(bool(people))


def _parted(found: Composition) -> dict[str, list[Person]]:
    """Who stays out, who may only be hidden, who may be seen: everybody once."""
    shown = [one for one in found.people if one.published]
    return {
        "out": [one for one in found.people if not one.published],
        "behind": [one for one in shown if one.place is Place.BEHIND],
        "in": [one for one in shown if one.place is not Place.BEHIND],
    }


def _needs(part: str) -> str:
    needs = compose_rules()["unrecognisable"]["needs"][words().language]
    return t(f"check.note_{part}", needs=needs)


def mark_of(person: Person) -> Mark:
    """The mark of somebody in a composition."""
    if person.published:
        return Mark.YES
    return Mark.ASK if person.outcome is Outcome.ASK else Mark.NO


def said_of(person: Person, *, heard: bool) -> str:
    """Where somebody may be, in a few words."""
    if person.published:
        if person.conditions:
            return " · ".join(_tiles(person.conditions))
        return t("check.may_heard") if heard else t("check.may")
    out = t("check.out_heard") if heard else t("check.may_not")
    if person.outcome.permits:
        return t("check.out_alone", out=out, least=rules().least)
    if person.place is Place.BEHIND:
        out = t("check.or_hidden", out=out)
    return f"{out} · {t('check.ask_first')}" if person.outcome is Outcome.ASK else out


def _tile(person: Person, *, heard: bool) -> Tile:
    """A tile; of an adult it says so first, and leaves what does not fit to the strip."""
    detail = said_of(person, heard=heard)
    if who := kind_words(person.kind):
        seen = person if person.published else replace(person, place=Place.OUT)
        detail = f"{who} · {said_of(seen, heard=heard)}"
    return Tile(person.id, person.name or t("check.unknown_name"), detail, mark_of(person))


def _tiles(keys: Sequence[str]) -> list[str]:
    known = {item["key"]: item["tile"][words().language] for item in conditions()}
    return [known.get(key, key) for key in keys]


def _sentence(found: Composition) -> str:
    number = sum(one.published for one in found.people)
    heard = "_heard" if found.use.startswith(_AUDIO) else ""
    whom = f"_people{heard}" if found.mixed else heard
    if found.go is Go.SOME:
        out = len(found.people) - number
        return t(f"check.say_some{whom}", count=out, number=number)
    if found.go in (Go.ALL, Go.ALL_IF):
        return t(f"check.say_all{whom}", count=number)
    return t(f"check.say_{found.go}{whom}" if found.go is Go.NOBODY else "check.say_empty")


def _asked(found: Composition) -> list[str]:
    """One line per condition, with the names while they are few."""
    lines = []
    for key, tile in zip(found.asked, _tiles(found.asked), strict=True):
        of = [one for one in found.people if one.published and key in one.conditions]
        many = "check.people" if any(one.kind.adult for one in of) else "check.children"
        whom = ", ".join(one.name for one in of) if len(of) <= _FEW else t(many, count=len(of))
        lines.append(t("check.asked", condition=tile, whom=whom))
    return lines
