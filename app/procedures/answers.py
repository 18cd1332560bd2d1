"""What a step asks and what was answered: checked, written down, read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from app.breach.report import line_faults, text_faults
from app.breach.sealed import tidy_line, tidy_text
from app.clock import school_day
from app.data import Wording
from app.errors import Refusal, collect
from app.procedures.procedure import COURSE, ONE_OF, frozen_procedure

if TYPE_CHECKING:
    from app.procedures.procedure import Ask

Answer: TypeAlias = str | date | datetime | bool
Answers: TypeAlias = Mapping[str, Answer]
NOTHING: Answers = MappingProxyType({})


def checked(
    asks: tuple[Ask, ...], answers: Answers, today: date, known: Answers = NOTHING
) -> dict[str, Answer]:
    """The answers as they are stored: nothing missing, nothing that was not asked, tidied.

    `known` is what was answered before, for days that cannot lie before another.

    Raises:
        Refusals: naming the fields that are not right.
    """
    collect(faults(asks, answers, Span(today, today, known)))
    return tidied(asks, answers)


class Span(NamedTuple):
    """Where days can lie.

    Attributes:
        today: what has been lies on it or before.
        ahead_of: what is to come lies after it.
        known: what was answered before.
    """

    today: date
    ahead_of: date
    known: Answers = NOTHING


def faults(asks: tuple[Ask, ...], answers: Answers, span: Span) -> list[Refusal]:
    """What is not right with answers."""
    span = span._replace(known={**span.known, **answers})
    found = [fault for ask in asks for fault in _faults(ask, answers.get(ask.field), span)]
    strangers = set(answers) - {ask.field for ask in asks}
    found += [Refusal("procedures.not_asked", field=field) for field in sorted(strangers)]
    return found


def tidied(asks: tuple[Ask, ...], answers: Answers) -> dict[str, Answer]:
    """The answers that were given to what is asked, texts tidied; empty ones left out."""
    found: dict[str, Answer] = {}
    for ask in asks:
        given = answers.get(ask.field)
        if given is not None and isinstance(given, _TYPES[ask.kind]):
            cleaned = _clean(ask.kind, given)
            if cleaned != "":
                found[ask.field] = cleaned
    return found


def to_json(answers: Answers) -> str:
    """Answers as they are stored in a step."""
    plain = {field: _plain(answer) for field, answer in answers.items()}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(asks: tuple[Ask, ...], text: str) -> dict[str, Answer]:
    """The answers that were stored.

    Raises:
        ValueError: when the text does not hold what was asked.
    """
    stored = json.loads(text)
    return {
        ask.field: _READ[ask.kind](stored[ask.field]) for ask in asks if ask.field in stored
    }


def _clean(kind: str, given: Answer) -> Answer:
    if isinstance(given, str):
        return tidy_text(given) if kind == "text" else tidy_line(given)
    return given.astimezone(UTC) if isinstance(given, datetime) else given


def _faults(ask: Ask, given: Answer | None, span: Span) -> Iterator[Refusal]:
    if given is None or (isinstance(given, str) and not tidy_text(given)):
        if ask.required:
            yield Refusal("procedures.answer_missing", field=ask.field)
    elif not isinstance(given, _TYPES[ask.kind]) or _is_stranger(ask.kind, given):
        yield Refusal("procedures.answer_unfit", field=ask.field)
    elif ask.kind in _CHOSEN:
        if ask.option(str(given)) is None:
            yield Refusal("procedures.answer_unfit", field=ask.field)
    elif isinstance(given, str):
        check = line_faults if ask.kind == "line" else text_faults
        yield from check(((ask.field, given),))
    elif isinstance(given, date):
        yield from _day_faults(ask, given, span)


def _is_stranger(kind: str, given: Answer) -> bool:
    """Whether a value passes for the type but is none: a moment as day, or without zone."""
    if kind == "day":
        return isinstance(given, datetime)
    return isinstance(given, datetime) and given.tzinfo is None


def _day_faults(ask: Ask, day: date, span: Span) -> Iterator[Refusal]:
    if ask.lies == "past" and day > span.today:
        yield Refusal("procedures.day_ahead", field=ask.field, today=span.today)
    if ask.lies == "ahead" and day <= span.ahead_of:
        yield Refusal("procedures.day_behind", field=ask.field, today=span.ahead_of)
    since = shown_day(span.known.get(ask.since, ""))
    if since is not None and day < since:
        yield Refusal("procedures.day_too_early", field=ask.field, day=since)


def _plain(answer: Answer) -> str | bool:
    return answer.isoformat() if isinstance(answer, date) else answer


_CHOSEN = (ONE_OF, COURSE)
_TYPES: dict[str, type] = {
    ONE_OF: str,
    COURSE: str,
    "line": str,
    "text": str,
    "day": date,
    "moment": datetime,
    "yes_no": bool,
}
_READ: dict[str, Callable[[str], Answer]] = {
    ONE_OF: str,
    COURSE: str,
    "line": str,
    "text": str,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "yes_no": bool,
}


def as_read(ask: Ask, answer: Answer) -> Answer | Wording:
    """An answer as it is read: what was chosen from a list in words, anything else as it is."""
    if ask.kind == COURSE:
        return frozen_procedure(str(answer)).name
    chosen = ask.option(str(answer)) if ask.kind == ONE_OF else None
    return chosen.name if chosen else answer


def in_words(ask: Ask, answer: Answer, language: str) -> Answer:
    """The same in a language."""
    read = as_read(ask, answer)
    return read.said(language) if isinstance(read, Wording) else read


def shown_day(answer: Answer) -> date | None:
    """The day of an answer, in the school's time zone; None for one that is no day."""
    if isinstance(answer, datetime):
        return school_day(answer)
    return answer if isinstance(answer, date) else None
