"""Writing the school's own protocol: what is typed is kept, and counts from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer

from app.errors import BoordboekError, Refusal, Refusals
from app.override import override
from app.protocol.edit import Sketch, drop_sketch, keep_sketch, put_in_force, sketch
from app.protocol.own import CONCERNS, MEANT_FOR, WHEN, ArticleWords, SketchWords
from app.protocol.records import ProtocolVersion
from ui.kit import ask
from ui.kit.button import Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.form import Check, Choice, Day, Field, Form, Line, Notes, Value
from ui.kit.label import Muted, Text
from ui.kit.lines import Lines
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.sheets import FormSheet
from ui.theme import Type
from ui.words import say, t, words

_KEEP_MS = 700
_NEW = -1
_MOVES = (("up", "protocol.move_up", -1), ("down", "protocol.move_down", 1))


class ProtocolEditPage(DeskedPage):
    """For a director: name, first day and articles of the next version."""

    help_topic = "protocol"
    page_id = "protocol_edit"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("protocol.write"))
        self._words: SketchWords | None = None
        self._kept = QTimer(self)
        self._kept.setSingleShot(True)
        self._kept.setInterval(_KEEP_MS)
        self._kept.timeout.connect(self.keep)
        self.form = Form(_fields(), columns=2)
        self.form.changed.connect(self._changed)
        self._rows = Lines(shares=(4, 2))
        self._error = Text("", Type.SMALL, look="no")
        self._error.hide()
        about, rules = Card(t("protocol.about")), Card(t("protocol.articles"))
        add = Plain(t("protocol.add_article"), "plus", fit="small")
        add.call_it("article_add")
        add.clicked.connect(self._add)
        rules.add_action(add)
        about.add(Muted(t("protocol.about_words")), self.form)
        rules.add(Muted(t("protocol.articles_words")), self._error, self._rows)
        self.add(about, rules)
        again = Plain(t("protocol.start_again"))
        again.call_it("sketch_drop")
        again.clicked.connect(self._ask_again)
        begin = Main(t("protocol.put_in_force"), "yes")
        begin.call_it("protocol_begin")
        begin.clicked.connect(self._ask_begin)
        self.set_actions(again, begin)

    @property
    def sketch(self) -> SketchWords | None:
        """What is written now."""
        return self._read_form(self._words) if self._words else None

    @override
    def read(self) -> None:
        if self._words is None:
            self.desk.ask(sketch, self._begun, self)

    @override
    def leave(self) -> None:
        self.keep()
        super().leave()

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if kind != ArticleSheet.kind or self._words is None:
            return None
        place = int(str(values.get("place", _NEW)))
        there = 0 <= place < len(self._words.articles)
        article = self._words.articles[place] if there else ArticleWords("", "", "")
        sheet = ArticleSheet(self.desk, article, place if there else _NEW)
        self.show_sheet(sheet, self._take)
        return sheet

    def keep(self) -> None:
        """Keep what is written so far; nothing of it counts yet."""
        if self._kept.isActive() and self.sketch is not None:
            self._kept.stop()
            self.desk.ask(partial(keep_sketch, words=self.sketch), self._ignore, self)

    def _begun(self, found: Sketch) -> None:
        self._words = found.words
        self.form.set_values(
            {
                "name": found.words.name,
                "name_en": found.words.name_en,
                "starts": found.words.starts,
                "change": found.words.change,
            }
        )
        self._show()
        if found.damaged:
            self.bar.refused(t("protocol.sketch_damaged"))
        elif found.begun:
            self.bar.notice(t("protocol.gone_on"))
        self.look_for_draft()

    # -- articles -----------------------------------------------------------------------------

    def _show(self) -> None:
        self._rows.clear()
        if self._words is None:
            return
        last = len(self._words.articles) - 1
        for place, article in enumerate(self._words.articles):
            buttons = [_small("edit", "protocol.change_article", f"article_{place}", article)]
            buttons[0].clicked.connect(partial(self._change, place))
            for icon, tip, step in _MOVES:
                button = _small(icon, tip, f"article_{icon}_{place}", article)
                button.setEnabled(0 <= place + step <= last)
                button.clicked.connect(partial(self._move, place, step))
                buttons.append(button)
            drop = _small("trash", "protocol.drop_article", f"article_drop_{place}", article)
            drop.clicked.connect(partial(self._take_out, place))
            about = t(f"protocol.meant_{article.audience}")
            self._rows.add(f"{article.id} · {article.heading}", about, *buttons, drop)

    def _add(self) -> None:
        self.make_sheet(ArticleSheet.kind, {"place": _NEW})

    def _change(self, place: int) -> None:
        self.make_sheet(ArticleSheet.kind, {"place": place})

    def _take(self, found: tuple[int, ArticleWords]) -> None:
        place, article = found
        articles = list(self._words.articles) if self._words else []
        if place == _NEW:
            articles.append(article)
        else:
            articles[place] = article
        self._set_articles(articles)

    def _move(self, place: int, step: int) -> None:
        articles = list(self._words.articles) if self._words else []
        articles[place], articles[place + step] = articles[place + step], articles[place]
        self._set_articles(articles)

    def _take_out(self, place: int) -> None:
        articles = list(self._words.articles) if self._words else []
        del articles[place]
        self._set_articles(articles)

    def _set_articles(self, articles: Sequence[ArticleWords]) -> None:
        if self._words is not None:
            self._words = replace(self._words, articles=tuple(articles))
            self._show()
            self._changed("articles")

    def _changed(self, _key: str) -> None:
        self._say_wrong(())
        self._kept.start()

    def _read_form(self, words_: SketchWords) -> SketchWords:
        return replace(
            words_,
            name=self.form.text("name"),
            name_en=self.form.text("name_en"),
            starts=self._start(),
            change=self.form.text("change"),
        )

    def _start(self) -> date | None:
        try:
            found = self.form.editor("starts").value()
        except Refusal:
            return None
        return found if isinstance(found, date) else None

    # -- putting in force ---------------------------------------------------------------------

    def _ask_begin(self) -> None:
        if self.form.check() is None or self.sketch is None:
            return
        explained = t("protocol.begin_words", day=self.sketch.starts)
        verb = t("protocol.put_in_force")
        ask.confirm(self, verb, explained, verb, self._begin)

    def _begin(self) -> None:
        if self.sketch is not None:
            self._kept.stop()
            work = partial(put_in_force, words=self.sketch)
            self.desk.ask(work, self._in_force, self, failed=self._refused)

    def _in_force(self, version: ProtocolVersion) -> None:
        self._words = None
        self.desk.tell(t("protocol.in_force", day=version.starts))
        self.desk.goto("protocol", key=version.key)

    def _refused(self, problem: BoordboekError) -> None:
        if not isinstance(problem, Refusal):
            self.bar.trouble(words().of(problem.message), self._begin)
            return
        found = problem.found if isinstance(problem, Refusals) else (problem,)
        mine = [each for each in found if each.field == "articles"]
        self._say_wrong(mine)
        left = [each for each in found if not self.form.take_refusal(each)]
        rest = [say(each.message) for each in left if each not in mine]
        self.bar.refused(" ".join(rest) or t("protocol.look_again"))

    def _say_wrong(self, found: Sequence[Refusal]) -> None:
        """Say above the articles what is not right with them; nothing when everything is."""
        self._error.setText("\n".join(say(each.message) for each in found))
        self._error.setVisible(bool(found))

    def _ask_again(self) -> None:
        title, explained = t("protocol.start_again"), t("protocol.start_again_words")
        ask.confirm(self, title, explained, title, self._again, danger=True)

    def _again(self) -> None:
        self._kept.stop()
        self._words = None
        self.desk.ask(drop_sketch, self._dropped, self)

    def _dropped(self, _nothing: None) -> None:
        self.bar.clear()
        self.read()

    def _ignore(self, _nothing: None) -> None:
        """Nothing follows."""


class ArticleSheet(FormSheet):
    """One article: its number, for whom it is, and its words."""

    kind = "article"
    wide = 520

    def __init__(self, desk: Desk, article: ArticleWords, place: int) -> None:
        super().__init__(desk, t("protocol.article"), t("protocol.take_article"))
        self._place = place
        self.lay_out(_article_fields())
        self.form.set_values(
            {
                "id": article.id,
                "heading": article.heading,
                "text": article.text,
                "audience": article.audience,
                "when": article.when,
                "concerns": article.concerns,
                "heading_en": article.heading_en,
                "text_en": article.text_en,
                "sure": article.sure,
            }
        )
        self.touched = False  # what was shown was not typed
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "place": self._place} if found else {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        texts = {key: str(value) for key, value in values.items() if isinstance(value, str)}
        article = ArticleWords(sure=values["sure"] is True, **texts)
        self.stored((self._place, article))


def _small(icon: str, tip: str, name: str, article: ArticleWords) -> Quiet:
    button = Quiet(icon=icon, tip=t(tip, article=article.id), fit="small")
    button.call_it(name)
    return button


def _fields() -> tuple[Field, ...]:
    return (
        Line(key="name", label="protocol.name", required=True),
        Line(key="name_en", label="protocol.name_en"),
        Day(key="starts", label="protocol.starts", required=True, help="protocol.starts_help"),
        Line(key="change", label="protocol.change", help="protocol.change_help"),
    )


def _article_fields() -> tuple[Field, ...]:
    meant = tuple((key, t(f"protocol.meant_{key}")) for key in MEANT_FOR)
    when = tuple((key, t(f"protocol.when_{key}")) for key in WHEN)
    concerns = tuple((key, t(f"protocol.concerns_{key}")) for key in CONCERNS)
    return (
        Line(key="id", label="protocol.article_number", required=True, longest=8),
        Line(key="heading", label="protocol.heading", required=True, longest=120),
        Notes(key="text", label="protocol.text", required=True, lines=5),
        Choice(
            key="audience",
            label="protocol.meant",
            required=True,
            options=meant,
        ),
        Choice(key="when", label="protocol.when", required=True, options=when),
        Choice(
            key="concerns",
            label="protocol.concerns",
            required=True,
            help="protocol.concerns_help",
            options=concerns,
        ),
        Check(key="sure", label="protocol.sure"),
        Line(key="heading_en", label="protocol.heading_en", longest=120),
        Notes(key="text_en", label="protocol.text_en", lines=3),
    )
