"""The cards of the form versions: what is in use, and the draft."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.consent.records import FormVersion
from app.forms.content import content_of
from app.forms.versions import Standing
from ui.forms.changes import ChangesView
from ui.forms.wording import language_choices, language_name, left, use_name
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Strong, Text
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.words import day, say, t

_SHORT = 16
"""So many characters of a fingerprint are shown."""


class CurrentCard(Card):
    """The version in use with its facts, and the versions before it.

    Signals:
        text_asked(version), paper_asked(version): it is to be shown.
    """

    text_asked = Signal(object)
    paper_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("forms.in_use"))
        self.facts = Facts()
        self._older = Strong(t("forms.older"))
        self.lines = Lines()
        self._empty = EmptyState("form", t("forms.none_frozen"), t("forms.none_frozen_why"))
        self.buttons = Flow(gap=8)
        self._text = Plain(t("forms.see_text"), fit="small")
        self._text.call_it("current_text")
        self._paper = Plain(t("forms.see_paper"), "form", fit="small")
        self._paper.call_it("current_paper")
        for button, signal in ((self._text, self._ask_text), (self._paper, self._ask_paper)):
            button.clicked.connect(signal)
            self.buttons.addWidget(button)
        self.add(self._empty, self.facts, self.buttons, self._older, self.lines)
        self._current: FormVersion | None = None

    def show_versions(self, versions: Sequence[FormVersion]) -> None:
        """Show the newest of these, and the older ones below it."""
        self._current = versions[-1] if versions else None
        self._empty.setVisible(not versions)
        for part in (self.facts, self._text, self._paper):
            part.setVisible(bool(versions))
        if self._current is not None:
            self.facts.show_facts(version_facts(self._current))
        older = list(reversed(versions[:-1]))
        self._older.setVisible(bool(older))
        self.lines.setVisible(bool(older))
        self.lines.clear()
        for version in older:
            self.lines.add(
                t("forms.older_line", number=version.number),
                day(version.frozen_on),
                self._see(version),
            )

    def _see(self, version: FormVersion) -> Plain:
        see = Plain(t("forms.see_text"), fit="small")
        see.call_it(f"text_{version.number}")
        see.clicked.connect(partial(self._asked, version))
        return see

    def _asked(self, version: FormVersion, _on: object = None) -> None:
        self.text_asked.emit(version)

    def _ask_text(self) -> None:
        self.text_asked.emit(self._current)

    def _ask_paper(self) -> None:
        self.paper_asked.emit(self._current)


class DraftCard(Card):
    """What the settings and texts say now, what it would change, and what is missing.

    Signals:
        gap_chosen(where): something missing is to be filled in there.
    """

    gap_chosen = Signal(str)

    def __init__(self, *, writes: bool) -> None:
        super().__init__(t("forms.draft"))
        self._writes = writes
        self.told = Text("")
        self.again = Text("")
        self._gaps_title = Strong(t("forms.gaps_title"))
        self.gaps = Lines(shares=(1, 0))
        self.untranslated = Text("", look="muted")
        self._changes_title = Strong(t("forms.changes"))
        self.languages = Segments(language_choices(), t("forms.text_language"))
        self.changes = QWidget()
        self.freeze = Main("")
        self.freeze.call_it("freeze")
        self.paper = Plain(t("forms.see_paper"), "form")
        self.paper.call_it("draft_paper")
        deeds = Flow(gap=8)
        deeds.addWidget(self.freeze)
        deeds.addWidget(self.paper)
        self.add(self.told, self.again, self._gaps_title, self.gaps, self.untranslated)
        self.add(deeds, self._changes_title, left(self.languages), self.changes)

    def show_standing(self, standing: Standing) -> None:
        """Show how a form stands."""
        differs = standing.differs
        self.told.setText(_told(standing))
        self._tell_again(standing)
        self._tell_gaps(standing)
        self.freeze.setText(t("forms.freeze", number=standing.number))
        self.freeze.setVisible(differs and self._writes)
        self.freeze.setEnabled(not standing.gaps)
        self.paper.setVisible(differs)
        self.paper.setEnabled(not standing.gaps)
        self.show_changes(standing)

    def show_changes(self, standing: Standing) -> None:
        """Show what would change, in the language that is chosen."""
        fresh = ChangesView(standing, self.languages.key)
        self.body.replaceWidget(self.changes, fresh)
        self.changes.hide()
        self.changes.deleteLater()
        self.changes = fresh
        shown = standing.differs and standing.current is not None
        for part in (self._changes_title, self.languages, self.changes):
            part.setVisible(shown)

    def _tell_again(self, standing: Standing) -> None:
        again = standing.changes.asked_again
        uses = ", ".join(use_name(use, standing.draft) for use in again)
        told = t("forms.asks_again", uses=uses) if again else t("forms.asks_nobody")
        self.again.setText(told)
        self.again.setVisible(bool(standing.changes))

    def _tell_gaps(self, standing: Standing) -> None:
        self.gaps.clear()
        for gap in standing.gaps:
            fill = Plain(t("forms.gap_set"), fit="small")
            fill.call_it(f"gap_{gap.message.id.rpartition('.')[2]}")
            fill.clicked.connect(partial(self._chosen, gap.where))
            self.gaps.add(say(gap.message), "", fill, mark=Mark.ASK)
        self._gaps_title.setVisible(bool(standing.gaps))
        self.gaps.setVisible(bool(standing.gaps))
        told = [
            t("forms.untranslated", language=language_name(one), channels=", ".join(names))
            for one, names in standing.untranslated.items()
        ]
        self.untranslated.setText("\n".join(told))
        self.untranslated.setVisible(bool(told) and standing.differs)

    def _chosen(self, where: str, _on: object = None) -> None:
        self.gap_chosen.emit(where)


def version_facts(version: FormVersion) -> list[tuple[str, str]]:
    """What is known of a version, in words."""
    content = content_of(version)
    until = version.valid_until
    return [
        (t("forms.fact_number"), str(version.number)),
        (t("forms.fact_day"), day(version.frozen_on)),
        (t("forms.fact_uses"), ", ".join(use_name(o.use, content) for o in content.asked())),
        (t("forms.fact_until"), day(until) if until else t("forms.fact_open")),
        (t("forms.fact_controller"), content.controller("name")),
        (t("forms.fact_contact"), content.controller("contact")),
        (t("forms.fact_digest"), version.digest[:_SHORT]),
    ]


def _told(standing: Standing) -> str:
    if standing.current is None:
        return t("forms.draft_first")
    if not standing.differs:
        return t("forms.draft_none")
    return t("forms.draft_differs", number=standing.current.number)
