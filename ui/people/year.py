"""A new school year: which group becomes which, looked at and changed before it begins."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.errors import BoordboekError, Refusal, Refusals, Trouble
from app.names import fold
from app.people.card import Places, places
from app.people.records import SchoolYear
from app.people.year import YearPlan, begin_year, plan_year
from app.ports import Session
from app.record import Compartment
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.editors import Options
from ui.kit.empty import EmptyState
from ui.kit.form import Day, Form
from ui.kit.label import Muted, Text
from ui.kit.lines import Lines
from ui.kit.page import Page
from ui.kit.sided import put_in, typed_in
from ui.people.wording import joined
from ui.people.yearrows import LEAVE, WITH, GroupRow
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.theme import look
from ui.words import day, say, t, words

_DAYS = ("start", "end")


class YearPage(Page):
    """The coming school year as it would be; one button begins it, and nothing before does."""

    help_topic = "year"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("people.year_title"))
        self.desk = desk
        self.plan: YearPlan | None = None
        self.rows: dict[str, GroupRow] = {}
        self._places = Places((), ())
        self._asked = self._touched = False
        self._begin = Main(t("people.year_begin"))
        self._begin.call_it("begin_year")
        self._begin.clicked.connect(self.begin)
        self._begin.setEnabled(False)
        self.set_actions(self._begin)
        self.offer_back(t("shell.people"))
        self.back_asked.connect(self._to_people)
        self._days = Form(
            (
                Day(key="start", label="people.year_start", required=True),
                Day(key="end", label="people.year_end", required=True),
            ),
            columns=2,
        )
        self._days.changed.connect(self._touch)
        self._sum = Text()
        self._area = QWidget()
        self._cards = QVBoxLayout(self._area)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(look().gap)
        self._when = Card(t("people.year_when"))
        self._when.add(Muted(t("people.year_explain")), self._days, self._sum)
        self._cards.addWidget(self._when)
        self.add(self._area)
        self._area.hide()

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
        if not plan.moves:
            why = t("people.year_nothing_words", year=plan.name)
            self._when.hide()
            self._begin.hide()
            self._cards.addWidget(EmptyState("yes", t("people.year_nothing"), why))
            self._area.show()
            return
        self._days.set_values({"start": plan.start, "end": plan.end})
        for card in self._site_cards(plan):
            self._cards.addWidget(card)
        self._begin.setEnabled(True)
        self._count()
        self._area.show()
        self.desk.find_draft("year", self._draft_found, self)

    def _site_cards(self, plan: YearPlan) -> Iterator[Card]:
        sites = tuple(dict.fromkeys(move.site_id for move in plan.moves))
        for site_id in sites:
            groups = t("people.year_groups")
            card = Card(self._places.site_name(site_id) or groups if len(sites) > 1 else groups)
            for move in plan.moves:
                if move.site_id == site_id:
                    row = GroupRow(move, self._options)
                    row.changed.connect(self._touch)
                    row.renamed.connect(self._renamed)
                    self.rows[move.group_id] = row
                    card.add(row)
            yield card

    def _options(self, row: GroupRow) -> Options:
        """Where a pupil of this group can go: along, stay down, another group, away."""
        found = {fold(row.to): (WITH, t("people.year_with"))}
        stay = (f"name:{row.group.group_id}", t("people.year_stays", group=row.group.name))
        found.setdefault(fold(row.group.name), stay)
        for id, other in self.rows.items():
            if other.group.site_id == row.group.site_id:
                for key, name in ((f"to:{id}", other.to), (f"name:{id}", other.group.name)):
                    elsewhere = (key, t("people.year_elsewhere", group=name))
                    found.setdefault(fold(name), elsewhere)
        found.pop("", None)
        away = (LEAVE, t("people.year_away"))
        return (
            ((WITH, t("people.year_with")), *(o for o in found.values() if o[0] != WITH), away)
            if row.to
            else ((WITH, t("people.year_with_away")), *found.values())
        )

    def _to_of(self, key: str) -> str:
        """The name of the group behind a key, "" for who leaves."""
        what, _, id = key.partition(":")
        row = self.rows.get(id)
        if row is None:
            return ""
        return row.to if what == "to" else row.group.name

    def _touch(self, _key: str = "") -> None:
        self._touched = True
        self.bar.clear()
        self._count()

    def _renamed(self) -> None:
        for row in self.rows.values():
            row.refresh()
        self._count()

    def _count(self) -> None:
        """Say how many go on and how many leave."""
        away = sum(1 for _, to in self._goings() if not to)
        every = sum(len(row.group.pupils) for row in self.rows.values())
        on = words().number(every - away)
        said = [t("people.year_go_on", count=every - away, number=on)]
        if away:
            said.append(t("people.year_go_away", count=away, number=words().number(away)))
        self._sum.setText(" ".join(said))

    def _goings(self) -> Iterator[tuple[GroupRow, str]]:
        """Every pupil: the row of his group, and the group to which he goes."""
        for row in self.rows.values():
            for pupil in row.group.pupils:
                key = row.apart.get(pupil.pupil_id)
                yield row, row.to if key is None else self._to_of(key)

    # -- beginning ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the year as it stands here."""
        values = self._days.check()
        nameless = [row for row in self.rows.values() if row.is_nameless]
        for row in nameless[::-1]:
            row.refuse(t("people.year_name_missing"))
        if values is None or nameless or self.plan is None:
            return
        plan = self._changed(self.plan, values["start"], values["end"])
        self._begin.setEnabled(False)
        self.desk.ask(partial(begin_year, plan=plan), self._begun, self, failed=self._failed)

    def _changed(self, plan: YearPlan, start: object, end: object) -> YearPlan:
        apart = tuple(
            (pupil_id, self._to_of(key))
            for row in self.rows.values()
            for pupil_id, key in row.apart.items()
        )
        return replace(
            plan,
            start=start if isinstance(start, date) else plan.start,
            end=end if isinstance(end, date) else plan.end,
            moves=tuple(replace(row.group, to=row.to) for row in self.rows.values()),
            apart=apart,
        )

    def _failed(self, error: BoordboekError) -> None:
        self._begin.setEnabled(True)
        if isinstance(error, Trouble):
            self.bar.hear_trouble(error, self.begin)
        elif isinstance(error, Refusal):
            found = error.found if isinstance(error, Refusals) else (error,)
            for each in found[::-1]:
                self._refused(each)

    def _refused(self, refusal: Refusal) -> None:
        """Show a refusal at the name of a group, at a pupil, at a day, or above everything."""
        what, _, id = str(refusal.field or "").partition("_")
        if what == "to" and id in self.rows:
            self.rows[id].refuse(say(refusal.message))
            return
        for row in self.rows.values():
            if what == "apart" and id in row.apart:
                row.show_pupils()
        self.hear_refusal(refusal)

    def _begun(self, year: SchoolYear) -> None:
        self._touched = False
        self.desk.drop_draft(Draft("year", ""))
        self._begin.hide()
        self._area.hide()
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
        counts = Counter((row.group.group_id, to) for row, to in self._goings())
        sites = len({row.group.site_id for row in self.rows.values()})
        for (id, to), count in counts.items():
            group = self.rows[id].group
            text = "people.year_moved" if to else "people.year_moved_away"
            if fold(to) == fold(group.name):
                text = "people.year_kept"
            went = t(text, group=group.name, to=to)
            site = self._places.site_name(group.site_id) if sites > 1 else ""
            yield joined((went, site)), count

    # -- what was typed -----------------------------------------------------------------------

    def _typed(self, plan: YearPlan) -> dict[str, object]:
        found: dict[str, object] = {"year": plan.name, **typed_in(self._days, _DAYS)}
        for id, row in self.rows.items():
            found[f"to_{id}"] = row.name.value()
            found[f"leaves_{id}"] = row.leaves.value()
            found |= {f"apart_{pupil}": key for pupil, key in row.apart.items()}
        return found

    def _draft_found(self, draft: Draft | None) -> None:
        plan = self.plan
        if draft is None or plan is None or draft.values.get("year") != plan.name:
            return
        values = draft.values
        put_in(self._days, {key: values[key] for key in _DAYS if key in values})
        for id, row in self.rows.items():
            if f"to_{id}" in values:
                row.take(str(values[f"to_{id}"]), leaves=bool(values[f"leaves_{id}"]))
        apart = {
            key.removeprefix("apart_"): str(value)
            for key, value in values.items()
            if key.startswith("apart_")
        }
        for row in self.rows.values():
            row.set_apart(apart)
        self._touched = True
        self._count()

    def _to_people(self) -> None:
        self.desk.goto("people")


def _plan(session: Session) -> tuple[YearPlan, Places]:
    with session.look(Compartment.CONSENT) as reader:
        known = places(reader, session.clock.today())
    return plan_year(session), known
