"""The window while somebody is signed in: the frame, its pages, and the ways between them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

import resources
from app.access import FailedAttempts
from app.journal.leaving import Leaving
from app.ports import Session
from ui.app.status import Status
from ui.app.trail import Stop, Trail
from ui.frame import Frame, Hit, Identity, NavItem
from ui.frame.finder import Found
from ui.kit.page import Page
from ui.search.leads import Lead, Leads
from ui.shell import drafts
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.shell.pages import Arrives, PageSpec, Stays, page, pages_of, sections_of
from ui.words import t, words


class Office(QObject):
    """Builds the frame for one signed-in user and leads him through the pages.

    Signals:
        lock_asked(): F12, or the lock was pressed.
        left(): the window was closed.
    """

    lock_asked = Signal()
    left = Signal()

    def __init__(self, desk: Desk, version: str) -> None:
        super().__init__()
        self.desk = desk
        self._specs = {spec.id: spec for spec in pages_of(desk.user)}
        self._pages: dict[str, Page] = {}
        self._arriving: Mapping[str, str] = {}
        self._trail = Trail()
        self._shown = Stop("")
        self._said = ""
        self._leads = Leads(desk)
        self._found: dict[str, Lead] = {}
        self.frame = Frame(
            [
                self._item(spec, begins=spec is section[0])
                for section in sections_of(desk.user)
                for spec in section
            ],
            _identity(desk, version),
            find=self._find,
            settings=desk.choices,
        )
        self.status = Status(desk, self.frame)
        self._wire()

    def begin(self, place: str = "") -> None:
        """Show the first page, and what was not finished the last time."""
        self.frame.go(place if place in self._specs else next(iter(self._specs)))
        self.status.begin()
        self.desk.ask(drafts.kept, self._offer, self)
        self.desk.ask(drafts.unreadable, self._say_unreadable, self)
        self.desk.ask(_failed_attempts, self._say_attempts, self)

    def refresh(self) -> None:
        """Show the page and the status anew: the day turned."""
        shown = self.frame.page
        if isinstance(shown, Page):
            shown.refresh()
        self.status.refresh()

    def close(self) -> None:
        """Take everything off the screen."""
        self.status.stop()
        self.frame.blockSignals(True)  # noqa: FBT003 - Qt takes the value by position
        self.frame.hide()
        self.frame.deleteLater()
        self.deleteLater()

    def leave_page(self) -> None:
        """Let the page that is shown keep what was typed."""
        shown = self.frame.page
        if isinstance(shown, Page):
            shown.leave()

    def offer_sheet(self) -> None:
        """Offer to make a new recovery sheet: the one there was has been used."""
        to_account = partial(self.goto, "settings", {"section": "account"})
        self.frame.bar.offer(t("shell.sheet_used"), t("shell.sheet_renew"), to_account)

    def goto(self, page_id: str, what: Mapping[str, str]) -> None:
        """Open a page; "" leaves a page that fills the window."""
        if not page_id:
            self.frame.leave_full()
            return
        spec = page(page_id)
        if not spec.open_to(self.desk.user):
            return
        if spec.id in self._specs:
            self._go(spec, what)
        else:
            self._trail.go(self._here(), spec.id, what)
            self._show(Stop(spec.id, what))
        self._say_now()

    def _show(self, stop: Stop) -> None:
        """Show a page that is not in the navigation, with the way back to the one before."""
        spec, last = page(stop.page), self._trail.last
        made = self._made(spec, stop.what)
        self.frame.show_page(made, spec.under, (last.words, self._back) if last else None)
        self._shown = stop

    def _here(self) -> Stop:
        """Where the person is now, and how that is called."""
        shown = self.frame.page
        if not self._shown.page:
            spec = self._specs.get(self.frame.place)
            return Stop(self.frame.place, {}, t(spec.title) if spec else "")
        title = shown.windowTitle() if shown is not None else ""
        words_ = title or t(page(self._shown.page).title)
        return Stop(self._shown.page, _shown_by(shown) or self._shown.what, words_)

    def _back(self) -> None:
        stop = self._trail.back()
        if stop is None:
            return
        if stop.page in self._specs:
            self.frame.go(stop.page)
        else:
            self._show(stop)

    def _at_place(self, _place: str) -> None:
        self._trail.clear()
        self._shown = Stop("")

    def _go(self, spec: PageSpec, what: Mapping[str, str]) -> None:
        self._arriving = what
        if spec.id in self._pages:
            _arrive(self._pages[spec.id], what)
        self.frame.go(spec.id)
        self._arriving = {}

    def _make(self, spec: PageSpec) -> QWidget:
        made = self._made(spec, self._arriving)
        self._pages[spec.id] = made
        return made

    def _made(self, spec: PageSpec, what: Mapping[str, str]) -> Page:
        made = spec.make(self.desk)
        _arrive(made, what)
        return made

    def _item(self, spec: PageSpec, *, begins: bool) -> NavItem:
        make = partial(self._make, spec)
        return NavItem(spec.id, spec.title, spec.icon, make, spec.full, begins, spec.key)

    def _wire(self) -> None:
        desk, frame = self.desk, self.frame
        desk.gone_to.connect(self.goto)
        desk.counted.connect(frame.set_count)
        for page_id, count in desk.counts.items():
            frame.set_count(page_id, count)
        desk.told.connect(self._tell)
        desk.lock_asked.connect(self.lock_asked)
        desk.runner.started.connect(frame.work.watch)
        frame.page_shown.connect(self._at_place)
        frame.lock_asked.connect(self.lock_asked)
        frame.left.connect(self.left)
        frame.help_asked.connect(self._help)
        frame.hit_chosen.connect(self._hit)
        frame.rows_asked.connect(self._rows)

    def _tell(self, said: str) -> None:
        """Say it on the page that is shown, and on the one to which this very deed leads."""
        self._said = said
        self._say_now()
        QTimer.singleShot(0, self._was_told)

    def _was_told(self) -> None:
        self._said = ""

    def _say_now(self) -> None:
        said, shown = self._said, self.frame.page
        if said and isinstance(shown, Page):
            shown.bar.done(said)

    def _help(self, topic: str) -> None:
        self.goto("help", {"topic": topic})

    def _find(self, text: str, found: Found) -> None:
        self._leads.find(text, partial(self._take_leads, found))

    def _take_leads(self, found: Found, leads: Sequence[Lead]) -> None:
        self._found = {str(number): lead for number, lead in enumerate(leads)}
        found([Hit(x.group, key, x.title, x.detail) for key, x in self._found.items()])

    def _rows(self, count: int, then: Callable[[object], None]) -> None:
        leaving = Leaving("list_copied", f"{self.frame.place}:{count}")
        self.desk.let_out(leaving, then, self.frame)

    def _hit(self, hit: Hit) -> None:
        lead = self._found.get(hit.key)
        if lead is not None:
            self.goto(lead.page, lead.what)

    def _offer(self, found: Sequence[Draft]) -> None:
        usable = [draft for draft in found if self._can_open(draft)]
        if not usable:
            return
        latest = usable[-1]
        words_ = t("shell.draft_waits", title=latest.title)
        self.frame.bar.offer(words_, t("shell.draft_go_on"), partial(self._go_on, latest))

    def _say_attempts(self, found: FailedAttempts | None) -> None:
        if found is not None:
            since = found.since
            self.frame.bar.notice(t("shell.failed_attempts", count=found.count, since=since))

    def _say_unreadable(self, count: int) -> None:
        shown = self.frame.page
        if count and isinstance(shown, Page):
            said, verb = t("shell.draft_unreadable", count=count), t("shell.draft_drop")
            shown.bar.offer(said, verb, self._drop_unreadable, urgent=True)

    def _drop_unreadable(self) -> None:
        self.desk.ask(drafts.drop_unreadable, self._dropped, self)

    def _dropped(self, _nothing: None) -> None:
        self._tell(t("shell.draft_dropped"))

    def _can_open(self, draft: Draft) -> bool:
        try:
            return page(draft.page).open_to(self.desk.user)
        except KeyError:
            return False

    def _go_on(self, draft: Draft) -> None:
        self.goto(draft.page, draft.what)


def _arrive(shown: QWidget, what: Mapping[str, str]) -> None:
    if isinstance(shown, Arrives):
        shown.arrive(what)


def _shown_by(shown: object) -> Mapping[str, str]:
    """What a page shows now; nothing where it does not say."""
    return shown.what() if isinstance(shown, Stays) else {}


def _failed_attempts(session: Session) -> FailedAttempts | None:
    return session.failed_attempts()


def _identity(desk: Desk, version: str) -> Identity:
    names = {role["key"]: role["name"][words().language] for role in resources.roles()}
    roles = ", ".join(names.get(role, role) for role in desk.user.roles)
    return Identity(desk.register.school, desk.user.name, roles, version)
