"""For a director: the school's own text of a letter, with what it looks like beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.clock import school_day
from app.errors import BoordboekError, Refusal
from app.letters.own import (
    GONE,
    NEW,
    TextShelf,
    changes,
    every_template,
    go_back_to_shipped,
    keep_text,
    put_text_in_force,
    refusal_of,
    text_shelf,
)
from app.letters.sample import sample_letter
from app.override import override
from app.ports import Press, Session
from ui.kit import ask
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import NotesEditor
from ui.kit.flow import Columns
from ui.kit.form import Choice, Form, Line, Notes
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.kit.sided import put_in
from ui.letters.slots import SlotPicker
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.theme import look
from ui.words import day, say, t

_TYPING_MS = 600
_LINES = 24
_PREVIEW, _CHANGES, _VERSIONS = "preview", "changes", "versions"
_LANGUAGES = {"nl": "letters.dutch", "en": "letters.english"}
_CHANGE = Line(
    key="change", label="letters.text_change", help="letters.text_change_help", wide=True
)
_SIGNS = {GONE: ("−", Mark.NO), NEW: ("+", Mark.YES)}


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as it looks now.

    Attributes:
        content: the letter with an invented person.
        wrong: what is not right with the text, as refusals.
    """

    content: bytes
    wrong: tuple[Refusal, ...]


