"""A new school year: which group becomes which, looked at and changed before it begins."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import BoordboekError, Refusal, Refusals, Trouble
from app.jobs import Progress
from app.names import fold
from app.override import override
from app.people.card import Places, places
from app.people.records import SchoolYear
from app.people.year import YearPlan, begin_year, plan_year
from app.ports import Session
from app.record import Compartment
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.form import Day, Form
from ui.kit.label import Muted, Text
from ui.kit.lines import Lines
from ui.kit.page import Page
from ui.kit.sided import put_in, typed_in
from ui.people.wording import joined
from ui.people.yearpages import AT_ONCE, Pages
from ui.people.yearrows import AddedRow, GroupRow, LooseRow
from ui.people.yearstate import Added, GoingGroup, YearState
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.theme import look
from ui.words import day, say, t, words

_DAYS = ("start", "end")
_SLICE = 4
"""So many groups are made between two looks at the window."""


class YearPage(Page):
    """The coming school year as it would be; one button begins it, and nothing before does."""

    help_topic = "year"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("people.year_title"))
        self.desk = desk
        self.plan: YearPlan | None = None
        self.state: YearState | None = None
        self.rows: dict[str, GroupRow] = {}
        self.loose: dict[str, LooseRow] = {}
        self.added: dict[str, AddedRow] = {}
        self._sites: dict[str, Card] = {}
        self._waiting: list[GoingGroup] = []
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.timeout.connect(self._make_some)
        self._places = Places((), ())
        self._asked = self._touched = False
        self._begin = Main(t("people.year_begin"))
        self._begin.call_it("begin_year")
        self._begin.clicked.connect(self.begin)
        self._begin.setEnabled(False)
        self.set_actions(self._begin)
        self._days = Form(
            (
                Day(key="start", label="people.year_start", required=True),
                Day(key="end", label="people.year_end", required=True),
            ),
            columns=2,
        )
        self._days.changed.connect(self._touch)
        self._sum = Text()
        self._preview = QWidget()
        self._cards = QVBoxLayout(self._preview)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(look().gap)
        self._when = Card(t("people.year_when"))
        self._when.add(Muted(t("people.year_explain")), self._days, self._sum)
        self._cards.addWidget(self._when)
        self._pages = Pages()
        self._pages.turned.connect(self._show_page)
        self._cards.addWidget(self._pages)
        self.add(self._preview)
        self._preview.hide()

    @override
    def refresh(self) -> None:
        if not self._asked:
            self._asked = True
            self.desk.ask(_plan, self._planned, self)

    @override
    def leave(self) -> None:
        plan = self.plan
        if plan is not None and self._touched:
            title = t("people.year_draft", year=plan.name)
            self.desk.keep_draft(Draft("year", title, self._typed(plan)))

    # -- the plan -----------------------------------------------------------------------------

    def _planned(self, found: tuple[YearPlan, Places]) -> None:
        plan, self._places = found
        self.plan = plan
        self.set_title(t("people.year_title"), plan.name)
        if not (plan.moves or plan.ungrouped):
            why = t("people.year_nothing_words", year=plan.name)
            self._when.hide()
            self._begin.hide()
            self._cards.addWidget(EmptyState("yes", t("people.year_nothing"), why))
            self._preview.show()
            return
        self.state = YearState(plan)
        self._days.set_values({"start": plan.start, "end": plan.end})
        self._pages.begin(len(self.state.groups))
        self._begin.setEnabled(True)
        self._preview.show()
        self._show_page(0)
        self.desk.find_draft("year", self._draft_found, self)

    # -- what is shown of it ------------------------------------------------------------------

    def _show_page(self, first: int) -> None:
        """Show some groups, from this one; a window cannot hold hundreds of them at once."""
        for card in self._sites.values():
            card.hide()
            card.deleteLater()
        self._sites, self.rows, self.loose, self.added = {}, {}, {}, {}
        if self.state is not None:
            groups = list(self.state.groups.values())
            self._waiting = groups[first : first + AT_ONCE]
            if first + AT_ONCE >= len(groups):
                for site_id in self.state.loose:
                    self._card(site_id)
        self._make_some()

    def _make_some(self) -> None:
        """Make rows a few at a time, so that the window stays alive."""
        if self.state is None:
            return
        some, self._waiting = self._waiting[:_SLICE], self._waiting[_SLICE:]
        for group in some:
            row = self.rows[group.id] = GroupRow(group, self.state)
            row.changed.connect(self._touch)
            row.renamed.connect(self._renamed)
            self._card(group.site_id).add(row)
        if self._waiting:
            self._making.start()
        self._count()

    def _card(self, site_id: str) -> Card:
        """The card of a site, with who has no group yet and a button for new groups."""
        state = self.state
        if site_id in self._sites or state is None:
            return self._sites[site_id]
        groups = t("people.year_groups")
        several = len(state.sites) > 1
        add = Plain(t("people.year_new_add"), "plus", fit="small")
        add.call_it(f"add_group_{site_id}")
        add.clicked.connect(partial(self._add_group, site_id))
        title = self._places.site_name(site_id) or groups if several else groups
        card = self._sites[site_id] = Card(title, add)
        self._cards.insertWidget(self._cards.count() - 1, card)
        if site_id in state.loose:
            loose = self.loose[site_id] = LooseRow(state.loose[site_id], state)
            loose.changed.connect(self._touch)
            card.add(loose)
        for added in state.added.values():
            if added.site_id == site_id:
                self._show_added(added)
        return card

    def _add_group(self, site_id: str) -> None:
        """One more group in the new year; its name is typed at once."""
        if self.state is not None:
            row = self._show_added(self.state.add(site_id))
            row.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self._touch()

    def _show_added(self, added: Added) -> AddedRow:
        row = self.added[added.id] = AddedRow(added)
        row.renamed.connect(self._renamed)
        row.dropped.connect(self._drop_group)
        self._sites[added.site_id].add(row)
        return row

    def _drop_group(self, id: str) -> None:
        row = self.added.pop(id)
        row.hide()
        row.deleteLater()
        if self.state is not None:
            self.state.added.pop(id, None)
        self._renamed()
        self._touch()

    def _touch(self, _key: str = "") -> None:
        self._touched = True
        self.bar.clear()
        self._count()

    def _renamed(self) -> None:
        if self.state is not None:
            self.state.prune()
        for row in (*self.loose.values(), *self.rows.values()):
            row.refresh()
        self._count()

    def _count(self) -> None:
        """Say how many go on, how many leave and how many have no group."""
        if self.state is None:
            return
        goings = [to for _, to in self.state.goings()]
        away = goings.count("")
        loose = sum(len(of.members) - len(of.apart) for of in self.state.loose.values())
        said = [_told("people.year_go_on", len(goings) - away)]
        if away:
            said.append(_told("people.year_go_away", away))
        if loose:
            said.append(_told("people.year_go_loose", loose))
        self._sum.setText(" ".join(said))

    # -- beginning ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the year as it stands here."""
        values = self._days.check()
        state = self.state
        if state is None or self._is_nameless(state) or values is None:
            return
        plan = state.changed(values["start"], values["end"])
        self._begin.setEnabled(False)
        job = partial(_begin_year, plan=plan)
        words = t("people.year_beginning")
        task = self.desk.ask_long(job, self._begun, self, words, failed=self._failed)
        task.finished.connect(self._ended)

    def _ended(self) -> None:
        """Whoever stopped it can begin it after all."""
        self._begin.setEnabled(True)

    def _is_nameless(self, state: YearState) -> bool:
        """Whether a group has no name, which is then told at the first such field."""
        groups = [id for id, group in state.groups.items() if group.is_nameless]
        added = [id for id, each in state.added.items() if not each.name]
        missing = t("people.year_name_missing")
        for id in added[::-1]:
            self._added_row(id).refuse(missing)
        for id in groups[::-1]:
            self._row(id).refuse(missing)
        return bool(groups or added)

    def _row(self, group_id: str) -> GroupRow:
        """The row of a group; its page is turned to."""
        if group_id not in self.rows and self.state is not None:
            self._pages.turn_to(list(self.state.groups).index(group_id))
            while group_id not in self.rows:
                self._make_some()
        return self.rows[group_id]

    def _added_row(self, id: str) -> AddedRow:
        """The row of a group that is added; a page with its site is turned to."""
        if id not in self.added and self.state is not None:
            site_id = self.state.added[id].site_id
            sites = [group.site_id for group in self.state.groups.values()]
            at = sites.index(site_id) if site_id in sites else len(sites) - 1
            self._pages.turn_to(at)
            while id not in self.added:
                self._make_some()
        return self.added[id]

    def _failed(self, error: BoordboekError) -> None:
        if isinstance(error, Trouble):
            if error.done:
                self._done_with()
            self.bar.hear_trouble(error, self.begin)
        elif isinstance(error, Refusal):
            found = error.found if isinstance(error, Refusals) else (error,)
            for each in found[::-1]:
                self._refused(each)

    def _refused(self, refusal: Refusal) -> None:
        """Show a refusal at the name of a group, at a pupil, at a day, or above everything."""
        what, _, id = str(refusal.field or "").partition("_")
        state = self.state
        if state is not None and what == "to" and id in state.groups:
            self._row(id).refuse(say(refusal.message))
        elif state is not None and what == "new" and id.isdecimal():
            self._added_row(list(state.added)[int(id)]).refuse(say(refusal.message))
        else:
            for row in (*self.loose.values(), *self.rows.values()):
                if what == "apart" and id in row.of.apart:
                    row.show_pupils()
            self.hear_refusal(refusal)

    def _done_with(self) -> None:
        """The year was begun; nothing of what was typed is needed any more."""
        self._touched = False
        self.desk.drop_draft(Draft("year", ""))
        self._begin.hide()
        self._preview.hide()

    def _begun(self, year: SchoolYear) -> None:
        self._done_with()
        people = Plain(t("people.year_to_pupils"))
        people.call_it("to_people")
        people.clicked.connect(self._to_people)
        card = Card(t("people.year_begun", year=year.name), people)
        start = self._days.values()["start"]
        first = day(start) if isinstance(start, date) else ""
        card.add(Text(t("people.year_begun_words", day=first)), Text(self._sum.text()))
        lines = Lines()
        for went, count in self._summary():
            number = words().number(count)
            lines.add(went, t("people.year_pupils", count=count, number=number))
        card.add(lines)
        self.add(card)
        people.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.done(t("people.year_done", year=year.name))

    def _summary(self) -> Iterator[tuple[str, int]]:
        """How many went from which group to which."""
        if self.state is None:
            return
        several = len(self.state.sites) > 1
        for of, to, count in self.state.summary():
            text = "people.year_moved" if to else "people.year_moved_away"
            if fold(to) == fold(of.called):
                text = "people.year_kept"
            went = t(text, group=of.called, to=to)
            yield joined((went, self._places.site_name(of.site_id) if several else "")), count

    # -- what was typed -----------------------------------------------------------------------

    def _typed(self, plan: YearPlan) -> dict[str, object]:
        found: dict[str, object] = {"year": plan.name, **typed_in(self._days, _DAYS)}
        return found | (self.state.typed() if self.state is not None else {})

    def _draft_found(self, draft: Draft | None) -> None:
        plan = self.plan
        if draft is None or plan is None or draft.values.get("year") != plan.name:
            return
        values = draft.values
        put_in(self._days, {key: values[key] for key in _DAYS if key in values})
        if self.state is not None:
            self.state.take(values)
            self._show_page(self._pages.first)
        self._touched = True

    def _to_people(self) -> None:
        self.desk.goto("people")


def _told(text_id: str, count: int) -> str:
    return t(text_id, count=count, number=words().number(count))


def _begin_year(session: Session, progress: Progress, plan: YearPlan) -> SchoolYear:
    return begin_year(session, plan, progress)


def _plan(session: Session) -> tuple[YearPlan, Places]:
    with session.look(Compartment.CONSENT) as reader:
        known = places(reader, session.clock.today())
    return plan_year(session), known
