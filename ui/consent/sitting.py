"""What was entered since somebody sat down: the newest at the top, gone after signing out."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from ui.kit.button import Link
from ui.kit.card import Card
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.shell.desk import Desk
from ui.words import t

_MEMORY = "enter_forms"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Entered:
    """One form that was entered.

    Attributes:
        yes, no: how many answers; unclear: names of the questions to ask again.
        children: for how many children it counted.
        taken_back: it was undone.
    """

    number: str
    pupil_id: str
    pupil: str
    decider: str
    yes: int
    no: int
    unclear: tuple[str, ...] = ()
    children: int = 1
    taken_back: bool = False


@dataclass(slots=True)
class Sitting:
    """What the page remembers until somebody signs out."""

    entered: list[Entered] = field(default_factory=list)
    signed_on: date | None = None
    note: str = ""


class SittingCard(Card):
    """The forms of this sitting; each opens its pupil."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("consent.sitting"))
        self._desk = desk
        kept = desk.memory.setdefault(_MEMORY, Sitting())
        self._sitting = kept if isinstance(kept, Sitting) else Sitting()
        self._count = Muted()
        self._count.setObjectName("sitting_count")
        self._lines = Lines(shares=(3, 2))
        self.add(self._count, self._lines)
        if isinstance(self.body, QVBoxLayout):
            self.body.addStretch(1)
        self._show()

    @property
    def entered(self) -> tuple[Entered, ...]:
        """What was entered, the newest last."""
        return tuple(self._sitting.entered)

    @property
    def signed_on(self) -> date | None:
        """The day of the form before."""
        return self._sitting.signed_on

    @property
    def note(self) -> str:
        """The note of the form before."""
        return self._sitting.note

    def add_entered(self, entered: Entered, signed_on: date, note: str) -> None:
        """Note one more form, with what the next one begins with."""
        self._sitting.entered.append(entered)
        self._sitting.signed_on, self._sitting.note = signed_on, note
        self._show()

    def take_back_last(self) -> None:
        """Note that the last form was undone."""
        entered = self._sitting.entered
        if entered:
            entered[-1] = replace(entered[-1], taken_back=True)
        self._show()

    def _show(self) -> None:
        entered = self._sitting.entered
        standing = [one for one in entered if not one.taken_back]
        self._count.setText(
            t("consent.sitting_count", count=len(standing))
            if entered
            else t("consent.sitting_empty")
        )
        self._lines.clear()
        for one in reversed(entered[-_SHOWN:]):
            self._lines.add(_who(one), _what(one), self._link(one), mark=_mark(one))

    def _link(self, one: Entered) -> Link:
        link = Link(t("consent.open_pupil"))
        link.call_it("open_entered")
        link.setAccessibleName(f"{link.text()}: {one.pupil}")
        link.clicked.connect(partial(self._open, one.pupil_id))
        return link

    def _open(self, pupil_id: str, _on: object = None) -> None:
        self._desk.goto("pupil", pupil_id=pupil_id)


def _who(one: Entered) -> str:
    return t("consent.sitting_who", form=one.number or "–", name=one.pupil, who=one.decider)


def _what(one: Entered) -> str:
    if one.taken_back:
        return t("consent.sitting_back")
    said = t("consent.sitting_what", yes=one.yes, no=one.no)
    if one.unclear:
        said = f"{said} · {t('consent.sitting_unclear', uses=', '.join(one.unclear))}"
    if one.children > 1:
        said = f"{said} · {t('consent.sitting_twins', number=one.children)}"
    return said


def _mark(one: Entered) -> Mark:
    if one.taken_back:
        return Mark.NONE
    return Mark.ASK if one.unclear else Mark.YES
