"""A whole group on a day: pupils by uses, with a clear band when it is not the present."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.consent.asof import AsOf
from app.consent.grouplook import GroupLine, GroupLook, group_look
from app.consent.hindsight import Learned
from app.consent.unread import UnreadLine
from app.consent.uses import split_use
from app.consent.verdict import Verdict
from app.jobs import Progress
from app.override import override
from app.people.card import places
from app.people.records import Group
from app.ports import Session
from app.record import Compartment
from ui.consent.learned import learned_words
from ui.consent.lookback import LookBackSheet, LookBand
from ui.consent.thengrid import ThenGrid, ThenLine
from ui.consent.wording import MEDIA, channel_words, medium_words, outcome_words, use_words
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.form import Choice, Form
from ui.kit.label import Muted, Strong
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import say, t

_Line = TypeVar("_Line", Learned, UnreadLine)
_GROUP = "group"


class GroupThenPage(DeskedPage):
    """Chooses a group, a day and a moment of knowledge, and shows what held for everybody."""

    page_id = "group_then"
    help_topic = "consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("consent.group_then"))
        self._at: AsOf | None = None
        self._group_id = ""
        self._found: GroupLook | None = None
        look_back = Plain(t("consent.on_date"))
        look_back.call_it("look_back")
        look_back.clicked.connect(self._open_look_back)
        self.set_actions(look_back)
        self.band = LookBand()
        self.band.today_asked.connect(self._to_today)
        self._choice = QWidget()
        self._room = QVBoxLayout(self._choice)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._form: Form | None = None
        self._media = Segments([(m, medium_words(m)) for m in MEDIA], t("consent.media"))
        self._media.chosen.connect(self._turn)
        self._state = Muted(t("consent.group_then_today"))
        self.grid = ThenGrid()
        self.grid.opened.connect(self._open)
        card = Card(t("consent.consent"), self._media)
        self._why, self._learned = Strong(t("consent.group_then_why")), Lines(shares=(1, 4))
        self._paper, self._unread = Strong(t("consent.group_then_unread")), Lines(shares=(1, 4))
        below = (self._why, self._learned, self._paper, self._unread)
        card.add(self._state, self.grid, *below)
        for one in below:
            one.hide()
        line = Flow()
        line.addWidget(self._choice)
        self.add(self.band, Muted(t("consent.group_then_words")), line, card)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the group that was asked for."""
        self._group_id = what.get("group_id", self._group_id)

    @override
    def read(self) -> None:
        day = self._at.day if self._at else self.desk.clock.today()
        self.desk.ask(partial(_groups, day=day), self._offer, self)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if kind == LookBackSheet.kind:
            self._open_look_back()
        return self.sheet

    def _offer(self, groups: tuple[Group, ...]) -> None:
        """Offer the groups; the first is shown until another is chosen."""
        options = tuple((one.id, one.name) for one in groups)
        if not any(key == self._group_id for key, _ in options):
            self._group_id = options[0][0] if options else ""
        form = Form(
            [
                Choice(
                    key=_GROUP, label="consent.group_then_group", required=True, options=options
                )
            ]
        )
        form.set_values({_GROUP: self._group_id})
        form.changed.connect(self._chosen)
        if self._form is not None:
            self._room.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = form
        self._room.addWidget(form)
        self._look()

    def _chosen(self, _key: str) -> None:
        if self._form is not None:
            self._group_id = self._form.text(_GROUP)
            self._look()

    def _look(self) -> None:
        if not self._group_id:
            return
        today = self.desk.clock.today()
        at = self._at or AsOf(today, today=today)
        work = partial(_read, group_id=self._group_id, at=at)
        self.desk.ask_long(work, self._show, self, t("consent.group_then"))

    def _show(self, found: GroupLook) -> None:
        self._found = found
        self.band.show_time(self._at)
        self._turn()

    def _turn(self, _key: str = "") -> None:
        """Show one kind of recording."""
        found = self._found
        if found is None:
            return
        said = found.lines[0].verdicts if found.lines else ()
        columns = [
            at for at, one in enumerate(said) if split_use(one.use)[0] == self._media.key
        ]
        names = {one.key: channel_words(one) for one in found.channels}
        uses = [names[split_use(said[at].use)[1]] for at in columns]
        learned = found.at.known_at is not None
        self._state.setText(t("consent.group_then_none") if not found.lines else "")
        self._state.setVisible(not found.lines)
        now = (t("consent.group_then_now"),) if learned else ()
        lines = [self._line(one, columns, learned=learned) for one in found.lines]
        self.grid.show_grid((*uses, *now), lines)
        self._tell(found)

    def _tell(self, found: GroupLook) -> None:
        """Below the grid, what was learned since about whom, and what nobody could read."""
        self._learned.clear()
        self._unread.clear()
        for one in found.lines:
            for each in _of_medium(one.learned, self._media.key):
                self._learned.add(one.name, learned_words(each, found.channels))
            for line in _of_medium(one.unread, self._media.key):
                use = use_words(line.use, found.channels)
                words = t("consent.group_then_unread_line", use=use, why=say(line.said))
                self._unread.add(one.name, words)
        for title, lines in ((self._why, self._learned), (self._paper, self._unread)):
            title.setVisible(lines.count() > 0)
            lines.setVisible(lines.count() > 0)

    def _line(self, one: GroupLine, columns: list[int], *, learned: bool) -> ThenLine:
        unread = {each.use for each in one.unread}
        cells = [_cell(one.verdicts[at], unread) for at in columns]
        if learned:
            differs = bool(_of_medium(one.learned, self._media.key))
            now = t("consent.group_then_other" if differs else "consent.group_then_same")
            cells.append((now, Mark.ASK if differs else Mark.NONE))
        return ThenLine(one.pupil_id, one.name, cells)

    def _open(self, pupil_id: str) -> None:
        self.desk.goto("pupil", pupil_id=pupil_id)

    def _open_look_back(self) -> None:
        self.show_sheet(LookBackSheet(self.desk), self.look_at)

    def look_at(self, at: object) -> None:
        """Show the group as of another moment."""
        if isinstance(at, AsOf):
            self._at = at
            self.read()

    def _to_today(self) -> None:
        self._at = None
        self.read()


def _cell(found: Verdict, unread: set[str]) -> tuple[str, Mark]:
    """The answer; where a paper about it cannot be read, that as well."""
    words, mark = outcome_words(found.outcome)
    if found.use in unread:
        words = t("consent.outcome_unread", answer=words)
    return words, mark


def _of_medium(lines: Sequence[_Line], medium: str) -> list[_Line]:
    return [each for each in lines if split_use(each.use)[0] == medium]


def _groups(session: Session, day: date) -> tuple[Group, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return tuple(places(reader, day).groups)


def _read(session: Session, progress: Progress, group_id: str, at: AsOf) -> GroupLook:
    return group_look(session, progress, group_id, at)
