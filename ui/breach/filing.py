"""Where a report goes: whose dossier, about whom, and what the inspector may have to hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.breach.sealed import Affected, Report
from app.dossier.inbox import (
    Filing,
    OpenedReport,
    Person,
    children_of,
    known_to,
    left_out,
)
from app.dossier.subjects import parents_of
from app.errors import Refusal, Refusals
from app.leave.board import had_leave
from app.leave.standing import LeaveOnDay
from app.names import full_name
from app.people.card import staff
from app.ports import Session
from app.procedures.procedure import first_procedure
from app.protocol.known import Knowledge
from app.protocol.values import Protocol
from app.record import Compartment
from ui.breach.parts import Articles, Part, Pupils, empty_flow, spread
from ui.kit.button import Plain
from ui.kit.editors import ChoiceEditor
from ui.kit.flow import Flow
from ui.kit.form import Choice, Field, Form, Line, Notes, Radio, Several
from ui.kit.label import Muted, Small, Text
from ui.kit.sided import put_in, typed_in
from ui.shell.desk import Desk
from ui.theme import Type, look
from ui.words import say, t, words

_TYPED = "typed"


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody who can be chosen; `detail` tells two of one name apart."""

    person: Person
    detail: str = ""

    @property
    def words(self) -> str:
        """As shown in a list."""
        return " · ".join(part for part in (self.person.name, self.detail) if part)


class Subjects(Pupils):
    """The pupils in whose dossiers the report goes."""

    field = "subjects"


