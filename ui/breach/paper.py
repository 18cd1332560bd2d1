"""The form of a report: five questions first, and more for whoever wants to tell more."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.breach.draft import BreachDraft
from app.breach.guide import Beginning, Standing, fitting, place_words, standing
from app.breach.rules import MEDIA, SPREAD
from app.errors import Refusal
from app.protocol.values import AUDIENCES, Protocol
from ui.breach.parts import Articles, Files, Part, Pupils, spread
from ui.breach.people import Actor, People
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.form import Check, Choice, Day, Form, Line, Notes, Radio, Several
from ui.kit.label import Muted, Small
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import say, t, words


class ReportForm(QWidget):
    """Shows a draft and gives it back; says at each place what is not right.

    Attributes:
        touched: the person changed something.

    Signals:
        edited(): the person changed something.
        send_asked(): the person came to the end and wants to send it.
    """

    edited = Signal()
    send_asked = Signal()

    def __init__(self, desk: Desk, beginning: Beginning) -> None:
        super().__init__()
        self._desk, self._beginning = desk, beginning
        self.touched = False
        self.standing: Standing = standing(beginning, BreachDraft(), desk.clock.today())
        self.who, self.actor = Form(_who(self.standing.protocol)), Actor(desk)
        self.capacity, self.when = Form(_capacity()), Form(_when())
        self.what, self.where = Form(_what()), Form(_where(beginning, words().language))
        self.files = Files(desk)
        self.later, self.seen = Form(_later()), Form(_seen(), columns=2)
        self.affected, self.people = Pupils(desk, t("breach.affected")), People(desk)
        self.categories = Form(_categories(self.standing.protocol))
        self.articles = Articles()
        self._forms = (
            *(self.who, self.capacity, self.when, self.what, self.where),
            *(self.later, self.seen, self.categories),
        )
        self._few: tuple[Part, ...] = (self.actor, self.files)
        self._many: tuple[Part, ...] = (self.affected, self.people, self.articles)
        self._goes, self._passes = Muted(""), Small("")
        self._counts, self._known = Muted(""), Small("")
        self._lay_out()
        for form in self._forms:
            form.changed.connect(self._edited)
        for part in (*self._few, *self._many):
            part.changed.connect(self._edited)
        self._follow()

    def begin(self) -> None:
        """Give the first field the keyboard."""
        self.who.focus_on("actor_kind")

    def readable(self) -> bool:
        """Whether every field can be read; otherwise its field says what to do."""
        found = [form.check() for form in (self.when, self.later)]  # each says its own
        return None not in found

    def draft(self) -> BreachDraft:
        """What is filled in; a day that cannot be read yet is left out."""
        return BreachDraft(
            actor_kind=self.who.text("actor_kind"),
            actor_name=self.actor.name,
            actor_id=self.actor.id,
            actor_user=self.actor.user,
            actor_other=self.capacity.editor("actor_other").value() is True,
            capacity=self.capacity.text("capacity"),
            occurred_on=_day(self.when, "occurred_on"),
            discovered_on=_day(self.later, "discovered_on"),
            place=self.where.text("place"),
            channel=self.where.text("channel"),
            facts=self.what.text("facts"),
            opinion=self.later.text("opinion"),
            articles=self.articles.value(),
            medium=self.seen.text("medium"),
            audience=self.seen.text("audience"),
            made=self.seen.editor("made").value() is True,
            shared=self.seen.editor("shared").value() is True,
            affected=self.affected.value(),
            people=self.people.value(),
            categories=self._ticked(),
            files=self.files.value(),
            protocol=self.standing.protocol.key,
        )

    def show_draft(self, draft: BreachDraft) -> None:
        """Show what was typed before."""
        self.who.set_values({"actor_kind": draft.actor_kind})
        self.actor.show_actor(draft.actor_name, draft.actor_id, draft.actor_user)
        self.capacity.set_values({"capacity": draft.capacity, "actor_other": draft.actor_other})
        self.when.set_values({"occurred_on": draft.occurred_on})
        self.where.set_values({"place": draft.place, "channel": draft.channel})
        self.what.set_values({"facts": draft.facts})
        self.later.set_values({"discovered_on": draft.discovered_on, "opinion": draft.opinion})
        self.seen.set_values(
            {
                "medium": draft.medium,
                "audience": draft.audience,
                "made": draft.made,
                "shared": draft.shared,
            }
        )
        self.categories.set_values({"categories": draft.categories})
        self.affected.set_value(draft.affected)
        self.people.set_value(draft.people)
        self.files.set_value(draft.files)
        self._follow()
        self.articles.set_value(draft.articles)
        if _says_more(draft):
            self.show_more()
        self._follow()
        self.touched = False

    def show_more(self) -> None:
        """Show the questions beyond the first five."""
        self._rest.show()
        self._opener.hide()

    @property
    def shows_more(self) -> bool:
        """Whether the questions beyond the first five are shown."""
        return not self._rest.isHidden()

    def take_refusals(self, refusal: Refusal) -> str:
        """Say at each place what is not right; returns what has no place of its own."""
        left = spread(refusal, self._forms, (*self._few, *self._many))
        more = (self.later, self.seen, self.categories)
        if any(form.error(key) for form in more for key in form.keys) or any(
            part.error for part in self._many
        ):
            self.show_more()
        return left

    def first_fault(self) -> QWidget | None:
        """The first place where something is said to be wrong."""
        for form in self._forms:
            for key in form.keys:
                if form.error(key):
                    return form.editor(key)
        return next((part for part in (*self._few, *self._many) if part.error), None)

    # -- how it is laid out -------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        who, when = Card(t("breach.card_who")), Card(t("breach.card_when"))
        who.add(self.who, self._goes, self.actor, self.capacity, self._passes)
        when.add(self.when, self._counts, self._known)
        what, where = Card(t("breach.card_what")), Card(t("breach.card_where"))
        what.add(self.what)
        where.add(self.where)
        files = Card(t("breach.card_files"))
        files.add(Muted(t("breach.files_help")), self.files)
        for part in (Columns(who, when), what, Columns(where, files)):
            column.addWidget(part)
        self._opener = Plain(t("breach.tell_more"), "more")
        self._opener.call_it("report_more")
        self._opener.clicked.connect(self.show_more)
        column.addWidget(self._opener, 0, Qt.AlignmentFlag.AlignLeft)
        self._rest = QWidget(self)
        self._lay_out_rest(QVBoxLayout(self._rest))
        self._rest.hide()
        column.addWidget(self._rest)
        send = Main(t("breach.send"), "lock")
        send.call_it("report_send_below")
        send.clicked.connect(self.send_asked)
        column.addWidget(send, 0, Qt.AlignmentFlag.AlignRight)

    def _lay_out_rest(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        seen, later = Card(t("breach.card_seen")), Card(t("breach.card_later"))
        seen.add(self.seen)
        later.add(Muted(t("breach.facts_apart")), self.later)
        children, others = Card(t("breach.card_affected")), Card(t("breach.card_people"))
        children.add(Muted(t("breach.affected_help")), self.affected)
        children.add(Small(t(self._frozen_words())))
        others.add(Muted(t("breach.people_help")), self.people)
        articles = Card(t("breach.card_articles"))
        self._no_articles = Muted(t("breach.articles_not_known"))
        articles.add(Muted(t("breach.articles_help")), self._no_articles, self.articles)
        self._sensitive = Card(t("breach.card_categories"))
        self._sensitive.add(Muted(t("breach.categories_help")), self.categories)
        language = words().language
        for category in self.standing.protocol.categories:
            name, explain = category.name.said(language), category.explain.said(language)
            self._sensitive.add(Small(f"{name[:1].upper()}{name[1:]}: {explain}"))
        for part in (Columns(seen, later), Columns(children, others)):
            column.addWidget(part)
        column.addWidget(self._sensitive)
        column.addWidget(articles)

    def _frozen_words(self) -> str:
        consent = self._desk.user.may("consent.read")
        return "breach.freezes_register" if consent else "breach.freezes_list"

    # -- what follows from what was typed -----------------------------------------------------

    def _edited(self, _key: str = "") -> None:
        self._follow()
        self.touched = True
        self.edited.emit()

    def _follow(self) -> None:
        """Show which rules count, whom the report passes by, and what may fit."""
        draft = self.draft()
        self.standing = found = standing(self._beginning, draft, self._desk.clock.today())
        kind = draft.actor_kind
        self.actor.kind = kind
        goes = place_words(kind)
        self._goes.setText(say(goes) if goes else "")
        self._follow_user(found, draft)
        self._counts.setText(say(found.counting.why) if draft.occurred_on else "")
        self._known.setText(say(found.known.why) if found.known and draft.occurred_on else "")
        self.articles.show_articles(found.protocol.articles)
        meant = found.protocol.articles_for(kind if kind in AUDIENCES else "other")
        self.articles.offer([article.id for article in meant])
        self.articles.hint(fitting(found.protocol, draft))
        self._no_articles.setVisible(not found.protocol.articles)
        some = any(category.actor == kind for category in found.protocol.categories)
        self._sensitive.setVisible(some)
        if not some:
            self.categories.set_values({"categories": ()})

    def _follow_user(self, found: Standing, draft: BreachDraft) -> None:
        """Ask in which capacity, and say when the report goes past somebody."""
        by_name = not draft.actor_user and (found.user is not None or draft.actor_other)
        self.capacity.setVisible(found.capacity or by_name)
        self.capacity.show_field("capacity", shown=found.capacity)
        self.capacity.show_field("actor_other", shown=by_name)
        if not found.capacity:
            self.capacity.set_values({"capacity": ""})
        name = found.user.name if found.user else ""
        text = ""
        if found.own:
            text = t("breach.is_own")
        elif found.past:
            text = t("breach.goes_past", name=name)
        self._passes.setText(text)
        self._passes.setVisible(bool(text))

    def _ticked(self) -> tuple[str, ...]:
        found = self.categories.editor("categories").value()
        return found if isinstance(found, tuple) else ()


def _day(form: Form, key: str) -> date | None:
    try:
        found = form.editor(key).value()
    except Refusal:
        return None
    return found if isinstance(found, date) else None


def _says_more(draft: BreachDraft) -> bool:
    """Whether something beyond the first five questions was answered."""
    answers = (draft.discovered_on, draft.opinion, draft.articles, draft.medium, draft.audience)
    people = (draft.affected, draft.people, draft.categories)
    return any((*answers, *people, draft.made, draft.shared))


def _who(protocol: Protocol) -> tuple[Radio, ...]:
    language = words().language
    kinds = tuple((actor.key, actor.name.said(language)) for actor in protocol.actors)
    return (Radio(key="actor_kind", label="breach.actor_kind", required=True, options=kinds),)


def _capacity() -> tuple[Radio | Check, ...]:
    options = (
        ("staff", t("breach.as_staff")),
        ("guardian", t("breach.as_guardian")),
    )
    return (
        Radio(
            key="capacity",
            label="breach.capacity",
            help="breach.capacity_help",
            options=options,
        ),
        Check(key="actor_other", label="breach.actor_other"),
    )


def _when() -> tuple[Day, ...]:
    return (
        Day(
            key="occurred_on",
            label="breach.occurred_on",
            required=True,
            help="breach.occurred_help",
        ),
    )


def _what() -> tuple[Notes, ...]:
    return (
        Notes(
            key="facts", label="breach.facts", required=True, help="breach.facts_help", lines=6
        ),
    )


def _where(beginning: Beginning, language: str) -> tuple[Line | Choice, ...]:
    channels = tuple((one.key, one.name(language)) for one in beginning.channels)
    return (
        Line(key="place", label="breach.place", help="breach.place_help"),
        Choice(
            key="channel",
            label="breach.channel",
            help="breach.channel_help",
            options=channels,
        ),
    )


def _later() -> tuple[Day | Notes, ...]:
    return (
        Day(key="discovered_on", label="breach.discovered_on", help="breach.discovered_help"),
        Notes(key="opinion", label="breach.opinion", help="breach.opinion_help", lines=3),
    )


def _seen() -> tuple[Choice | Check, ...]:
    media = tuple((key, t(text)) for key, text in MEDIA.items())
    seen_by = tuple((key, t(text)) for key, text in SPREAD.items())
    return (
        Choice(key="medium", label="breach.medium", options=media),
        Choice(key="audience", label="breach.audience", options=seen_by),
        Check(key="made", label="breach.made"),
        Check(key="shared", label="breach.shared"),
    )


def _categories(protocol: Protocol) -> tuple[Several, ...]:
    language = words().language
    options = tuple((found.key, found.name.said(language)) for found in protocol.categories)
    return (Several(key="categories", label="breach.categories", options=options),)
