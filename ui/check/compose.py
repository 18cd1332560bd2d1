"""The composer: who may be in one picture today? One tap on a group, one large answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.check.answer import (
    CheckBoard,
    CheckHit,
    Gathered,
    adults,
    board,
    gather,
)
from app.check.compose import Composition, Here, compose, composed
from app.consent.records import Medium
from app.override import override
from resources import media
from ui.check.outcome import OutcomeFace
from ui.check.person import Deeds, PersonStrip
from ui.check.said import freshness_words
from ui.check.start import StartFace
from ui.check.touch import TouchPage
from ui.check.who import AdultsFace, TickFace, WhoFace
from ui.kit.bar import announce
from ui.shell.desk import Desk
from ui.shell.pages import PAGES
from ui.words import t, words

MEMORY = "compose"
_NOTED = ("consent.write", "consent.seal")
"""One of these is needed to print: a list leaves only when it can be noted."""
COMPOSED = "composed"
"""Where the last composition lies for the page that makes a publication of it."""
PUBLICATION = "publish"
"""Id of the page that makes a publication of it; the button shows once the page is there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a composition until somebody signs out, and only that day.

    Attributes:
        adults: ids of who of them is an adult.
    """

    day: date
    here: Here
    medium: str = Medium.PHOTO.value
    channel: str = ""
    adults: frozenset[str] = frozenset()


class ComposePage(TouchPage):
    """Asks for a group, shows who may be in the picture, and lets who is away be taken out."""

    help_topic = "compose"

    def __init__(self, desk: Desk) -> None:
        self.who, self.outcome, self.tick = WhoFace(), OutcomeFace(), TickFace()
        start, self.adults = StartFace(t("check.last_added")), AdultsFace()
        self.strip, self.deeds = PersonStrip(), Deeds()
        faces = (self.who, self.outcome, self.tick, start, self.adults)
        title = t("check.compose_title")
        super().__init__(desk, title, start, faces, (self.strip, self.deeds))
        self._board: CheckBoard | None = None
        self._kept = Kept(desk.clock.today(), Here())
        self._gathered: Gathered | None = None
        self._escorts: tuple[CheckHit, ...] = ()
        self.composition: Composition | None = None
        self._wire()
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
        found, today = self.desk.memory.get(MEMORY), self.desk.clock.today()
        if isinstance(found, Kept) and found.day == today:
            return found
        return Kept(today, Here())

    def _keep(self, kept: Kept) -> None:
        self._kept = kept
        self.desk.memory[MEMORY] = kept

    # -- the frame around the faces -----------------------------------------------------------

    def _wire(self) -> None:
        deeds = self.deeds
        self.touch.back_asked.connect(self._go_back)
        self.touch.medium_chosen.connect(self._other_medium)
        self.who.channel_chosen.connect(self._other_channel)
        self.who.group_chosen.connect(self._begin_with)
        self.who.guests_asked.connect(self._open_names)
        self.who.again_asked.connect(self._gather)
        self.start.group_chosen.connect(self._add_group)
        self.start.pupil_chosen.connect(self._add_guest)
        self.start.adults_asked.connect(self._open_adults)
        self.outcome.person_chosen.connect(self._open_person)
        self.outcome.channel_chosen.connect(self._other_channel)
        self.tick.turned.connect(self._turn)
        self.adults.turned.connect(self._turn_adult)
        self.strip.turned.connect(self._turn)
        deeds.tick_asked.connect(self._open_tick)
        deeds.done_asked.connect(self._show_outcome)
        deeds.guests_asked.connect(self._open_names)
        deeds.adults_asked.connect(self._open_adults)
        deeds.everybody_asked.connect(self._everybody)
        deeds.without_asked.connect(self._without)
        deeds.use_asked.connect(self._use)
        deeds.list_asked.connect(self._list)

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
        if face in (self.start, self.adults):
            return "names" if self._here_is_somebody() else ""
        return "outcome" if face is self.outcome else ""

    @property
    def _choosing(self) -> tuple[QWidget, QWidget]:
        """The faces on which who is there is not known again until one leaves them."""
        return self.start, self.adults

    def _here_is_somebody(self) -> bool:
        return bool(self._kept.here.groups or self._kept.here.guests)

    def _go_back(self) -> None:
        face = self.faces.currentWidget()
        if face in (self.tick, *self._choosing) and self._here_is_somebody():
            self._show_outcome()
        else:
            self._show(self.who)
            self._show_board_now()
            self.who.groups.focus_first()

    # -- keys ---------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.strip.isVisible():
            self.strip.forget()
        elif event.key() == Qt.Key.Key_Escape and self.has_way_back():
            self._go_back()
        else:
            super().keyPressEvent(event)

    # -- the list -----------------------------------------------------------------------------

    def _ask_board(self) -> None:
        self.desk.ask(board, self._show_board, self)

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

    @override
    def know(self, hits: Sequence[CheckHit]) -> None:
        super().know(hits)
        found = {hit.id for hit in hits if hit.kind.adult}
        self._keep(replace(self._kept, adults=self._kept.adults | found))

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
        added = [self.known[id] for id in reversed(self._kept.here.guests) if id in self.known]
        self.start.show_last(added)
        self.start.begin()
        self._show(self.start)
        if pupil_id in self.known:
            said = t("check.added", name=self.known[pupil_id].name)
            self.bar.done(said)

    def _open_adults(self) -> None:
        if self.faces.currentWidget() is self.who:
            self._keep(replace(self._kept, here=Here()))
        self.desk.ask(adults, self._show_adults, self)

    def _show_adults(self, hits: tuple[CheckHit, ...]) -> None:
        self.know(hits)
        self._escorts = hits
        self._fill_adults()
        self._show(self.adults)
        self.adults.to_top()
        self.adults.names.focus_first()

    def _fill_adults(self) -> None:
        here = self._kept.here
        self.adults.show_adults(self._escorts, frozenset(here.guests) - here.away)

    def _turn_adult(self, id: str) -> None:
        here = self._kept.here
        there = id in here.guests and id not in here.away
        turned = here.without_guest(id) if there else here.with_guest(id)
        self._keep(replace(self._kept, here=turned))
        self._fill_adults()
        self.deeds.show_for(self._deeds_of(self.adults))

    def _gather(self) -> None:
        here = self._kept.here
        work = partial(gather, group_ids=here.groups, pupil_ids=here.guests)
        self.desk.ask(work, self._show_gathered, self)

    def _show_gathered(self, found: Gathered) -> None:
        self._gathered = found
        self._fill()
        if self.faces.currentWidget() is not self.tick:
            self._show_outcome()

    def _show_outcome(self) -> None:
        if self._gathered is None or self.faces.currentWidget() in self._choosing:
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
        fresh = freshness_words(found.freshness, self.desk.clock)
        self.outcome.offer(self._board.channels, kept.channel)
        self.outcome.show_composition(
            self.composition, self._who_words(), self._use_words(), found.freshness, fresh
        )
        self.tick.show_names(found.answers, kept.here.away)
        self.deeds.escorts = self._board.adults
        self.deeds.lists = bool(kept.here.groups or self._child_guests) and self._lists
        self.deeds.show_composition(self.composition, usable=self._usable)
        self.strip.follow(self.composition)

    def _open_tick(self) -> None:
        self._show(self.tick)
        self.tick.to_top()
        self.tick.names.focus_first()

    def _open_person(self, id: str) -> None:
        if self.composition is not None:
            self.strip.show_person(self.composition, id)

    def _turn(self, id: str) -> None:
        self._keep(replace(self._kept, here=self._kept.here.turned(id)))
        self._fill()

    def _everybody(self) -> None:
        self._keep(replace(self._kept, here=replace(self._kept.here, away=frozenset())))
        self._fill()

    def _without(self) -> None:
        """Take everybody out who may not be in it; with undo, for they are still there."""
        if self.composition is None:
            return
        went = [one for one in self.composition.people if not one.published]
        out = {one.id for one in went}
        said = (
            "check.went_out_people" if any(one.kind.adult for one in went) else "check.went_out"
        )
        before = self._kept.here
        self._keep(replace(self._kept, here=replace(before, away=before.away | out)))
        self._fill()
        self.bar.done(t(said, count=len(out)), undo=partial(self._again, before))

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
        guests = len(self._child_guests)
        grown = len(self._kept.here.guests) - guests
        if guests:
            names.append(t("check.guests", count=guests))
        if grown:
            names.append(t("check.adults_here", count=grown))
        return ", ".join(names)

    @property
    def _child_guests(self) -> tuple[str, ...]:
        return tuple(id for id in self._kept.here.guests if id not in self._kept.adults)

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
        return any(page.id == PUBLICATION and page.open_to(self.desk.user) for page in PAGES)

    @property
    def _lists(self) -> bool:
        """Whether somebody here may print a list."""
        return any(self.desk.user.may(grant) for grant in _NOTED)

    def _use(self) -> None:
        if self.composition is not None and self._gathered is not None:
            number = self._gathered.freshness.number
            made = composed(self.composition, self.desk.clock.now(), number)
            self.desk.memory[COMPOSED] = made
            self.desk.goto(PUBLICATION)

    def _list(self) -> None:
        """A list of the children of these groups, whoever is away today: it holds for days."""
        here, what = self._kept.here, {"source": "check"}
        if here.groups:
            what["groups"] = ",".join(here.groups)
        use = f"{self._kept.medium}:{self._kept.channel}"
        self.desk.goto("paper", guests=",".join(self._child_guests), uses=use, **what)