class FilingForm(QWidget):
    """Chooses a member of staff, or pupils and the parent whom the report is about."""

    def __init__(self, desk: Desk, report: OpenedReport) -> None:
        super().__init__()
        self._desk, self._report = desk, report
        self._known: dict[str, Person] = {}
        self._protocol = report.protocol
        self._staff = report.compartment is Compartment.STAFF_DOSSIER
        fields = _fields(self._protocol, report, staff=self._staff)
        self._sensitive = any(field.key == "categories" for field in fields)
        self.touched = False
        self._draft: dict[str, object] = {}
        self._keys = [field.key for field in fields]
        self.form = Form(fields)
        self.pupils = Subjects(desk, t("breach.dossier_of_pupils"), free=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        if not self._staff:
            column.addWidget(Text(t("breach.dossier_of_pupils") + " *", Type.SMALL_STRONG))
            column.addWidget(self.pupils)
        else:
            self.pupils.hide()
            self.pupils.setParent(self)
        column.addWidget(self.form)
        self._siblings: tuple[Person, ...] = ()
        self._others = Flow(gap=8)
        column.addLayout(self._others)
        self.form.show_field("capacity", shown=False)
        self.articles = Articles(short=True)
        if self._protocol is not None:
            meant = "other" if self._staff else "guardian"
            self.articles.show_articles(self._protocol.articles_for(meant))
        self.articles.set_value(report.report.articles)
        self.articles.changed.connect(self._touch)
        column.addWidget(Text(t("breach.articles"), Type.SMALL_STRONG))
        column.addWidget(Small(t("breach.articles_filing")))
        column.addWidget(self.articles)
        self.known, self.leave, self.course = Muted(""), Muted(""), Muted("")
        for said in (self.known, self.leave, self.course):
            column.addWidget(said)
        self._begin()

    def filing(self) -> Filing:
        """How the report is to be filed, as it is chosen now."""
        kind = self.form.text("actor_kind")
        found = self.form.editor("categories").value() if self._sensitive else ()
        categories = found if isinstance(found, tuple) else ()
        subjects = tuple(Person(pupil.id, pupil.name) for pupil in self.pupils.value())
        if self._staff:
            subject = self._known.get(self.form.text("subjects"))
            subjects = (subject,) if subject else ()
        return Filing(
            subjects,
            None if self._staff else self._actor(),
            kind,
            categories,
            self._reason(),
            articles=self.articles.value(),
            capacity=self.form.text("capacity"),
        )

    def typed(self) -> dict[str, object]:
        """What was chosen, for a draft; nothing when nothing was touched."""
        if not self.touched:
            return {}
        pupils = [[pupil.id, pupil.name] for pupil in self.pupils.value()]
        chosen = {"pupils": pupils, "articles": list(self.articles.value())}
        return {**typed_in(self.form, self._keys), **chosen}

    def put(self, values: Mapping[str, object]) -> None:
        """Show what a draft holds."""
        self.touched = True
        self._draft = dict(values)
        put_in(self.form, values)
        self._ask_reason()
        self._say_course()
        articles = values.get("articles")
        if isinstance(articles, list):
            self.articles.set_value([str(id) for id in articles])
        pupils = values.get("pupils")
        if not self._staff and isinstance(pupils, list):
            self.pupils.set_value([Affected(str(name), str(id)) for id, name in pupils])
            self._ask_guardians()

    def _touch(self, _key: str = "") -> None:
        self.touched = True

    def _take_up(self, key: str) -> None:
        """Choose anew what a draft holds, now that it is offered."""
        if key in self._draft:
            put_in(self.form, {key: self._draft[key]})
            if self.form.text(key) == self._draft[key]:
                del self._draft[key]

    def take_refusals(self, refusal: Refusal) -> str:
        """Say at each place what is not right; returns what has no place of its own."""
        parts: Sequence[Part] = (self.articles,)
        if not self._staff:
            parts = (self.pupils, self.articles)
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        if any(each.field == "capacity" for each in found):
            self.form.show_field("capacity", shown=True)
        return spread(refusal, (self.form,), parts)

    def _begin(self) -> None:
        report = self._report.report
        self.form.set_values(
            {
                "actor_kind": report.actor_kind,
                "categories": report.categories,
            }
        )
        self.form.changed.connect(self._ask_reason)
        self.form.changed.connect(self._touch)
        self.form.changed.connect(self._say_course)
        self.form.changed.connect(self._ask_known)
        self._ask_reason()
        self._say_course()
        if self._staff:
            self._desk.ask(_staff_members, self._offer_staff, self)
            return
        self.form.set_values({"actor_name": report.actor_name})
        self.pupils.set_value([pupil for pupil in report.affected if pupil.id])
        self.pupils.changed.connect(self._ask_guardians)
        self.pupils.changed.connect(self._touch)
        self.form.changed.connect(self._follow)
        self._ask_guardians()

    def _ask_reason(self, _key: str = "") -> None:
        """Ask why, as soon as a category that was reported is left out."""
        if self._sensitive and self._protocol is not None:
            kind, chosen = self.form.text("actor_kind"), self.form.editor("categories").value()
            kept = chosen if isinstance(chosen, tuple) else ()
            lost = left_out(self._report.report, kind, kept, self._protocol)
            self.form.show_field("reason", shown=bool(lost))

    def _say_course(self, _key: str = "") -> None:
        """Say along which procedure a case begins, or that none does."""
        kind, today = self.form.text("actor_kind"), self._desk.clock.today()
        found = first_procedure(self._report.compartment, kind, today)
        name = found.name.said(words().language) if found else ""
        self.course.setText(t("breach.case_follows" if found else "breach.no_case", name=name))

    def _ask_known(self, _key: str = "") -> None:
        """Look up whether the chosen person could know the rules on the day of the event."""
        filing = self.filing()
        person = filing.actor if not self._staff else next(iter(filing.subjects), None)
        work = partial(
            known_to, report=self._report.report, kind=filing.actor_kind, person=person
        )
        self._desk.ask(work, self._say_known, self)
        held = partial(_leave_then, person, self._report.report)
        self._desk.ask(held, self._say_leave, self)

    def _say_known(self, found: Knowledge | None) -> None:
        if found is None:
            self.known.setText(t("breach.rules_none"))
            return
        self.known.setText(t(f"breach.rules_{found.known}", why=say(found.why)))

    def _say_leave(self, found: LeaveOnDay | None) -> None:
        """Say whether there was leave to use social media on the day of the event."""
        day_ = self._report.report.occurred_on
        text = "breach.leave_held" if found and found.had else "breach.leave_not_held"
        self.leave.setText(t(text, day=day_) if found else "")
        self.leave.setVisible(found is not None)

    def _reason(self) -> str:
        return self.form.text("reason") if self._sensitive else ""

    def _offer_staff(self, members: tuple[_Known, ...]) -> None:
        self._offer("subjects", members)
        named = self._report.report.actor_name.casefold()
        same = [known for known in members if known.person.name.casefold() == named]
        if len(same) == 1:
            self.form.set_values({"subjects": same[0].person.id})
        self._take_up("subjects")
        self._ask_known()

    def _ask_guardians(self) -> None:
        ids = tuple(pupil.id for pupil in self.pupils.value())
        self._desk.ask(partial(_guardians, ids), self._offer_guardians, self)

    def _offer_guardians(self, guardians: tuple[_Known, ...]) -> None:
        self._offer("actor", guardians, also=((_TYPED, t("breach.not_in_list")),))
        named = self._report.report.actor_name.casefold()
        same = [known for known in guardians if known.person.name.casefold() == named]
        if not self.form.text("actor"):
            chosen = same[0].person.id if len(same) == 1 else ""
            self.form.set_values({"actor": chosen})
        self._take_up("actor")
        self._follow("actor")
        self._ask_known()

    def _offer(
        self, key: str, people: Sequence[_Known], also: Sequence[tuple[str, str]] = ()
    ) -> None:
        self._known = {known.person.id: known.person for known in people}
        editor = self.form.editor(key)
        if isinstance(editor, ChoiceEditor):
            editor.set_options([*((k.person.id, k.words) for k in people), *also])

    def _follow(self, key: str) -> None:
        if key in ("actor", "actor_kind") and not self._staff:
            guardian = self.form.text("actor_kind") == "guardian"
            self.form.show_field("actor", shown=guardian)
            typed = not guardian or self.form.text("actor") == _TYPED
            self.form.show_field("actor_name", shown=typed)
            chosen = self._actor()
            work = partial(children_of, guardian_id=chosen.id if chosen else "")
            self._desk.ask(work, self._offer_siblings, self)

    def _offer_siblings(self, children: tuple[Person, ...]) -> None:
        """Offer the dossiers of the other children: one report stands in each of them."""
        there = {pupil.id for pupil in self.pupils.value()}
        self._siblings = tuple(child for child in children if child.id not in there)
        empty_flow(self._others)
        for place, child in enumerate(self._siblings):
            words_ = t("breach.also_dossier", name=child.name).replace("&", "&&")
            button = Plain(words_, "plus", fit="small")
            button.call_it(f"sibling_{place}")
            button.clicked.connect(self._take_sibling)
            self._others.addWidget(button)

    def _take_sibling(self) -> None:
        child = self._siblings[int(self.sender().objectName().rpartition("_")[2])]
        self.pupils.take(Affected(child.name, child.id))

    def _actor(self) -> Person | None:
        chosen = self.form.text("actor")
        if self.form.text("actor_kind") == "guardian" and chosen != _TYPED:
            return self._known.get(chosen)
        name = self.form.text("actor_name")
        return Person("", name) if name else None


def _fields(
    protocol: Protocol | None, report: OpenedReport, *, staff: bool
) -> tuple[Field, ...]:
    language = words().language
    kinds = [
        (actor.key, actor.name.said(language))
        for actor in (protocol.actors if protocol else ())
        if report.compartment in (actor.compartment, actor.without_pupil)
    ]
    categories = [
        (category.key, category.name.said(language))
        for category in (protocol.categories if protocol else ())
        if category.actor in dict(kinds)
    ]
    sensitive: tuple[Field, ...] = (
        Several(
            key="categories",
            label="breach.categories",
            help="breach.categories_filing",
            options=categories,
        ),
        Notes(key="reason", label="breach.filing_reason", help="breach.filing_reason_help"),
    )
    whose: tuple[Field, ...] = (
        Choice(key="subjects", label="breach.dossier_of_staff", required=True),
    )
    about: tuple[Field, ...] = (
        Choice(key="actor", label="breach.about_parent"),
        Line(key="actor_name", label="breach.about_name"),
    )
    return (
        *(whose if staff else ()),
        Choice(key="actor_kind", label="breach.actor_kind", required=True, options=kinds),
        _capacity(),
        *(() if staff else about),
        *(sensitive if categories else ()),
    )


def _capacity() -> Radio:
    options = [("staff", t("breach.as_staff")), ("guardian", t("breach.as_guardian"))]
    return Radio(
        key="capacity", label="breach.capacity", help="breach.capacity_help", options=options
    )


def _leave_then(person: Person | None, report: Report, session: Session) -> LeaveOnDay | None:
    """Whether a member of staff had leave on the day of the event; None where not asked."""
    asked = report.actor_kind == "staff" and person is not None and bool(person.id)
    if not asked or person is None or not session.opens(Compartment.CONSENT):
        return None
    return had_leave(session, person.id, report.occurred_on)


def _staff_members(session: Session) -> tuple[_Known, ...]:
    if not session.opens(Compartment.CONSENT):
        return ()
    with session.look(Compartment.CONSENT) as reader:
        return tuple(
            _Known(
                Person(member.id, full_name(member.first_name, member.prefix, member.surname)),
                member.function,
            )
            for member in staff(reader)
        )


def _guardians(pupil_ids: tuple[str, ...], session: Session) -> tuple[_Known, ...]:
    every = (parent for id in pupil_ids for parent in parents_of(session, id))
    known = {one.person.id: one for one in every}
    return tuple(
        _Known(one.person, t(f"people.relation_{one.relation}")) for one in known.values()
    )
