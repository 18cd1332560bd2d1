"""Writing a report: one guided page, kept at every change, sealed when it is sent."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.breach.draft import drop_report_draft, keep_report_draft
from app.breach.guide import Beginning, begin_report
from app.breach.report import SentReport, report_breach
from app.errors import BoordboekError, Refusal
from app.override import override
from ui.breach.paper import ReportForm
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.kit.page import Page
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.theme import look
from ui.words import say, t, words

_KEEP_MS = 700


class ReportPage(Page):
    """For everybody: what happened, without judging anybody; only a dossier's keeper reads."""

    help_topic = "breaches"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("breach.title"))
        self._desk = desk
        self._paper: ReportForm | None = None
        self._kept = QTimer(self)
        self._kept.setSingleShot(True)
        self._kept.setInterval(_KEEP_MS)
        self._kept.timeout.connect(self.keep)
        mine = Plain(t("breach.mine"), "list")
        mine.call_it("my_reports")
        mine.clicked.connect(self._to_mine)
        again = Plain(t("breach.start_again"))
        again.call_it("report_again")
        again.clicked.connect(self._ask_again)
        send = Main(t("breach.send"), "lock")
        send.call_it("report_send")
        send.clicked.connect(self._ask_send)
        self.set_actions(mine, again, send)
        self.explain(t("breach.who_reads"))

    @property
    def paper(self) -> ReportForm | None:
        """The form, once the protocol was read."""
        return self._paper

    def arrive(self, what: Mapping[str, str]) -> None:
        """Begin, or go on with what was typed."""
        del what

    @override
    def refresh(self) -> None:
        if self._paper is None:
            self._desk.ask(begin_report, self._begun, self)

    @override
    def leave(self) -> None:
        self.keep()

    def keep(self) -> None:
        """Keep what is typed so far, encrypted with the author's own key."""
        self._kept.stop()
        if self._paper is None or not self._paper.touched:
            return
        draft = self._paper.draft()
        self._desk.ask(partial(keep_report_draft, draft=draft), self._ignore, self)
        self._desk.keep_draft(Draft("breach", t("breach.draft_title")))

    def _begun(self, found: Beginning) -> None:
        self._paper = ReportForm(self._desk, found)
        if found.kept.draft is not None:
            self._paper.show_draft(found.kept.draft)
            self.bar.notice(t("breach.gone_on"))
        if found.kept.damaged:
            some = found.kept.draft is not None
            self.bar.refused(t("breach.draft_part_lost" if some else "breach.draft_lost"))
        elif found.shelf.trouble is not None:
            self.bar.notice(say(found.shelf.trouble))
        self._paper.edited.connect(self._kept.start)
        self._paper.send_asked.connect(self._ask_send)
        self.add(self._paper)
        self._paper.begin()

    # -- sending ------------------------------------------------------------------------------

    def _ask_send(self) -> None:
        if self._paper is None or not self._paper.readable():
            return
        explained = t("breach.confirm_words")
        ask.confirm(self, t("breach.confirm"), explained, t("breach.send"), self._send)

    def _send(self) -> None:
        if self._paper is not None:
            self._kept.stop()
            draft = self._paper.draft()
            work = partial(report_breach, draft=draft, language=self._desk.language)
            self._desk.ask(work, self._sent, self, failed=self._refused)

    def _sent(self, sent: SentReport) -> None:
        self._clear()
        names = ", ".join(sent.boxes)
        self._desk.tell(t("breach.sent_to", names=names) if names else t("breach.sent"))
        self._desk.goto("reports")

    def _refused(self, problem: BoordboekError) -> None:
        if isinstance(problem, Refusal) and self._paper is not None:
            left = self._paper.take_refusals(problem)
            self.bar.refused(left or t("breach.look_again"))
            self._bring_up(self._paper.first_fault())
        elif isinstance(problem, Refusal):
            self.hear_refusal(problem)
        else:
            self.bar.trouble(words().of(problem.message), self._send)

    def _bring_up(self, place: QWidget | None) -> None:
        area = self.findChild(QScrollArea)
        if place is not None and isinstance(area, QScrollArea):
            area.ensureWidgetVisible(place, 0, look().px(80))

    # -- beginning again ----------------------------------------------------------------------

    def _ask_again(self) -> None:
        title, verb = t("breach.start_again"), t("breach.start_again_verb")
        ask.confirm(self, title, t("breach.start_again_words"), verb, self._again, danger=True)

    def _again(self) -> None:
        self._desk.ask(drop_report_draft, self._dropped, self)

    def _dropped(self, _nothing: None) -> None:
        self._clear()
        self.bar.clear()
        self.refresh()

    def _clear(self) -> None:
        self._kept.stop()
        self._desk.drop_draft(Draft("breach", ""))
        if self._paper is not None:
            self.body.removeWidget(self._paper)
            self._paper.hide()
            self._paper.deleteLater()
            self._paper = None

    def _to_mine(self) -> None:
        self._desk.goto("reports")

    def _ignore(self, _nothing: None) -> None:
        """Nothing follows."""
