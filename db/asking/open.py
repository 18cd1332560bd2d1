"""Finding open questions: two tables are read beside each other, a few rows at a time.

What SQL leaves out is certain to be answered: every use has a letter, no yes covers less than
the widest use, none lapsed, none is older than what is asked anew, and nothing on paper is
unreadable.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING

from app.asking.needs import latest_birth
from app.asking.questions import AskingCounts, NamePart, OpenPairs
from app.consent.decide import active_flags
from app.consent.periods import birthday
from app.consent.records import SafetyFlag
from app.record import Question
from db.asking.contacts import Contacts
from db.asking.look import LEFT_OPEN, Look, Seen, pair
from db.asking.unclear import unclear_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.asking.needs import Unclear
    from app.asking.questions import CountOpen, NameParts, OpenPair
    from db.asking.look import Coded, Stand
    from db.store.reading import Reading, Row

Placed = tuple[str, str, Seen]

_MAY_BE_OPEN = """
(s.answers NOT GLOB :pattern OR s.lapses < :on OR s.lowest < :widest OR s.oldest < :renewed
    {also})
"""
_ALSO = "OR s.subject_id IN (SELECT value FROM json_each(:unclear))"
_PAIRS = """
SELECT p.sort_key, p.pupil_id, p.guardian_id, p.start, :on BETWEEN p.start AND p."end",
    s.answers, s.stamps
FROM pair_index AS p LEFT JOIN standing_index AS s
    ON p.answered AND :on BETWEEN p.start AND p."end"
    AND s.subject_id = p.pupil_id AND s.decider_id = p.guardian_id AND {open}
WHERE p.guardian_id <> '' {where}
    AND NOT (p.answered AND s.answers IS NULL AND :on BETWEEN p.start AND p."end")
ORDER BY p.sort_key, p.pupil_id, p.start, p.position
"""
_OF_AGE = """
SELECT DISTINCT p.sort_key, p.id, p.birth_date, s.answers, s.stamps FROM pupil_index AS p
LEFT JOIN standing_index AS s ON s.subject_id = p.id AND s.decider_id = p.id
WHERE p.birth_date <> '' AND p.birth_date <= :born AND :on BETWEEN p.start AND p."end"
    AND (s.answers IS NULL OR s.oldest < date(p.birth_date, :years) OR {open}) {where}
ORDER BY p.sort_key, p.id
"""
_STAFF = """
SELECT m.id, s.answers, s.stamps FROM staff_member AS m
LEFT JOIN standing_index AS s ON s.subject_id = m.id AND s.decider_id = m.id
WHERE NOT m.left AND (m.start IS NULL OR m.start <= :on)
    AND (m."end" IS NULL OR m."end" >= :on) AND (s.answers IS NULL OR {open}) {where}
ORDER BY m.surname, m.first_name, m.id
"""
_IN_GROUPS = """
AND {subject} IN (SELECT id FROM pupil_index
    WHERE group_id IN (SELECT value FROM json_each(:groups)) AND :on BETWEEN start AND "end")
"""
_AFTER, _UP_TO = " AND p.sort_key > :after", " AND p.sort_key <= :upto"
_EVERY = """
SELECT DISTINCT sort_key FROM (
    SELECT sort_key, row_number() OVER (ORDER BY sort_key, pupil_id, start, position) AS place
    FROM pair_index
) WHERE place % :many = 0 ORDER BY sort_key
"""
_FIRST = """
SELECT id, min(start) FROM pupil_index WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id
"""
_SOME = 2000


@dataclass(frozen=True, slots=True)
class _InParts(Question[dict[NamePart, "tuple[OpenPair, ...]"]]):
    """What was found in parts of the school since the last commit, by part."""

    question: OpenPairs


def open_pairs(reader: Reading, question: OpenPairs) -> tuple[OpenPair, ...]:
    """Every decider with open questions; kept until the next commit.

    What was asked part by part before makes the whole, when nothing is missing.
    """
    if question.part is not None:
        return _of_part(reader, question, question.part)
    kept = reader.kept_answer(question)
    if kept is None:
        kept = _joined(reader.kept_answer(_InParts(question)) or {})
        if kept is None:
            kept = _pairs(reader, question)
        reader.keep_answer(question, kept, most=2)
    return kept


def _of_part(reader: Reading, question: OpenPairs, part: NamePart) -> tuple[OpenPair, ...]:
    whole = _InParts(replace(question, part=None))
    parts = reader.kept_answer(whole)
    if parts is None:
        parts = {}
        reader.keep_answer(whole, parts, most=2)
    if part not in parts:
        parts[part] = _pairs(reader, question)
    return parts[part]


def _joined(parts: Mapping[NamePart, tuple[OpenPair, ...]]) -> tuple[OpenPair, ...] | None:
    """The whole school from its parts in order, or None when one is missing."""
    behind = {part.after: part for part in parts}
    found: list[OpenPair] = []
    after: str | None = ""
    while after is not None:
        part = behind.get(after)
        if part is None:
            return None
        found += parts[part]
        after = part.upto
    return tuple(found)


def _pairs(reader: Reading, question: OpenPairs) -> tuple[OpenPair, ...]:
    return tuple(pair(*one) for one in _found(reader, question))


def count_open(reader: Reading, question: CountOpen) -> AskingCounts:
    """How many deciders have open questions, counted as they are read; kept as the list is."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = _counted(reader, question)
        reader.keep_answer(question, kept, most=2)
    return kept


