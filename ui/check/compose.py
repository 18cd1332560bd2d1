"""The composer: who may be in one picture today? One tap on a group, one large answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.check.answer import CheckBoard, CheckHit, Gathered, board, find_pupils, gather
from app.check.compose import Composition, Here, compose, composed
from app.consent.records import Medium
from app.ports import Committed, Session
from app.record import Compartment
from resources import media
from ui.check.bar import TouchBar
from ui.check.child import ChildStrip, Deeds
from ui.check.outcome import OutcomeFace
from ui.check.said import freshness_words
from ui.check.start import StartFace
from ui.check.who import TickFace, WhoFace
from ui.kit.bar import announce
from ui.kit.page import Page
from ui.shell.desk import Desk
from ui.shell.pages import PAGES
from ui.theme import look
from ui.words import t, words

MOST_HITS = 60
MEMORY = "compose"
_NOTED = ("consent.write", "consent.seal")
"""One of these is needed to print: a list leaves only when it can be noted."""
COMPOSED = "composed"
"""Where the last composition lies for the page that makes a publication of it."""
PUBLICATION = "publish"
"""Id of the page that makes a publication of it; the button shows once the page is there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a composition until somebody signs out, and only that day."""

    day: date
    here: Here
    medium: str = Medium.PHOTO.value
    channel: str = ""


class ComposePage(Page):
    """Asks for a group, shows who may be in the picture, and lets who is away be taken out."""

    help_topic = "compose"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        super().__init__(t("check.compose_title"), fill=True)
        self._board: CheckBoard | None = None
        self._kept = Kept(desk.clock.today(), Here())
        self._gathered: Gathered | None = None
        self._hits: dict[str, CheckHit] = {}
        self.composition: Composition | None = None
        self._wire()
        desk.changed.connect(self._changed)
        self._show(self.who)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Begin with the group and the kind of recording that were asked for, if any."""
        if "medium" in what:
            self._keep(replace(self._remembered(), medium=what["medium"]))
        if "group_id" in what:
            self._ask_board()
            self._begin(Here((what["group_id"],)))
        else:
            self._show(self.who)

    @override
    def refresh(self) -> None:
        self._kept = self._remembered()
        self.touch.media.take(self._kept.medium)
        self._ask_board()
        if self.faces.currentWidget() in (self.outcome, self.tick):
            self._gather()

    @override
    def leave(self) -> None:
        self.start.begin()

    # -- what is remembered -------------------------------------------------------------------

    def _remembered(self) -> Kept:
        found, today = self._desk.memory.get(MEMORY), self._desk.clock.today()
        if isinstance(found, Kept) and found.day == today:
            return found
        return Kept(today, Here())

    def _keep(self, kept: Kept) -> None:
        self._kept = kept
        self._desk.memory[MEMORY] = kept

    # -- the frame around the faces -----------------------------------------------------------

    @override
    def _arrange(self, *, fill: bool) -> None:
        office = self._desk.opens(Compartment.CONSENT)
        self.touch = TouchBar(t("check.to_office") if office else t("check.menu"))
        self.who, self.outcome, self.tick = WhoFace(), OutcomeFace(), TickFace()
        self.start = StartFace(t("check.last_added"))
        self.faces = QStackedWidget()
        for face in (self.who, self.outcome, self.tick, self.start):
            self.faces.addWidget(face)
        self.strip, self.deeds = ChildStrip(), Deeds()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setProperty("look", "surface")
        column.addWidget(self.touch)
        band = QVBoxLayout()
        band.setContentsMargins(look().margin, look().near, look().margin, 0)
        self.bar.fit_touch()
        band.addWidget(self.bar)
        column.addLayout(band)
        column.addWidget(self.faces, 1)
        column.addWidget(self.strip)
        column.addWidget(self.deeds)
        for unused in (self.head, self._back, self._content):
            unused.setParent(self)
            unused.hide()

    def _wire(self) -> None:
        touch, deeds = self.touch, self.deeds
        touch.back_asked.connect(self._go_back)
        touch.medium_chosen.connect(self._other_medium)
        touch.report_asked.connect(self._report)
        touch.lock_asked.connect(self._desk.ask_lock)
        touch.leave_asked.connect(self._leave_page)
        self.who.channel_chosen.connect(self._other_channel)
        self.who.group_chosen.connect(self._begin_with)
        self.who.guests_asked.connect(self._open_names)
        self.who.again_asked.connect(self._gather)
        self.start.typed.connect(self._search)
        self.start.group_chosen.connect(self._add_group)
        self.start.pupil_chosen.connect(self._add_guest)
        self.outcome.child_chosen.connect(self._open_child)
        self.outcome.channel_chosen.connect(self._other_channel)
        self.tick.turned.connect(self._turn)
        self.strip.turned.connect(self._turn)
        deeds.tick_asked.connect(self._open_tick)
        deeds.done_asked.connect(self._show_outcome)
        deeds.guests_asked.connect(self._open_names)
        deeds.everybody_asked.connect(self._everybody)
        deeds.without_asked.connect(self._without)
        deeds.use_asked.connect(self._use)
        deeds.list_asked.connect(self._list)
        deeds.lists = any(self._desk.user.may(grant) for grant in _NOTED)

    def _show(self, face: QWidget) -> None:
        self.faces.setCurrentWidget(face)
        self.strip.forget()
        first = face is self.who
        if first:
            self.touch.show_start(t("check.compose_title"))
            self.touch.show_media(shown=True)
        else:
            to = t("check.all_groups") if face is self.outcome else t("check.to_answer")
            self.touch.show_back(to if self._here_is_somebody() else t("check.all_groups"))
            self.touch.show_media(shown=face is self.outcome)
        self.deeds.show_for("tick" if face is self.tick else self._deeds_of(face))

    def _deeds_of(self, face: QWidget) -> str:
        if face is self.start:
            return "names" if self._here_is_somebody() else ""
        return "outcome" if face is self.outcome else ""

    def _here_is_somebody(self) -> bool:
        return bool(self._kept.here.groups or self._kept.here.guests)

    def _go_back(self) -> None:
        face = self.faces.currentWidget()
        if face in (self.tick, self.start) and self._here_is_somebody():
            self._show_outcome()
        else:
            self._show(self.who)
            self._show_board_now()
            self.who.groups.focus_first()

    # -- keys ---------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.faces.currentWidget() is not self.who
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        away = self.faces.currentWidget() is not self.who
        if event.key() == Qt.Key.Key_Escape and self.strip.isVisible():
            self.strip.forget()
        elif event.key() == Qt.Key.Key_Escape and away:
            self._go_back()
        else:
            super().keyPressEvent(event)

    # -- the list -----------------------------------------------------------------------------

    def _ask_board(self) -> None:
        self._desk.ask(board, self._show_board, self)

    def _show_board(self, found: CheckBoard) -> None:
        self._board = found
        keys = [channel.key for channel in found.channels]
        if self._kept.channel not in keys:
            self._keep(replace(self._kept, channel=keys[0] if keys else ""))
        self.start.show_board(found)
        self._show_board_now()
        self._fill()
        if self.faces.currentWidget() is self.who:
            self.who.groups.focus_first()

    def _show_board_now(self) -> None:
        if self._board is None:
            return
        somebody = self._here_is_somebody()
        again = f"{self._who_words()} · {self._use_words()}" if somebody else ""
        self.who.show_board(self._board, again)
        self.who.channels.take(self._kept.channel)
        self.outcome.offer(self._board.channels, self._kept.channel)

    def _search(self, text: str) -> None:
        if text.strip():
            self._desk.ask(partial(_find, text), self._found, self)

    def _found(self, found: tuple[str, tuple[CheckHit, ...]]) -> None:
        text, hits = found
        self._hits.update({hit.id: hit for hit in hits})
        self.start.show_hits(text, hits, MOST_HITS)

    # -- who is there -------------------------------------------------------------------------

    def _begin_with(self, group_id: str) -> None:
        self._begin(Here((group_id,)))

    def _begin(self, here: Here) -> None:
        self._keep(replace(self._remembered(), here=here))
        self._gather()

    def _open_names(self) -> None:
        if self.faces.currentWidget() is self.who:
            self._keep(replace(self._kept, here=Here()))
        self.start.show_last([])
        self._show(self.start)
        self.start.begin()

    def _add_group(self, group_id: str) -> None:
        self._keep(replace(self._kept, here=self._kept.here.with_group(group_id)))
        self._gather()

    def _add_guest(self, pupil_id: str) -> None:
        self._keep(replace(self._kept, here=self._kept.here.with_guest(pupil_id)))
        added = [self._hits[id] for id in reversed(self._kept.here.guests) if id in self._hits]
        self.start.show_last(added)
        self.start.begin()
        self._show(self.start)
        if pupil_id in self._hits:
            said = t("check.added", name=self._hits[pupil_id].name)
            self.bar.done(said)

    def _gather(self) -> None:
        here = self._kept.here
        work = partial(gather, group_ids=here.groups, pupil_ids=here.guests)
        self._desk.ask(work, self._show_gathered, self)

    def _show_gathered(self, found: Gathered) -> None:
        self._gathered = found
        self._fill()
        if self.faces.currentWidget() is not self.tick:
            self._show_outcome()

    def _show_outcome(self) -> None:
        if self._gathered is None or self.faces.currentWidget() is self.start:
            self.faces.setCurrentWidget(self.outcome)
            self._gather()
            return
        self._fill()
        self._show(self.outcome)
        self.outcome.to_top()
        self.deeds.focus_first()
        announce(self.outcome, self.outcome.big.spoken(), urgent=True)

    def _fill(self) -> None:
        found, kept = self._gathered, self._kept
        if found is None or self._board is None:
            return
        here = [a for a in found.answers if a.pupil_id not in kept.here.away]
        strangers = [id for id in found.unknown if id not in kept.here.away]
        use = f"{kept.medium}:{kept.channel}"
        self.composition = compose(here, strangers, use)
        fresh = freshness_words(found.freshness, self._desk.clock)
        self.outcome.offer(self._board.channels, kept.channel)
        self.outcome.show_composition(
            self.composition, self._who_words(), self._use_words(), found.freshness, fresh
        )
        self.tick.show_names(found.answers, kept.here.away)
        self.deeds.show_composition(self.composition, usable=self._usable)
        self.strip.follow(self.composition)

    def _open_tick(self) -> None:
        self._show(self.tick)
        self.tick.to_top()
        self.tick.names.focus_first()

    def _open_child(self, pupil_id: str) -> None:
        if self.composition is not None:
            self.strip.show_child(self.composition, pupil_id)

    def _turn(self, pupil_id: str) -> None:
        self._keep(replace(self._kept, here=self._kept.here.turned(pupil_id)))
        self._fill()

    def _everybody(self) -> None:
        self._keep(replace(self._kept, here=replace(self._kept.here, away=frozenset())))
        self._fill()

    def _without(self) -> None:
        """Take everybody out who may not be in it; with undo, for they are still there."""
        if self.composition is None:
            return
        out = {child.id for child in self.composition.children if not child.published}
        before = self._kept.here
        self._keep(replace(self._kept, here=replace(before, away=before.away | out)))
        self._fill()
        self.bar.done(t("check.went_out", count=len(out)), undo=partial(self._again, before))

    def _again(self, here: Here) -> None:
        self._keep(replace(self._kept, here=here))
        self._fill()

    # -- what it is for -----------------------------------------------------------------------

    def _other_medium(self, key: str) -> None:
        self._keep(replace(self._kept, medium=key))
        self._say_again()

    def _other_channel(self, key: str) -> None:
        self._keep(replace(self._kept, channel=key))
        self.who.channels.take(key)
        self._say_again()

    def _say_again(self) -> None:
        self._fill()
        if self.faces.currentWidget() is self.outcome:
            announce(self.outcome, self.outcome.big.spoken(), urgent=True)

    def _who_words(self) -> str:
        groups = {group.id: group.name for group in self._board.groups} if self._board else {}
        names = [groups.get(id, t("check.without_group")) for id in self._kept.here.groups]
        guests = len(self._kept.here.guests)
        parts = [*names, *([t("check.guests", count=guests)] if guests else [])]
        return ", ".join(parts)

    def _use_words(self) -> str:
        language = words().language
        channels = self._board.channels if self._board else ()
        name = next((c.name(language) for c in channels if c.key == self._kept.channel), "")
        kinds = {item["key"]: item["name"][language] for item in media()}
        return f"{name} · {kinds[self._kept.medium]}"

    # -- what follows -------------------------------------------------------------------------

    @property
    def _usable(self) -> bool:
        """Whether a publication can be made of a composition here."""
        return any(page.id == PUBLICATION and page.open_to(self._desk.user) for page in PAGES)

    def _use(self) -> None:
        if self.composition is not None and self._gathered is not None:
            number = self._gathered.freshness.number
            made = composed(self.composition, self._desk.clock.now(), number)
            self._desk.memory[COMPOSED] = made
            self._desk.goto(PUBLICATION)

    def _list(self) -> None:
        """A list of everybody of these groups, whoever is away today: it holds for days."""
        here, what = self._kept.here, {"source": "check"}
        if here.groups:
            what["groups"] = ",".join(here.groups)
        use = f"{self._kept.medium}:{self._kept.channel}"
        self._desk.goto("paper", guests=",".join(here.guests), uses=use, **what)

    def _report(self) -> None:
        self._desk.goto("breach")

    def _leave_page(self) -> None:
        self._desk.goto("")

    def _changed(self, committed: Committed) -> None:
        if committed.compartment is Compartment.CHECK:
            self.refresh()


def _find(text: str, session: Session) -> tuple[str, tuple[CheckHit, ...]]:
    return text, find_pupils(session, text, MOST_HITS)
