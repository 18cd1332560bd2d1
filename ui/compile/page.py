"""Compiling a copy of a dossier: purpose, pieces, names, and one look before it is signed."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.compile.compiling import Compiled
from app.compile.finding import Through
from app.compile.offering import Offer, OfferedPiece
from app.compile.request import CompileRequest
from app.dossier.dossiers import Attachment
from app.errors import Refusal, Refusals
from app.journal.leaving import Leaving
from app.override import override
from app.paper import Pdf
from app.record import Compartment
from ui.compile import work
from ui.compile.choosing import PiecesStep
from ui.compile.marking import MarkView
from ui.compile.naming import Heading, NamesStep
from ui.compile.purpose import PurposeStep, Wanted
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.kit.viewer import FileView
from ui.kit.wizard import focus_first
from ui.runner import Task
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import day, t

STEPS = ("purpose", "pieces", "names", "preview")


class CompilePage(Page):
    """For whoever holds the key of the compartment; nothing is kept before the last button."""

    help_topic = "compile"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("compile.title"))
        Shield(self, desk.choices)
        self._desk = desk
        self._what: dict[str, str] = {}
        self._request: CompileRequest | None = None
        self._offered: tuple[OfferedPiece, ...] = ()
        self._made: Compiled | None = None
        self.purpose: PurposeStep | None = None
        self.pieces = PiecesStep()
        self.names = NamesStep()
        self.names.more_asked.connect(self._search)
        self.names.look_asked.connect(self._look)
        self.names.mark_asked.connect(self._mark)
        self.marks = MarkView()
        self.marks.turned.connect(self._show_page)
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(620))
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        self.file = FileView()
        self.file.setMinimumHeight(look().px(480))
        self.file.save_chosen.connect(self._save_file)
        self._file_id = ""
        self.steps = Segments(
            [(key, t(f"compile.step_{key}")) for key in STEPS], t("compile.steps")
        )
        self.steps.chosen.connect(self._turned)
        self._lay_out()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Begin a copy of one dossier: `compartment` and `dossier_id`."""
        if "dossier_id" not in what:
            return
        self._what = {key: what[key] for key in ("compartment", "dossier_id")}
        self._desk.ask(work.begin(self._place, self._what["dossier_id"]), self._begin, self)

    def what(self) -> dict[str, str]:
        """The dossier that is copied."""
        return dict(self._what)

    @override
    def leave(self) -> None:
        values = self.purpose.typed() if self.purpose and self._made is None else {}
        if values:
            draft = Draft("compile", t("compile.title"), values, self._what)
            self._desk.keep_draft(draft)
        self.preview.forget()
        self._shut_file()

    @override
    def hear_refusal(self, refusal: Refusal) -> None:
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        for each in found:
            if self.purpose is not None and self.purpose.take_refusal(each):
                self._show_step("purpose")
            else:
                self.bar.hear_refusal(each)

    @property
    def _place(self) -> Compartment:
        return Compartment(self._what["compartment"])

    # -- the page -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.back = Plain(t("compile.back"))
        self.back.call_it("compile_back")
        self.back.clicked.connect(self._step_back)
        self.onward = Main(t("compile.onward"))
        self.onward.call_it("compile_onward")
        self.onward.clicked.connect(self._go_on)
        self.set_actions(self.back, self.onward)
        self._at = 0
        paper = self._paper = Card(t("compile.preview_title"))
        self._about_paper = Muted(t("compile.preview_words"))
        paper.add(self._about_paper, self.preview)
        shown = Card(t("compile.file_title"))
        shut = Plain(t("compile.close_file"), "close", fit="small")
        shut.call_it("close_file")
        shut.clicked.connect(self._shut_file)
        shown.add_action(shut)
        shown.add(self.file, self.marks)
        self._file_card = shown
        shown.hide()
        self._first = QWidget()
        self._room = QVBoxLayout(self._first)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._parts: tuple[QWidget, ...] = (self._first, self.pieces, self.names, paper)
        line = QHBoxLayout()
        line.addWidget(self.steps)
        line.addStretch(1)
        self.add(line, self._file_card, *self._parts)
        for part in self._parts[1:]:
            part.hide()

    def _begin(self, offer: Offer) -> None:
        wanted = Wanted(self._place, offer.dossier.id)
        self.set_title(t("compile.title"), offer.dossier.subject_name)
        step = PurposeStep(offer, wanted, self._desk.clock.today())
        step.sent.connect(self._go_on)
        self.purpose = step
        self._room.addWidget(step)
        self._show_step("purpose")
        step.form.focus_on("purpose")
        self._desk.find_draft("compile", self._found_draft, self, **self._what)

    def _found_draft(self, draft: Draft | None) -> None:
        if draft is not None and self.purpose is not None:
            self.purpose.put(draft.values)

    def _show_step(self, key: str) -> None:
        place = self._at = STEPS.index(key)
        self.steps.take(key)
        self._shut_file()
        for number, part in enumerate(self._parts):
            part.setVisible(number == place)
        self.back.setVisible(place > 0 and self._made is None)
        self.onward.setVisible(self._made is None)
        self.onward.setText(t("compile.sign" if key == "preview" else "compile.onward"))
        if not focus_first(self._parts[place]):
            self.onward.setFocus()

    def _turned(self, key: str) -> None:
        """Go back to a step that was reached; what follows has to be passed again."""
        if self._made is not None or STEPS.index(key) >= self._at:
            self.steps.take(STEPS[self._at])
        else:
            self._show_step(key)

    def _step_back(self) -> None:
        if self._at:
            self._show_step(STEPS[self._at - 1])

    # -- step by step -------------------------------------------------------------------------

    def _go_on(self) -> None:
        self.bar.clear()
        doing = (self._to_pieces, self._to_names, self._to_preview, self._sign)
        doing[self._at]()

    def _to_pieces(self) -> None:
        request = self.purpose.request() if self.purpose else None
        if request is not None:
            self._request = request
            self._desk.ask(work.choose(request), self._offer_pieces, self)

    def _offer_pieces(self, offered: tuple[OfferedPiece, ...]) -> None:
        if offered != self._offered:
            self._offered = offered
            self.pieces.show_pieces(offered)
        self._show_step("pieces")

    def _to_names(self) -> None:
        if not self.pieces.chosen():
            barred = self.pieces.all_barred
            self.bar.hear_refusal(
                Refusal("compile.all_barred" if barred else "compile.nothing_chosen")
            )
            return
        self._search()

    def _search(self) -> None:
        request = self._asked_for()
        if request is not None:
            search = work.search(self._desk.outside.binder, request)
            self._wait_for(
                self._desk.ask_long(search, self._found, self, t("compile.searching"))
            )

    def _found(self, through: Through) -> None:
        if through.in_why:
            name = through.in_why[0]
            self.hear_refusal(Refusal("compile.names_in_why", field="why", name=name))
            return
        headings = [
            Heading(each.piece.id, f"{day(each.piece.day)} · {each.piece.heading}")
            for each in self._offered
        ]
        self.names.show_found(through, headings)
        self._show_step("names")

    def _to_preview(self) -> None:
        count = self.names.open_places()
        if count:
            self.bar.notice(t("compile.open_places", count=count))
            return
        request = self._asked_for()
        if request is not None:
            draw = work.draw(self._desk.outside.binder, request)
            self._wait_for(self._desk.ask_long(draw, self._drawn, self, t("compile.drawing")))

    def _drawn(self, pdf: Pdf) -> None:
        self.preview.let_out(allowed=False)
        self.preview.show_document(pdf.content, "")
        self._show_step("preview")

    def _sign(self) -> None:
        request = self._asked_for()
        if request is not None:
            make = work.make(self._desk.outside.binder, request)
            self._wait_for(self._desk.ask_long(make, self._signed, self, t("compile.signing")))

    def _wait_for(self, task: Task) -> None:
        """Nothing else begins until it ended, in whatever way."""
        self.onward.setEnabled(False)
        self.back.setEnabled(False)
        task.finished.connect(self._ended)

    def _ended(self) -> None:
        self.onward.setEnabled(True)
        self.back.setEnabled(True)

    def _signed(self, made: Compiled) -> None:
        self._made = made
        self._desk.drop_draft(Draft("compile", "", what=self._what))
        self.preview.let_out(allowed=True)
        self.preview.show_document(made.pdf.content, made.entry.file_name)
        self._paper.set_title(t("compile.signed_title"))
        self._about_paper.setText(t("compile.signed_words"))
        self._show_step("preview")
        self.bar.done(t("compile.signed"))

    def _asked_for(self) -> CompileRequest | None:
        if self._request is None:
            return None
        return replace(
            self._request,
            pieces=self.pieces.chosen(),
            decisions=self.names.decisions(),
            looked_at=self.names.looked_at(),
            extra=tuple(self.names.extra),
            areas=self.marks.areas(),
        )

    # -- files and leaving --------------------------------------------------------------------

    def _look(self, piece_id: str) -> None:
        self._file_id = piece_id
        self._desk.ask(work.read(self._place, piece_id), self._show_file, self)

    def _mark(self, piece_id: str) -> None:
        sight = self.names.sight(piece_id)
        self.marks.begin(piece_id, sight.name, sight.pages)
        self._show_page(self.marks.page)

    def _show_page(self, page: int) -> None:
        bind, piece_id = self._desk.outside.binder, self.marks.piece_id
        self._desk.ask(
            work.picture(bind, self._place, piece_id, page), self._show_picture, self
        )

    def _show_picture(self, content: bytes) -> None:
        self._file_card.show()
        self.file.hide()
        self.marks.show()
        self.marks.show_picture(content)
        self.marks.sheet.setFocus()

    def _show_file(self, found: Attachment) -> None:
        self._file_card.show()
        self.marks.hide()
        self.file.show()
        self.file.show_file(found.name, found.content)
        self.file.setFocus()

    def _shut_file(self) -> None:
        self.file.forget()
        self.marks.forget()
        self._file_card.hide()

    def _save_file(self, path: Path) -> None:
        leaving = Leaving("attachment_saved", self._file_id, self._place)
        self._desk.save_document(path, self.file.content, leaving, self._saved, self)

    def _leaving(self, act: str) -> Leaving:
        subject = self._made.entry.id if self._made else ""
        return Leaving(act, subject, self._place)

    def _print(self) -> None:
        if self._made is not None:
            self._desk.let_out(self._leaving("compiled_printed"), self.preview.print_now, self)

    def _save(self, path: Path) -> None:
        if self._made is not None:
            content = self._made.pdf.content
            leaving = self._leaving("compiled_saved")
            self._desk.save_document(path, content, leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("compile.saved"))