def name_parts(reader: Reading, question: NameParts) -> tuple[NamePart, ...]:
    """The school in parts, in the order of names; the last one has an open end."""
    ends = [row[0] for row in reader.rows(_EVERY, {"many": question.many})]
    return tuple(map(NamePart, ("", *ends), (*ends, None)))


def _counted(reader: Reading, question: CountOpen) -> AskingCounts:
    usual = question.pairs.setting.day - timedelta(question.overdue_after)
    many: Counter[str] = Counter()
    for left_open, last in _last_contacts(reader, question.pairs):
        if left_open:
            many["partly"] += 1
        elif not last:
            many["to_ask"] += 1
        else:
            many["waiting"] += 1
            many["overdue"] += last < usual.isoformat()
    return AskingCounts(many["to_ask"], many["waiting"], many["overdue"], many["partly"])


def _last_contacts(reader: Reading, question: OpenPairs) -> Iterator[tuple[bool, str]]:
    """Of everybody whether something was only left open, and the day of the last contact."""
    kept = reader.kept_answer(question)
    if kept is not None:
        for each in kept:
            yield each.causes == LEFT_OPEN, each.last.day.isoformat() if each.last else ""
        return
    for _, stand in _found(reader, question, counting=True):
        yield stand.causes == LEFT_OPEN, stand.about[-1][0] if stand.about else ""


def _found(
    reader: Reading, question: OpenPairs, *, counting: bool = False
) -> Iterator[tuple[Seen, Stand]]:
    """Everybody with open questions; only to count them, causes of silence may be others."""
    if not question.setting.asked:
        return
    look, contacts = Look(reader, question), Contacts(reader)
    flagged = _flagged(reader, question.setting.day)
    seen = _seen(reader, question, look)
    present = (one for one in seen if one.subject_id not in flagged)
    while some := list(islice(present, _SOME)):
        if not counting:
            silent = {one.subject_id for one in some if one.coded is None}
            look.begun = _first_days(reader, silent)
        noted = contacts.of(one.subject_id for one in some)
        for one in some:
            stand = look.at(one, noted.get((one.subject_id, one.decider_id), ()))
            if stand is not None:
                yield one, stand


def _seen(reader: Reading, question: OpenPairs, look: Look) -> Iterator[Seen]:
    """Everybody who decides today and may have something open, staff last."""
    unclear = unclear_pairs(reader, question.pupil_id)
    for one in _Rows(reader, question, look, unclear).all():
        pair = one.subject_id, one.decider_id
        yield one._replace(unclear=unclear[pair]) if pair in unclear else one


class _Rows:
    """Reads who may have something open, with what each said last."""

    def __init__(
        self,
        reader: Reading,
        question: OpenPairs,
        look: Look,
        unclear: Mapping[tuple[str, str], Unclear],
    ) -> None:
        also = json.dumps(sorted({subject for subject, _ in unclear}))
        self._open = _MAY_BE_OPEN.format(also=_ALSO if unclear else "")
        self._reader, self._question, self._look = reader, question, look
        part = question.part or NamePart()
        self._values = {
            **look.values,
            "unclear": also,
            "pupil_id": question.pupil_id,
            "groups": json.dumps(question.group_ids),
            "after": part.after,
            "upto": part.upto,
        }

    def all(self) -> Iterator[Seen]:
        """Everybody in order."""
        pupils: Iterable[Placed] = self._guardians()
        own = self._of_age()
        if first := next(own, None):
            pupils = merge(pupils, chain([first], own), key=_place)
        yield from (one for _, _, one in pupils)
        part = self._question.part
        if (part is None or part.upto is None) and not self._question.group_ids:
            for member, *said in self._rows(_STAFF, "m.id"):
                yield Seen(member, member, _coded(*said), staff=True)

    def _guardians(self) -> Iterator[Placed]:
        last, since = "", dict[str, str]()
        for key, pupil, guardian, start, here, *said in self._rows(_PAIRS, "p.pupil_id"):
            if pupil != last:
                last, since = pupil, {}
            begun = since.setdefault(guardian, start)
            if here:
                yield key, pupil, Seen(last, guardian, _coded(*said), begun)

    def _of_age(self) -> Iterator[Placed]:
        age = self._question.decides_from
        born = latest_birth(self._question.setting.day, age).isoformat()
        rows = self._rows(_OF_AGE, "p.id", born=born, years=f"+{age} years")
        for key, pupil, birth, *said in rows:
            own_from = birthday(date.fromisoformat(birth), age)
            words = self._look.heard(pupil, _coded(*said), own_from)
            yield key, pupil, Seen(pupil, pupil, words, own=True)

    def _rows(self, statement: str, subject: str, **more: str) -> Iterator[Row]:
        where = f"AND {subject} = :pupil_id" if self._question.pupil_id else ""
        if self._question.group_ids:
            where += _IN_GROUPS.format(subject=subject)
        part = self._question.part
        if statement != _STAFF and part is not None:
            where += _AFTER if part.after else ""
            where += _UP_TO if part.upto is not None else ""
        stated = statement.format(open=self._open, where=where)
        return self._reader.stream(stated, {**self._values, **more})


def _coded(answers: str | None, stamps: str | None) -> Coded | None:
    return None if answers is None or stamps is None else (answers, stamps)


def _place(one: Placed) -> tuple[str, str]:
    return one[0], one[1]


def _first_days(reader: Reading, subjects: set[str]) -> dict[str, str]:
    return dict(reader.rows(_FIRST, (json.dumps(sorted(subjects)),))) if subjects else {}


def _flagged(reader: Reading, day: date) -> frozenset[str]:
    flags = active_flags(reader.all(SafetyFlag), day, day)
    return frozenset(flag.pupil_id for flag in flags)
