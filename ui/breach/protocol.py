"""The school's protocol to read: its articles, and the dates that matter."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.breach.protocol import AUDIENCES, Article, Protocol, current_protocol
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Columns
from ui.kit.label import Muted, Strong
from ui.kit.lines import Lines
from ui.kit.page import Page
from ui.shell.desk import Desk
from ui.theme import look
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
        self._dates = Lines(shares=(5, 3))
        self._trail.add(self._dates)
        self._shown: list[QWidget] = []
        self.add(Columns(self._articles, self._trail, weights=(3, 2), narrow=820))

    @override
    def refresh(self) -> None:
        if self._protocol is None:
            self._desk.ask(current_protocol, self._show, self)

    def _show(self, protocol: Protocol) -> None:
        self._protocol = protocol
        language = words().language
        self.set_title(t("breach.protocol"), protocol.name.said(language))
        for trail in protocol.trail:
            name = trail.name.said(language)
            name = name[:1].upper() + name[1:]
            self._dates.add(name, day(trail.on) or t("breach.day_not_known"))
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
        for row in self._shown:
            row.hide()
            row.deleteLater()
        self._shown = []
        found = self._protocol.articles
        if audience != _ALL:
            found = self._protocol.articles_for(audience)
        for article in found:
            self._add(article)

    def _add(self, article: Article) -> None:
        language = words().language
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, look().px(4))
        column.setSpacing(0)
        column.addWidget(Strong(f"{article.id} · {article.heading.said(language)}"))
        column.addWidget(Muted(article.text.said(language)))
        self._articles.add(row)
        self._shown.append(row)
