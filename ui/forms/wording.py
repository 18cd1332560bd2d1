"""What a form says, shown as text: its questions and every block, in one language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.consent.records import NAME, Channel, Medium
from app.consent.uses import split_use
from app.forms.content import Content
from app.forms.papers import FormLine, Signer
from app.text import PAPER_LANGUAGES, Words
from ui.kit.badge import Badge
from ui.kit.flow import Flow
from ui.kit.label import Heading, Muted, Small, Strong, Text
from ui.theme import look
from ui.words import t, words

SCHOOL_FORM = "school"
"""Stands for the form of the school where one-off uses stand by their keys."""

_OF = {"pupil_signs.": "forms.block_of_pupil", "adult_signs.": "forms.block_of_adult"}
"""The blocks of who signs about himself or herself, by how their names begin."""
_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Seen:
    """Who read a form, as far as is known, and which use was answered.

    Attributes:
        signer: who signed.
    """

    use: str = ""
    pupil: str = ""
    guardian: str = ""
    signer: Signer = Signer.GUARDIAN


def language_name(language: str) -> str:
    """A language in words, such as "Pools"."""
    return t(f"people.language_{language}")


def language_choices() -> tuple[tuple[str, str], ...]:
    """The languages of forms with their words."""
    return tuple((language, language_name(language)) for language in PAPER_LANGUAGES)


def left(widget: QWidget) -> Flow:
    """A line with one widget at its left, as wide as it wants to be."""
    line = Flow(gap=8)
    line.addWidget(widget)
    return line


def form_choices(one_offs: Iterable[Channel]) -> tuple[tuple[str, str], ...]:
    """The form of the school, and those of one-off uses, with their words."""
    language = words().language
    small = ((one.key, t("forms.one_off_form", name=one.name(language))) for one in one_offs)
    return ((SCHOOL_FORM, t("forms.school_form")), *small)


def one_off_of(choice: str) -> str:
    """The key of the one-off use of a choice, "" for the form of the school."""
    return "" if choice == SCHOOL_FORM else choice


def block_name(block: str) -> str:
    """A block of text in words, such as "Rechten en intrekken"."""
    for begin, words_ in _OF.items():
        if block.startswith(begin):
            return t(words_, block=t(f"forms.block_{block.removeprefix(begin)}"))
    return t(f"forms.block_{block}")


def use_name(use: str, content: Content, language: str = "") -> str:
    """A use as "Website (openbaar) · foto", as this content calls it."""
    medium, key = split_use(use)
    own = language or words().language
    name = content.channel_text(key, "name", own) if key in content.channels() else key
    return t("consent.use", channel=name, medium=_medium(medium).lower())


def _medium(medium: Medium) -> str:
    return t(f"consent.medium_{medium}")


class WordingView(QWidget):
    """What a form says, in the order of print; `seen` tells who read and answered it."""

    def __init__(self, content: Content, language: str, seen: Seen | None = None) -> None:
        super().__init__()
        self._seen = seen or Seen()
        self._values = _values(content, language, self._seen)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look().near)
        opening, *parts = content.reading(language, self._seen.signer)
        title, *intro = opening.lines
        self.column.addWidget(Heading(self._filled(title)))
        self._lines(intro)
        for section in content.sections(language):
            self.column.addWidget(Strong(section.title))
            self.column.addWidget(Muted(section.explanation))
            for line in section.lines:
                self._question(line)
        for part in parts:
            if part.heading:
                self.column.addWidget(Strong(part.heading))
            self._lines(part.lines)
        self.column.addStretch(1)

    def _question(self, line: FormLine) -> None:
        head = Flow(gap=8)
        head.addWidget(Text(line.name, selectable=True))
        if line.use == self._seen.use:
            badge = Badge(t("forms.answered_here"))
            badge.setObjectName("answered_here")
            head.addWidget(badge)
        self.column.addLayout(head)
        self.column.addWidget(Small(line.explanation))

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.column.addWidget(Text(self._filled(line), selectable=True))

    def _filled(self, line: str) -> str:
        return _SLOT.sub(lambda slot: self._values.get(slot[1], "…"), line)


def _values(content: Content, language: str, seen: Seen) -> dict[str, str]:
    """What the slots stand for; those that nobody knows any more become dots."""
    until = content.valid_until
    about = content.channel
    known = {
        "controller": content.controller("name"),
        "controller_address": content.controller("address"),
        "contact": content.controller("contact"),
        "until": Words(language).long_day(until) if until else "",
        "what": content.channel_text(about, NAME, language) if about else "",
        "pupil": seen.pupil,
        "guardian": seen.guardian,
    }
    return {name: value for name, value in known.items() if value}
