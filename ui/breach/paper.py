"""The form of a report: cards in the order in which somebody tells what happened."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.breach.protocol import AUDIENCES, Protocol
from app.breach.report import MEDIA, SPREAD, BreachDraft
from app.errors import Refusal
from ui.breach.parts import Articles, Files, Part, Pupils, spread
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.form import Check, Choice, Day, Form, Line, Notes, Radio, Several
from ui.kit.label import Muted
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t, words


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

    def __init__(self, desk: Desk, protocol: Protocol) -> None:
        super().__init__()
        self._protocol = protocol
        self.touched = False
        self.who, self.when = Form(_who(protocol)), Form(_when(), columns=2)
        self.what, self.seen = Form(_what()), Form(_seen(), columns=2)
        self.categories = Form(_categories(protocol))
        self.articles = Articles(protocol.articles)
        self.affected = Pupils(desk, t("breach.affected"))
        self.files = Files(desk)
        self._forms = (self.who, self.when, self.what, self.seen, self.categories)
        self._parts: tuple[Part, ...] = (self.articles, self.affected, self.files)
        self._lay_out()
        for form in self._forms:
            form.changed.connect(self._edited)
        for part in self._parts:
            part.changed.connect(self._part_edited)
        self._filter()

    def begin(self) -> None:
        """Give the first field the keyboard."""
        self.who.focus_on("actor_kind")

    def readable(self) -> bool:
        """Whether every field can be read; otherwise its field says what to do."""
        return self.when.check() is not None

    def draft(self) -> BreachDraft:
        """What is filled in; a day that cannot be read yet is left out."""
        return BreachDraft(
            actor_kind=self.who.text("actor_kind"),
            actor_name=self.who.text("actor_name"),
            occurred_on=self._day("occurred_on"),
            discovered_on=self._day("discovered_on"),
            place=self.when.text("place"),
            facts=self.what.text("facts"),
            opinion=self.what.text("opinion"),
            articles=self.articles.value(),
            medium=self.seen.text("medium"),
            audience=self.seen.text("audience"),
            made=self.seen.editor("made").value() is True,
            shared=self.seen.editor("shared").value() is True,
            affected=self.affected.value(),
            categories=self._ticked(),
            files=self.files.value(),
            protocol=self._protocol.key,
        )

    def show_draft(self, draft: BreachDraft) -> None:
        """Show what was typed before."""
        self.who.set_values({"actor_kind": draft.actor_kind, "actor_name": draft.actor_name})
        days = {"occurred_on": draft.occurred_on, "discovered_on": draft.discovered_on}
        self.when.set_values({**days, "place": draft.place})
        self.what.set_values({"facts": draft.facts, "opinion": draft.opinion})
        self.seen.set_values(
            {
                "medium": draft.medium,
                "audience": draft.audience,
                "made": draft.made,
                "shared": draft.shared,
            }
        )
        self.categories.set_values({"categories": draft.categories})
        self.articles.set_value(draft.articles)
        self.affected.set_value(draft.affected)
        self.files.set_value(draft.files)
        self._filter()
        self.touched = False

    def take_refusals(self, refusal: Refusal) -> str:
        """Say at each place what is not right; returns what has no place of its own."""
        return spread(refusal, self._forms, self._parts)

    def first_fault(self) -> QWidget | None:
        """The first place where something is said to be wrong."""
        fields = {
            self.who: ("actor_kind", "actor_name"),
            self.when: ("occurred_on", "discovered_on", "place"),
            self.what: ("facts", "opinion"),
            self.seen: ("medium", "audience"),
        }
        for form, keys in fields.items():
            for key in keys:
                if form.error(key):
                    return form.editor(key)
        return next((part for part in self._parts if part.error), None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        who, when = Card(t("breach.card_who")), Card(t("breach.card_when"))
        who.add(self.who)
        when.add(self.when)
        what, seen = Card(t("breach.card_what")), Card(t("breach.card_seen"))
        what.add(Muted(t("breach.facts_apart")), self.what)
        seen.add(self.seen)
        children, files = Card(t("breach.card_affected")), Card(t("breach.card_files"))
        children.add(Muted(t("breach.affected_help")), self.affected)
        files.add(Muted(t("breach.files_help")), self.files)
        articles = Card(t("breach.card_articles"))
        articles.add(Muted(t("breach.articles_help")), self.articles)
        self._sensitive = Card(t("breach.card_categories"))
        self._sensitive.add(Muted(t("breach.categories_help")), self.categories)
        column.addWidget(Columns(who, when))
        column.addWidget(what)
        column.addWidget(Columns(seen, children))
        column.addWidget(articles)
        column.addWidget(self._sensitive)
        column.addWidget(files)
        send = Main(t("breach.send"), "lock")
        send.call_it("report_send_below")
        send.clicked.connect(self.send_asked)
        column.addWidget(send, 0, Qt.AlignmentFlag.AlignRight)

    def _edited(self, key: str) -> None:
        if key == "actor_kind":
            self._filter()
        self._part_edited()

    def _part_edited(self) -> None:
        self.touched = True
        self.edited.emit()

    def _filter(self) -> None:
        """Only the articles and categories that can be meant for this kind of person."""
        kind = self.who.text("actor_kind")
        meant = self._protocol.articles_for(kind if kind in AUDIENCES else "other")
        self.articles.offer([article.id for article in meant])
        some = any(category.actor == kind for category in self._protocol.categories)
        self._sensitive.setVisible(some)
        if not some:
            self.categories.set_values({"categories": ()})

    def _day(self, key: str) -> date | None:
        try:
            found = self.when.editor(key).value()
        except Refusal:
            return None
        return found if isinstance(found, date) else None

    def _ticked(self) -> tuple[str, ...]:
        found = self.categories.editor("categories").value()
        return found if isinstance(found, tuple) else ()


def _who(protocol: Protocol) -> tuple[Radio | Line, ...]:
    language = words().language
    kinds = tuple((actor.key, actor.name.said(language)) for actor in protocol.actors)
    return (
        Radio(key="actor_kind", label="breach.actor_kind", required=True, options=kinds),
        Line(key="actor_name", label="breach.actor_name", help="breach.actor_name_help"),
    )


def _when() -> tuple[Day | Line, ...]:
    return (
        Day(key="occurred_on", label="breach.occurred_on", required=True),
        Day(key="discovered_on", label="breach.discovered_on", required=True),
        Line(key="place", label="breach.place", help="breach.place_help", wide=True),
    )


def _what() -> tuple[Notes, ...]:
    return (
        Notes(
            key="facts", label="breach.facts", required=True, help="breach.facts_help", lines=6
        ),
        Notes(key="opinion", label="breach.opinion", help="breach.opinion_help", lines=3),
    )


def _seen() -> tuple[Choice | Check, ...]:
    media = tuple((key, t(text)) for key, text in MEDIA.items())
    spread = tuple((key, t(text)) for key, text in SPREAD.items())
    return (
        Choice(key="medium", label="breach.medium", options=media),
        Choice(key="audience", label="breach.audience", options=spread),
        Check(key="made", label="breach.made"),
        Check(key="shared", label="breach.shared"),
    )


def _categories(protocol: Protocol) -> tuple[Several, ...]:
    language = words().language
    options = tuple((found.key, found.name.said(language)) for found in protocol.categories)
    return (Several(key="categories", label="breach.categories", options=options),)
