"""What was known of many pupils at several moments: every table is read once."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from app.consent.then import HereSince, Known, NewestThen, SubjectsThen
from db.consent.facts import (
    AUTHORITY,
    DECISION,
    FLAG,
    GUARDIAN,
    PRESENCE,
    PUPIL,
    RETRACTION,
    SEVERAL,
    decision_fact,
    subject_of,
)
from db.consent.past import newest_entry
from db.people.tables import PUPIL as PUPILS
from db.people.tables import RELATION
from db.store.mapping import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.consent.facts import DecisionFact, Subject
    from app.record import Record
    from db.store.mapping import Kind
    from db.store.reading import Reading, Row

R = TypeVar("R", bound="Record")
F = TypeVar("F")

_SEALED = tuple(re.sub(r"\s+FROM ", ", seal FROM ", part, count=1) for part in SEVERAL)
_RECORDED = {PRESENCE: 3, AUTHORITY: 5, FLAG: 3, RETRACTION: 1}
"""Where the instant of recording stands among the columns of each kind."""
_DECIDED = 6
"""The same of a decision, the column of the owner counted."""
_NEVER = "~"
"""Later than every instant."""
_HERE = """
SELECT DISTINCT e.pupil_id FROM enrolment AS e WHERE (e."end" IS NULL OR e."end" >= :day)
    AND NOT EXISTS (SELECT 1 FROM enrolment AS r
        WHERE r.pupil_id = e.pupil_id AND r.replaces = e.id AND r.seal <= :newest)
