"""The help page: contents at the left, one short page at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QTextBrowser

import resources
from app.override import override
from ui.help.drawings import SCHEME, TOPIC, drawing_page, drawings, drawn
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.page import Page
from ui.shell.desk import Desk
from ui.theme import Type, look
from ui.words import t, words

_TOPIC = Qt.ItemDataRole.UserRole
_FIRST = "start"
_ABOVE = {1: 0, 2: 14, 3: 10}
_LINE = 130
_MARKDOWN = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class HelpPage(Page):
    """Shows the page about a topic; links to pictures work, links outside do nothing."""

    def __init__(self, desk: Desk | None = None) -> None:  # noqa: ARG002 - pages get the desk
        super().__init__(t("shell.help"), fill=True)
        self.contents = QListWidget()
        self.contents.setObjectName("help_contents")
        self.contents.setAccessibleName(t("help.contents"))
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setTabKeyNavigation(False)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for topic, title in resources.help_topics(words().language):
            item = QListWidgetItem(title)
            item.setToolTip(title)
            item.setSizeHint(QSize(0, look().px(34)))
            item.setData(_TOPIC, topic)
            self.contents.addItem(item)
        self.contents.currentItemChanged.connect(self._chosen)
        self.text = HelpText()
        self.text.anchorClicked.connect(self._follow)
        left, right = Card(t("help.contents"), fill=True), Card(fill=True)
        left.add(self.contents)
        right.add(self.text)
        self.add(Columns(left, right, weights=(2, 5), narrow=420))
        self.show_topic(_FIRST)

    @property
    def topic(self) -> str:
        """The topic that is shown."""
        return str(self.contents.currentIndex().data(_TOPIC))

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the topic that was asked for."""
        self.show_topic(what.get("topic") or _FIRST)

    def show_topic(self, topic: str) -> None:
        """Show a topic; an unknown one shows the first page."""
        rows = range(self.contents.count())
        topics = [str(self.contents.item(row).data(_TOPIC)) for row in rows]
        self.contents.setCurrentRow(topics.index(topic) if topic in topics else 0)

    def _chosen(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        if before is not None:
            before.setFont(look().font(Type.TEXT))
        if item is not None:
            item.setFont(look().font(Type.STRONG))
            topic = str(item.data(_TOPIC))
            page = resources.help_page(words().language, topic)
            self.text.show_page(page + drawings() if topic == TOPIC else page)

    def _follow(self, link: QUrl) -> None:
        """Show the picture of a procedure, or go back to where they are listed."""
        if link.scheme() != SCHEME:
            return
        key = link.path()
        if key in resources.procedures():
            self.text.show_page(drawing_page(key))
        else:
            self._chosen(self.contents.currentItem(), None)


class HelpText(QTextBrowser):
    """Shows one page of Markdown in the house's type."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_text")
        self.setAccessibleName(t("shell.help"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTabChangesFocus(True)
        self.setProperty("ring_inside", True)  # noqa: FBT003 - Qt takes the value by position

    def show_page(self, page: str) -> None:
        """Show other words from their top."""
        document = QTextDocument(self)
        document.setDefaultFont(look().font(Type.TEXT))
        document.setDocumentMargin(look().px(4))
        document.setMarkdown(page, _MARKDOWN)
        _dress(document)
        self.setDocument(document)
        self.verticalScrollBar().setValue(0)

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Draw the picture of a procedure; load nothing from anywhere else."""
        link = QUrl(name)
        if link.scheme() == SCHEME and link.path() in resources.procedures():
            return drawn(link.path())
        return None


def _dress(document: QTextDocument) -> None:
    """Give headings, paragraphs and tables the type and space of the house."""
    own = look()
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        layout = QTextBlockFormat()
        layout.setTopMargin(own.px(_ABOVE.get(level, 0)))
        layout.setBottomMargin(own.px(8 if level else 6))
        layout.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(layout)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = QTextCharFormat()
            letters.setFont(own.font(Type.TITLE if level == 1 else Type.HEADING))
            cursor.mergeCharFormat(letters)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)


def _dress_table(table: QTextTable) -> None:
    own = look()
    form = table.format()
    form.setBorder(own.edge)
    form.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(own.colour("line"))
    form.setBorderCollapse(True)
    form.setCellPadding(own.px(6))
    table.setFormat(form)
