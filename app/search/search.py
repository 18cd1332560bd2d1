"""The global search: people first, then actions and help, found by folded words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import resources
from app.names import fold
from app.people.questions import FindPeople
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.people.questions import Hit
    from app.ports import Session

_LIMIT = 5


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done or opened, as the search shows it."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a text, in the order in which it is shown."""

    people: tuple[Hit, ...]
    commands: tuple[Command, ...]
    help: tuple[Command, ...]


def search(session: Session, text: str, commands: Iterable[Command], language: str) -> Found:
    """Everything that matches what was typed; nothing for an empty text.

    Args:
        session: who searches; without the consent key no people are found here.
        text: as typed.
        commands: what the user may do, with titles in his language.
        language: language of the help pages.
    """
    wanted = fold(text).split()
    if not wanted:
        return Found((), (), ())
    people: tuple[Hit, ...] = ()
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            people = reader.ask(FindPeople(text, session.clock.today()))
    topics = (Command(key, title) for key, title in resources.help_topics(language))
    return Found(people, _matching(commands, wanted), _matching(topics, wanted))


def _matching(commands: Iterable[Command], wanted: list[str]) -> tuple[Command, ...]:
    found = [command for command in commands if _matches(fold(command.title).split(), wanted)]
    return tuple(found[:_LIMIT])


def _matches(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