ORDER BY e.pupil_id
"""
_FORMER = """
SELECT id, seal, row FROM past_state
WHERE kind = :kind AND id IN (SELECT value FROM json_each(:ids)) ORDER BY seal
"""


class _Moments:
    """The moments looked back to, as the store tells them apart."""

    def __init__(self, reader: Reading, moments: Iterable[datetime | None]) -> None:
        past = [at for at in moments if at is not None]
        self.texts = [instant_text(at) for at in past]
        self.numbers = [newest_entry(reader, at) for at in past]

    def of(self, seal: int) -> int:
        """The first moment at which an entry was there; the one after them if at none."""
        return bisect_left(self.numbers, seal)

    def of_fact(self, recorded: str, seal: int) -> int:
        """As `of`, for what also says when it was recorded."""
        place = bisect_left(self.texts, recorded)
        return min(place, bisect_left(self.numbers, seal)) if place else 0


class _Person:
    """Everything about one pupil, with the first moment at which each of it was known.

    Attributes:
        rows: as `subject_of` takes them; decisions: as they are, for they are by far the most.
        late: what was not known at the first moment, by kind: its place among the facts of
            the kind, and the moment.
        births: (moment, birth date) as they became known, the earliest first.
        related: by guardian the first moment at which the relation was known.
    """

    __slots__ = ("births", "decisions", "late", "related", "rows")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.decisions: list[DecisionFact] = []
        self.late: dict[int, dict[int, int]] = {}
        self.births: list[tuple[int, date | None]] = []
        self.related: dict[str, int] = {}

    def known(self, moments: int) -> Iterator[Known]:
        """What was known at each moment, where it is more than at the one before."""
        whole = subject_of(self.rows)
        if whole is None:
            return
        whole = whole._replace(decisions=tuple(self.decisions))
        later = {0, *self.related.values(), *(mark for mark, _ in self.births)}
        for marks in self.late.values():
            later.update(marks.values())
        if len(later) == 1:
            yield Known(0, whole)
            return
        for place in sorted(later):
            if place < moments:
                yield Known(place, self._at(whole, place))

    def _at(self, whole: Subject, place: int) -> Subject:
        def known(facts: tuple[F, ...], tag: int) -> tuple[F, ...]:
            late = self.late.get(tag)
            if late is None:
                return facts
            return tuple([f for n, f in enumerate(facts) if late.get(n, 0) <= place])

        births = bisect_right(self.births, place, key=_mark)
        return whole._replace(
            birth_date=self.births[births - 1][1] if births else None,
            guardians=self._related(whole.guardians, place),
            presences=known(whole.presences, PRESENCE),
            authorities=known(whole.authorities, AUTHORITY),
            flags=known(whole.flags, FLAG),
            decisions=known(whole.decisions, DECISION),
            retractions=known(whole.retractions, RETRACTION),
            former=self._related(whole.former, place),
        )

    def _related(self, guardians: tuple[str, ...], place: int) -> tuple[str, ...]:
        return tuple(one for one in guardians if self.related.get(one, place + 1) <= place)


def subjects_then(reader: Reading, question: SubjectsThen) -> tuple[tuple[Known, ...], ...]:
    """What was known of pupils at each moment."""
    moments = _Moments(reader, question.moments)
    found = {id: _Person() for id in question.pupil_ids}
    wanted = {"ids": json.dumps(question.pupil_ids)}
    sealed: dict[str, int] = {}
    relations: dict[str, tuple[str, str, int]] = {}
    for owner, *row, seal in reader.rows(_SEALED[PUPIL], wanted):
        found[owner].rows.append((PUPIL, *row))
        sealed[owner] = seal
    for owner, *row, seal in reader.rows(_SEALED[GUARDIAN], wanted):
        found[owner].rows.append((GUARDIAN, *row))
        relations[row[2]] = owner, row[0], seal
    for tag in _RECORDED:
        _put_facts(reader, moments, found, tag)
    _put_decisions(reader, moments, found)
    _put_births(reader, moments, found, sealed)
    _put_relations(reader, moments, found, relations)
    many = len(question.moments)
    people_ = (tuple(person.known(many)) for person in found.values())
    return tuple(known for known in people_ if known)


def _put_facts(reader: Reading, moments: _Moments, found: dict[str, _Person], tag: int) -> None:
    at, many = _RECORDED[tag], dict.fromkeys(found, 0)
    for owner, *row, seal in reader.rows(_SEALED[tag], {"ids": json.dumps(list(found))}):
        person = found[owner]
        person.rows.append((tag, *row))
        if place := moments.of_fact(row[at], seal):
            person.late.setdefault(tag, {})[many[owner]] = place
        many[owner] += 1


def _put_decisions(reader: Reading, moments: _Moments, found: dict[str, _Person]) -> None:
    # They are by far the most, so no row is held for longer than it is needed.
    first = moments.texts[0] if moments.texts else _NEVER
    for row in reader.stream(_SEALED[DECISION], {"ids": json.dumps(list(found))}):
        person = found[row[0]]
        if row[_DECIDED] > first and (place := moments.of_fact(row[_DECIDED], row[-1])):
            person.late.setdefault(DECISION, {})[len(person.decisions)] = place
        person.decisions.append(decision_fact(row[:-1]))


def _put_births(
    reader: Reading, moments: _Moments, found: dict[str, _Person], sealed: dict[str, int]
) -> None:
    for id, seal, pupil in _former(reader, PUPILS, sealed):
        found[id].births.append((moments.of(seal), pupil.birth_date))
    for id, seal in sealed.items():
        _, _, born, *_ = found[id].rows[0]
        found[id].births.append(
            (moments.of(seal), None if born is None else date.fromisoformat(born))
        )


def _put_relations(
    reader: Reading,
    moments: _Moments,
    found: dict[str, _Person],
    relations: dict[str, tuple[str, str, int]],
) -> None:
    for id, seal, relation in _former(reader, RELATION, relations):
        related = found[relations[id][0]].related
        related.setdefault(relation.guardian_id, moments.of(seal))
    for owner, guardian, seal in relations.values():
        related, mark = found[owner].related, moments.of(seal)
        related[guardian] = min(related.get(guardian, mark), mark)


def _former(reader: Reading, kind: Kind[R], ids: Iterable[str]) -> Iterator[tuple[str, int, R]]:
    """Former states of rows with the entries that wrote them, the earliest first."""
    values = {"kind": kind.name, "ids": json.dumps(list(ids))}
    for id, seal, row in reader.rows(_FORMER, values):
        yield id, seal, kind.past(row)


def _mark(birth: tuple[int, date | None]) -> int:
    return birth[0]


def here_since(reader: Reading, question: HereSince) -> tuple[str, ...]:
    """Who may have been present on any day since."""
    values = {"day": question.day.isoformat(), "newest": newest_entry(reader, question.at)}
    return tuple(row[0] for row in reader.rows(_HERE, values))


def newest_then(reader: Reading, question: NewestThen) -> int:
    """The entry that was newest at an instant."""
    return newest_entry(reader, question.at)


ANSWERS: dict[type[Any], Any] = {
    HereSince: here_since,
    NewestThen: newest_then,
    SubjectsThen: subjects_then,
}
