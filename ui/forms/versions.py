"""Form versions: the one in use, the draft, what would change, and freezing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from app.consent.one_off import one_offs
from app.consent.records import Channel, FormVersion
from app.forms.issue import draw_draft, draw_specimen
from app.forms.versions import CHANNELS, SCHOOL, Standing, form_standing, freeze_version
from app.override import override
from app.paper import Pdf
from app.ports import Session
from app.record import Compartment
from ui.forms.cards import CurrentCard, DraftCard
from ui.forms.paper import SpecimenSheet, TextSheet
from ui.forms.setting import OwnWordsSheet, own_facts
from ui.forms.wording import SCHOOL_FORM, form_choices, one_off_of
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.form import Choice, Form
from ui.kit.label import Muted
from ui.kit.lines import Facts
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t, words


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page has read."""

    standing: Standing
    one_offs: tuple[Channel, ...]


class VersionsPage(DeskedPage):
    """How the form of the school, or of a one-off use, stands."""

    page_id = "versions"
    help_topic = "forms"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("forms.versions_title"))
        self._one_off = ""
        self._seen: Seen | None = None
        self._language = words().language
        self.explain(t("forms.versions_explain"))
        which = Choice(key="which", label="forms.which_form", required=True)
        self.which = Form([which])
        self.which.changed.connect(self._chosen)
        self.current = CurrentCard()
        self.current.text_asked.connect(self._show_text)
        self.current.paper_asked.connect(self._draw)
        self.draft = DraftCard(writes=desk.user.may("consent.write"))
        self.draft.freeze.clicked.connect(self._freeze)
        self.draft.paper.clicked.connect(self._draw_draft)
        self.draft.gap_chosen.connect(self._fill_gap)
        self.draft.languages.chosen.connect(self._turn)
        self.draft.languages.take(self._language)
        self.own = Card(t("forms.own_words"), *self._own_actions())
        self.own_facts = Facts()
        self.own.add(Muted(t("forms.own_words_note")), self.own_facts)
        self.add(self.which, self.draft, self.current, self.own)

    def _own_actions(self) -> tuple[Plain, ...]:
        if not self.desk.user.may("consent.write"):
            return ()
        change = Plain(t("settings.change"), fit="small")
        change.call_it("own_words")
        change.clicked.connect(self._open_own_words)
        return (change,)

    @override
    def what(self) -> dict[str, str]:
        return {"one_off": self._one_off}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the form of the one-off use with the key `one_off`, or that of the school."""
        self._one_off = what.get("one_off", self._one_off)

    @override
    def read(self) -> None:
        self.desk.ask(partial(_read, one_off=self._one_off), self._show, self)

    def _show(self, seen: Seen) -> None:
        first = self._seen is None
        self._seen = seen
        standing = seen.standing
        options = form_choices(seen.one_offs)
        offer = getattr(self.which.editor("which"), "set_options", None)
        if offer is not None:
            offer(options)
        self.which.set_values({"which": self._one_off or SCHOOL_FORM})
        self.which.setVisible(len(options) > 1)
        self.current.show_versions(standing.versions)
        self.draft.show_standing(standing)
        self.own.setVisible(standing.one_off is None)
        self.own_facts.show_facts(own_facts(standing.setting))
        if first:
            self.look_for_draft()

    # -- which form, and in which language ------------------------------------------------

    def _chosen(self, _key: str) -> None:
        self._one_off = one_off_of(self.which.text("which"))
        self.shut_sheet()
        self.read()

    def _turn(self, language: str) -> None:
        self._language = language
        if self._seen is not None:
            self.draft.show_changes(self._seen.standing)

    # -- what is shown beside the page ----------------------------------------------------

    def _show_text(self, version: FormVersion) -> None:
        self.open_sheet(TextSheet(version, self._language))

    def _draw(self, version: FormVersion) -> None:
        work = partial(_specimen, version.id, self._language, self.desk)
        self.desk.ask(work, self._show_paper, self)

    def _draw_draft(self) -> None:
        work = partial(_draft_pdf, self._language, self._one_off, self.desk)
        self.desk.ask(work, self._show_paper, self)

    def _show_paper(self, pdf: Pdf) -> None:
        self.open_sheet(SpecimenSheet(pdf))

    def _open_own_words(self) -> None:
        sheet = self.make_sheet(OwnWordsSheet.kind, {})
        if sheet is not None:
            self.show_sheet(sheet, self._own_words_saved)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if kind != OwnWordsSheet.kind or self._seen is None:
            return None
        sheet = OwnWordsSheet(self.desk, self._seen.standing.setting)
        if values:
            self.show_sheet(sheet, self._own_words_saved)
        return sheet

    def _own_words_saved(self, _setting: object) -> None:
        self.bar.done(t("forms.own_words_saved"))

    # -- deeds ----------------------------------------------------------------------------

    def _freeze(self) -> None:
        self.draft.freeze.setEnabled(False)
        work = partial(freeze_version, one_off=self._one_off)
        self.desk.ask(work, self._frozen, self)

    def _frozen(self, version: FormVersion) -> None:
        self.bar.done(t("forms.frozen", number=version.number))

    def _fill_gap(self, where: str) -> None:
        if where in (SCHOOL, CHANNELS):
            self.desk.goto("settings", section=where)
        else:
            self._open_own_words()


def _read(session: Session, one_off: str) -> Seen:
    with session.look(Compartment.CONSENT) as reader:
        known = one_offs(reader, session.clock.today())
    return Seen(form_standing(session, one_off), known)


def _specimen(version_id: str, language: str, desk: Desk, session: Session) -> Pdf:
    return draw_specimen(session, desk.press, version_id, language)


def _draft_pdf(language: str, one_off: str, desk: Desk, session: Session) -> Pdf:
    return draw_draft(session, desk.press, language, one_off)