class LetterTextsPage(Page):
    """The text of one letter in one language: written, looked at, compared, put in force."""

    help_topic = "letters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("letters.texts"))
        self._desk = desk
        self._shelf: TextShelf | None = None
        self._badge = Badge("")
        self.add_badge(self._badge)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._draw)
        self.which = Form(_which(desk.language), columns=2)
        self.which.changed.connect(self._turn)
        self.form = Form(
            (
                Line(
                    key="subject",
                    label="letters.own_subject",
                    help="letters.own_subject_help",
                    wide=True,
                ),
                Notes(key="text", label="letters.own_text", lines=_LINES, wide=True),
                Line(
                    key="change", label="letters.text_change", help="letters.text_change_help"
                ),
            ),
            columns=1,
        )
        self.form.changed.connect(self._typed)
        self.slots_picker = SlotPicker()
        self.slots_picker.chosen.connect(self._insert)
        self.wrong = Lines(shares=(1, 0))
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(620))
        self.preview.let_out(allowed=False)
        self._compared = Lines(shares=(1, 0))
        self._versions = Lines(shares=(2, 3))
        self._lay_out()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one letter's text: `key` and `language`, when they are given."""
        if "key" in what:
            self.which.set_values(dict(what))

    @override
    def refresh(self) -> None:
        if self._shelf is None:
            self._look_up()

    @override
    def leave(self) -> None:
        self._typing.stop()
        if self._shelf is not None and self._text != self._shelf.begins.strip():
            typed = {key: self.form.text(key) for key in ("subject", "text", "change")}
            title = t("letters.text_draft_title")
            self._desk.keep_draft(Draft("letter_text", title, dict(typed), self._what))
        self.preview.forget()

    @property
    def _what(self) -> dict[str, str]:
        return {"key": self.which.text("key"), "language": self.which.text("language")}

    @property
    def _body(self) -> str:
        return self.form.text("text")

    @property
    def _text(self) -> str:
        """The text as it is kept, with its subject."""
        subject = self.form.text("subject")
        return self._shelf.whole(subject, self._body) if self._shelf else self._body

    def _lay_out(self) -> None:
        back = Plain(t("letters.text_shipped_again"))
        back.call_it("text_shipped")
        back.clicked.connect(self._ask_back)
        keep = Plain(t("letters.text_keep"))
        keep.call_it("text_keep")
        keep.clicked.connect(self._keep)
        begin = Main(t("letters.text_begin"))
        begin.call_it("text_begin")
        begin.clicked.connect(self._ask_begin)
        self._to_shipped, self._begin = back, begin
        self.set_actions(back, keep, begin)
        written = Card(t("letters.text_written"))
        written.add(Muted(t("letters.text_words")), self.which, self.form, self.slots_picker)
        checked = Card(t("letters.check"))
        checked.add(self.wrong)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        column.addWidget(checked)
        column.addWidget(written)
        column.addStretch(1)
        faces = (
            (_PREVIEW, t("letters.preview")),
            (_CHANGES, t("letters.text_changes")),
            (_VERSIONS, t("letters.text_versions")),
        )
        self._faces = Segments(faces, t("letters.text_beside"))
        self._faces.chosen.connect(self._face)
        self._panes = QStackedWidget()
        for pane in (self.preview, self._compared, self._versions):
            self._panes.addWidget(pane)
        shown = Card(t("letters.text_shown"), self._faces, fill=True)
        shown.add(Muted(t("letters.text_sample")), self._panes)
        self.add(Columns(side, shown, weights=(1, 1), narrow=900))

    # -- reading ------------------------------------------------------------------------------

    def _turn(self, _key: str) -> None:
        self._look_up()

    def _look_up(self) -> None:
        what = self._what
        work = partial(text_shelf, key=what["key"], language=what["language"])
        self._desk.ask(work, self._show, self)

    def _show(self, shelf: TextShelf) -> None:
        self._shelf = shelf
        written = {"subject": shelf.subject, "text": shelf.body.strip()}
        self.form.set_values({**written, "change": ""})
        self.slots_picker.offer(shelf.template)
        self._to_shipped.setEnabled(shelf.standing is not None)
        self._badge.show_answer(*_badge(shelf))
        self._versions.clear()
        for one in shelf.versions:
            when = f"{day(school_day(one.recorded_at))} · {one.author}"
            self._versions.add(
                t("letters.text_version", number=one.number), f"{one.change} · {when}"
            )
        if not shelf.versions:
            self._versions.add(t("letters.text_no_versions"))
        self._desk.find_draft("letter_text", self._found_draft, self, **self._what)

    def _found_draft(self, draft: Draft | None) -> None:
        if draft is not None:
            put_in(self.form, draft.values)
        self._draw()

    def _face(self, key: str) -> None:
        self._panes.setCurrentIndex((_PREVIEW, _CHANGES, _VERSIONS).index(key))

    # -- writing ------------------------------------------------------------------------------

    def _typed(self, _key: str) -> None:
        self._typing.start()

    def _insert(self, written: str) -> None:
        editor = self.form.editor("text")
        if isinstance(editor, NotesEditor):
            editor.insertPlainText(written)
            editor.setFocus()

    def _draw(self) -> None:
        if self._shelf is None:
            return
        work = _looked(self._desk.press, self._what, self._text)
        self._desk.ask(work, self._drawn, self)
        self._compared.clear()
        subject = self.form.text("subject")
        both = ((self._shelf.shipped_subject, self._shelf.shipped), (subject, self._body))
        before, after = (f"{t('letters.own_subject')}: {one}\n\n{text}" for one, text in both)
        for one in changes(before, after):
            if one.kind in _SIGNS:
                sign, mark = _SIGNS[one.kind]
                self._compared.add(f"{sign} {one.text}", mark=mark)
        if not self._compared.count():
            self._compared.add(t("letters.text_no_changes"))

    def _drawn(self, looked: Looked) -> None:
        self.preview.show_document(looked.content, "voorbeeld.pdf")
        self.preview.let_out(allowed=False)
        self.wrong.clear()
        for refusal in looked.wrong:
            in_subject = refusal.field == "subject"
            go = Quiet(
                t("letters.to_subject" if in_subject else "letters.to_line"), fit="small"
            )
            number = 0 if in_subject else refusal.message.values["line"]
            go.call_it(f"line_{number}")
            go.clicked.connect(self._to_line)
            self.wrong.add(say(refusal.message), "", go, mark=Mark.NO)
        if self._shelf is not None and self._shelf.state:
            self.wrong.add(t(f"letters.own_{self._shelf.state}"), mark=Mark.ASK)
        if not looked.wrong:
            self.wrong.add(t("letters.text_right"), mark=Mark.YES)
        self._begin.setEnabled(not looked.wrong)

    def _to_line(self) -> None:
        number = int(self.sender().objectName().removeprefix("line_"))
        if not number:
            self.form.editor("subject").setFocus()
            return
        editor = self.form.editor("text")
        if isinstance(editor, NotesEditor):
            cursor = editor.textCursor()
            cursor.setPosition(editor.document().findBlockByNumber(number - 1).position())
            editor.setTextCursor(cursor)
            editor.setFocus()

    # -- keeping ------------------------------------------------------------------------------

    def _keep(self) -> None:
        change = self.form.text("change")
        self._store(partial(keep_text, text=self._text, change=change), self._kept)

    def _kept(self, _nothing: None) -> None:
        self._stored("letters.text_kept")

    def _ask_begin(self) -> None:
        verb = t("letters.text_begin")
        ask.confirm(self, verb, t("letters.text_begin_words"), verb, self._put_in_force)

    def _put_in_force(self) -> None:
        change = self.form.text("change")
        self._store(partial(put_text_in_force, text=self._text, change=change), self._begun)

    def _begun(self, _nothing: None) -> None:
        self._stored("letters.text_begun")

    def _ask_back(self) -> None:
        verb = t("letters.text_shipped_again")
        ask.confirm(self, verb, t("letters.text_shipped_words"), verb, self._go_back)

    def _go_back(self) -> None:
        self._store(go_back_to_shipped, self._gone_back)

    def _gone_back(self, _nothing: None) -> None:
        self._stored("letters.text_gone_back")

    def _store(self, work: Callable[..., None], then: Callable[[None], None]) -> None:
        self._desk.ask(partial(work, **self._what), then, self, failed=self._refused)

    def _stored(self, said: str) -> None:
        self._desk.drop_draft(Draft("letter_text", "", {}, self._what))
        self._look_up()
        self.bar.done(t(said))

    def _refused(self, problem: BoordboekError) -> None:
        if isinstance(problem, Refusal):
            self.hear_refusal(problem)
        else:
            self.bar.trouble(say(problem.message), self._keep)


def _looked(press: Press, what: dict[str, str], text: str) -> Callable[[Session], Looked]:
    def work(session: Session) -> Looked:
        sample = sample_letter(session, what["key"], what["language"], text)
        content = press.draw(sample.paper).content
        return Looked(content, tuple(refusal_of(flaw) for flaw in sample.flaws))

    return work


def _which(language: str) -> tuple[Choice, ...]:
    letters = tuple((one.key, one.name.said(language)) for one in every_template())
    languages = tuple((key, t(text)) for key, text in _LANGUAGES.items())
    return (
        Choice(key="key", label="letters.kind", options=letters),
        Choice(key="language", label="letters.language", options=languages),
    )


def _badge(shelf: TextShelf) -> tuple[str, Mark]:
    if shelf.draft is not None:
        return t("letters.text_is_draft"), Mark.ASK
    if shelf.standing is not None:
        return t("letters.text_is_own", number=shelf.standing.number), Mark.YES
    return t("letters.text_is_shipped"), Mark.NONE
