"""What is said about a letter before it leaves, each with the way to its field."""

from collections.abc import Container

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.letters.lint import Finding
from ui.kit.button import Link, Quiet
from ui.kit.card import Card
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.theme import look
from ui.words import say, t

_MISSING = "letters.missing"
_MOST = 3
_NO_FACTS = f"{_MISSING} facts"

IN_ORDER = (
    ((_MISSING, "letters.no_end", "letters.no_route"), "letters.ok_complete"),
    ((_NO_FACTS, "letters.facts_unlogged", "letters.day_unlogged"), "letters.ok_logged"),
    (
        ("letters.not_heard", "letters.talk_before_event", "letters.waiver_unproven"),
        "letters.ok_heard",
    ),
    (("dossier.lacks_known_article",), "letters.ok_known"),
    (("dossier.lacks_inspector", "letters.inspector_open"), "letters.ok_inspector"),
    (("letters.forbidden", "letters.forbidden_quoted"), "letters.ok_words"),
    ((_NO_FACTS, "letters.third_party"), "letters.ok_names"),
)
"""What is said to be in order when none of these was found."""


class Standing(Card):
    """How the check stands in one line, above the fields: what must be done, what to weigh.

    Signals:
        asked(): the person wants to read what was found.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout()
        self._line.setSpacing(look().px(10))
        self._sign = Symbol(Mark.OPEN.icon, Mark.OPEN.value, 20)
        self._said = Text("")
        go = Link(t("letters.to_check"), fit="small")
        go.call_it("to_check")
        go.clicked.connect(self.asked)
        for part in (self._sign, self._said):
            self._line.addWidget(part)
        self._line.setStretch(1, 1)
        self._line.addWidget(go)
        self.add(self._line)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Count what was found; what is not filled in yet counts once."""
        missing = any(one.message.id == _MISSING for one in findings)
        rest = [one for one in findings if one.message.id != _MISSING]
        must = sum(one.blocks for one in rest) + missing
        weigh = len(rest) + missing - must
        said = [t("letters.standing_must", count=must)] if must else []
        said += [t("letters.standing_weigh", count=weigh)] if weigh else []
        mark = Mark.NO if must else Mark.ASK if weigh else Mark.YES
        sign = Symbol(mark.icon, mark.value, 20)
        self._line.replaceWidget(self._sign, sign)
        self._sign.hide()
        self._sign.deleteLater()
        self._sign = sign
        self._said.setText(" · ".join(said) or t("letters.standing_fine"))


class FindingLines(Lines):
    """What blocks first, what is for the signer to weigh, then what is in order.

    Everything that is not filled in yet is one line, and so is everything that is in order,
    so that the rest stays in sight.

    Signals:
        field_asked(key): the person wants to go to the field of a finding.
    """

    field_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(shares=(1, 0))
        self.missing: tuple[str, ...] = ()

    def show_findings(
        self,
        findings: tuple[Finding, ...],
        fields: Container[str],
        not_looked_at: Container[str] = (),
    ) -> None:
        """Show what was found; `fields` are those that the page has."""
        self.clear()
        missing = [one for one in findings if one.message.id == _MISSING]
        self.missing = tuple(one.field for one in missing)
        if missing:
            self._show(_missing_words(missing), missing[0], fields)
        for one in findings:
            if one.message.id != _MISSING:
                self._show(say(one.message), one, fields)
        found = {one.message.id for one in findings}
        if "facts" in self.missing:
            found.add(_NO_FACTS)
        fine = [
            t(text)
            for problems, text in IN_ORDER
            if text not in not_looked_at and not found.intersection(problems)
        ]
        if fine:
            self.add("\n".join(fine), mark=Mark.YES)

    def focus_first(self) -> None:
        """Give the keyboard to the first way to a field, if there is one."""
        buttons = (each for each in self.findChildren(Quiet) if each.isVisibleTo(self))
        first = next(buttons, None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, words: str, finding: Finding, fields: Container[str]) -> None:
        mark = Mark.NO if finding.blocks else Mark.ASK
        if finding.field not in fields:
            self.add(words, mark=mark)
            return
        go = Quiet("", "edit", fit="small", tip=t("letters.to_field"))
        go.call_it(f"field_of_{finding.field}")
        go.clicked.connect(self._asked)
        self.add(words, "", go, mark=mark)

    def _asked(self) -> None:
        self.field_asked.emit(self.sender().objectName().removeprefix("field_of_"))


def _missing_words(missing: list[Finding]) -> str:
    """The first few of what is not filled in, and how many more there are."""
    said = [str(one.message.values["name"]) for one in missing]
    names, more = "; ".join(said[:_MOST]), len(said) - _MOST
    if more > 0:
        return t("letters.missing_more", names=names, count=more)
    return t("letters.missing_yet", names=names)
