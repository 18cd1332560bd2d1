"""Finds people, pages, settings and help for the search in the title bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject

from app.search.search import Command, Found, search
from ui.shell.desk import Desk
from ui.shell.pages import PAGES, deeds_of, pages_of
from ui.shell.sections import sections_of
from ui.words import t

_SETTINGS = "settings/"


@dataclass(frozen=True, slots=True)
class Lead:
    """Something found, and where it leads.

    Attributes:
        group: "pupils", "guardians", "actions" or "help".
        page: id of the page to go to, with `what`.
    """

    group: str
    title: str
    detail: str
    page: str
    what: dict[str, str] = field(default_factory=dict)


class Leads(QObject):
    """Looks things up, off the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._commands = (
            *(
                Command(spec.id, t(spec.title))
                for spec in (*pages_of(desk.user), *deeds_of(desk.user))
            ),
            *(
                Command(_SETTINGS + section.id, t(section.title))
                for section in sections_of(desk.user)
            ),
        )

    def find(self, text: str, then: Callable[[Sequence[Lead]], None]) -> None:
        """Hand over what matches a text."""
        work = partial(search, text=text, commands=self._commands, language=self._desk.language)
        self._desk.ask(work, _Answer(then).take, self)


class _Answer:
    """Turns what was found into leads for whoever asked."""

    def __init__(self, then: Callable[[Sequence[Lead]], None]) -> None:
        self._then = then

    def take(self, found: Found) -> None:
        """Hand them over."""
        leads = [_person(hit.kind, hit.id, hit.name, hit.detail) for hit in found.people]
        leads += [_command(command) for command in found.commands]
        leads += [
            Lead("help", topic.title, "", "help", {"topic": topic.key}) for topic in found.help
        ]
        self._then(leads)


def _person(kind: str, id: str, name: str, detail: str) -> Lead:
    if kind == "pupil":
        return Lead("pupils", name, detail, "pupil", {"pupil_id": id})
    if any(spec.id == "guardian" for spec in PAGES):
        return Lead("guardians", name, detail, "guardian", {"guardian_id": id})
    return Lead("guardians", name, detail, "people", {"search": name})


def _command(command: Command) -> Lead:
    section = command.key.removeprefix(_SETTINGS)
    if section != command.key:
        detail = t("shell.settings")
        return Lead("actions", command.title, detail, "settings", {"section": section})
    return Lead("actions", command.title, "", command.key)
