"""The school's protocol to read: its articles, and the dates that matter."""

from typing_extensions import override

from app.breach.protocol import AUDIENCES, Article, Protocol, current_protocol
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Columns
from ui.kit.label import Muted, Strong
from ui.kit.lines import Facts
from ui.kit.page import Page
from ui.shell.desk import Desk
from ui.words import day, t, words

_ALL = "all"


class ProtocolPage(Page):
    """For everybody: which rules there are, for whom, and since when."""

    help_topic = "breaches"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("breach.protocol"))
        self._desk = desk
        self._protocol: Protocol | None = None
        self._audience: Segments | None = None
        self._articles = Card(t("breach.card_articles"))
        self._trail = Card(t("breach.trail"))
        self._facts = Facts()
        self._trail.add(self._facts)
        self._shown: list[Strong | Muted] = []
        self.add(Columns(self._articles, self._trail, weights=(3, 2), narrow=820))

    @override
    def refresh(self) -> None:
        if self._protocol is None:
            self._desk.ask(current_protocol, self._show, self)

    def _show(self, protocol: Protocol) -> None:
        self._protocol = protocol
        language = words().language
        self.set_title(t("breach.protocol"), protocol.name.said(language))
        self._facts.show_facts(
            (trail.name.said(language), day(trail.on) or t("breach.day_not_known"))
            for trail in protocol.trail
        )
        kinds = [(_ALL, t("breach.everybody"))]
        kinds += [
            (actor.key, actor.name.said(language))
            for actor in protocol.actors
            if actor.key in AUDIENCES[:2]
        ]
        self._audience = Segments(kinds, t("breach.card_who"))
        self._audience.chosen.connect(self._turn)
        self.set_actions(self._audience)
        self._turn(_ALL)

    def _turn(self, audience: str) -> None:
        if self._protocol is None:
            return
        for label in self._shown:
            label.hide()
            label.deleteLater()
        self._shown = []
        found = self._protocol.articles
        if audience != _ALL:
            found = self._protocol.articles_for(audience)
        for article in found:
            self._add(article)

    def _add(self, article: Article) -> None:
        language = words().language
        heading = Strong(f"{article.id} · {article.heading.said(language)}")
        wording = Muted(article.text.said(language))
        self._articles.add(heading, wording)
        self._shown += [heading, wording]
