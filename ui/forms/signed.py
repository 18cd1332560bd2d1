"""The wording that a decision was given to, as it was put then."""

from collections.abc import Mapping
from functools import partial

from app.forms.issue import draw_specimen
from app.forms.signed import SignedWording, signed_wording
from app.override import override
from app.paper import Pdf
from app.ports import Session
from ui.forms.paper import SpecimenSheet
from ui.forms.wording import Seen, WordingView, language_choices, left, use_name
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.lines import Facts
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import day, t


class WordingPage(DeskedPage):
    """One decision with the very form that it was given on."""

    page_id = "wording"
    help_topic = "forms"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("forms.wording_title"))
        self._decision_id = ""
        self._found: SignedWording | None = None
        self.languages = Segments(language_choices(), t("forms.text_language"))
        self.languages.chosen.connect(self._turn)
        self._paper = Plain(t("forms.see_paper"), "form")
        self._paper.call_it("see_paper")
        self._paper.clicked.connect(self._draw)
        back = Plain(t("consent.history"))
        back.call_it("back_to_history")
        back.clicked.connect(self._go_back)
        self.set_actions(back, self._paper)
        self.facts = Facts()
        self._card = Card()
        self._text = Card()
        self._empty = EmptyState("form", t("forms.wording_none"), t("forms.wording_none_why"))
        self._card.add(self.facts)
        self._view: WordingView | None = None
        self._text.add(left(self.languages), self._empty)
        self.explain(t("forms.wording_explain"))
        self.add(self._card, self._text)

    @override
    def what(self) -> dict[str, str]:
        return {"decision_id": self._decision_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the wording of the decision with `decision_id`."""
        self._decision_id = what.get("decision_id", self._decision_id)

    @override
    def read(self) -> None:
        if self._decision_id:
            work = partial(signed_wording, decision_id=self._decision_id)
            self.desk.ask(work, self._show, self)

    def _show(self, found: SignedWording) -> None:
        self._found = found
        self.set_title(t("forms.wording_title"), found.subject)
        self.facts.show_facts(_facts(found))
        self.languages.take(found.language)
        self._notice(found)
        self._turn(found.language)

    def _notice(self, found: SignedWording) -> None:
        if found.early:
            self.bar.notice(t("forms.wording_early"))
        elif found.version and not found.asked:
            self.bar.notice(t("forms.wording_not_asked"))

    def _turn(self, language: str) -> None:
        found = self._found
        if self._view is not None:
            self._text.body.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        content = found.content if found else None
        self._empty.setVisible(content is None)
        self.languages.setVisible(content is not None)
        self._paper.setEnabled(content is not None)
        if content is not None and found is not None:
            self._view = WordingView(content, language, _seen(found))
            self._text.add(self._view)

    def _draw(self) -> None:
        if self._found is not None and self._found.version is not None:
            work = partial(_drawn, self._found.version.id, self.languages.key, self.desk)
            self.desk.ask(work, self._show_paper, self)

    def _show_paper(self, pdf: Pdf) -> None:
        self.open_sheet(SpecimenSheet(pdf))

    def _go_back(self) -> None:
        if self._found is not None:
            self.desk.goto("history", pupil_id=self._found.decision.subject_id)


def _drawn(version_id: str, language: str, desk: Desk, session: Session) -> Pdf:
    return draw_specimen(session, desk.press, version_id, language)


def _seen(found: SignedWording) -> Seen:
    return Seen(found.use, found.subject, found.decider, found.signer)


def _facts(found: SignedWording) -> list[tuple[str, str]]:
    decision, version, content = found.decision, found.version, found.content
    facts = [
        (t("forms.fact_answer"), t(f"consent.answer_{decision.answer}")),
        (t("forms.fact_decider"), found.decider),
        (t("forms.fact_signed"), day(decision.signed_on)),
        (t("forms.fact_form"), found.form_number),
    ]
    if version is not None and content is not None:
        frozen = t("forms.version_of", number=version.number, day=version.frozen_on)
        facts.insert(1, (t("forms.fact_uses"), use_name(found.use, content)))
        facts.append((t("forms.fact_version"), frozen))
        facts.append((t("forms.fact_digest"), version.digest[:16]))
    return facts
