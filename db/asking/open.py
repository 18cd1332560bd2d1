"""Finding open questions: two tables are read in order, and only what may be open is looked at.

What SQL leaves out is certain to be answered: every use has a letter, no yes covers less than
the widest use, none lapsed, none is older than what is asked anew, and nothing on paper is
unreadable.
"""

from __future__ import annotations

import json
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from app.asking.needs import latest_birth
from app.consent.decide import active_flags
from app.consent.records import SafetyFlag
from db.asking.contacts import Contacts
from db.asking.look import Look, Seen
from db.asking.unclear import unclear_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.asking.questions import OpenPair, OpenPairs
    from db.asking.look import Coded
    from db.store.reading import Reading

Spoken = dict[tuple[str, str], "Coded"]
Placed = tuple[str, str, Seen]

_SPOKEN = """
SELECT subject_id, decider_id, answers, stamps FROM standing_index
WHERE (answers NOT GLOB :pattern OR lapses < :on OR lowest < :widest OR oldest < :renewed
    {also})
"""
_ALSO = "OR subject_id IN (SELECT value FROM json_each(:unclear))"
_PAIRS = """
SELECT sort_key, pupil_id, guardian_id, start, "end", answered FROM pair_index
WHERE guardian_id <> '' {where} ORDER BY sort_key, pupil_id, start, position
"""
_OF_AGE = """
SELECT DISTINCT p.sort_key, p.id, s.decider_id IS NOT NULL FROM pupil_index AS p
LEFT JOIN standing_index AS s ON s.subject_id = p.id AND s.decider_id = p.id
WHERE p.birth_date <> '' AND p.birth_date <= :born AND :on BETWEEN p.start AND p."end" {where}
ORDER BY p.sort_key, p.id
"""
_STAFF = """
SELECT m.id, s.decider_id IS NOT NULL FROM staff_member AS m
LEFT JOIN standing_index AS s ON s.subject_id = m.id AND s.decider_id = m.id
WHERE NOT m.left AND (m.start IS NULL OR m.start <= :on)
    AND (m."end" IS NULL OR m."end" >= :on) ORDER BY m.surname, m.first_name, m.id
"""
_FIRST = """
SELECT id, min(start) FROM pupil_index WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id
"""
_SOME = 2000


def open_pairs(reader: Reading, question: OpenPairs) -> tuple[OpenPair, ...]:
    """Every decider with open questions; kept until the next commit."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = tuple(_found(reader, question)) if question.setting.asked else ()
        reader.keep_answer(question, kept, most=2)
    return kept


def _found(reader: Reading, question: OpenPairs) -> Iterator[OpenPair]:
    look, contacts = Look(reader, question), Contacts(reader)
    flagged = _flagged(reader, question.setting.day)
    seen = _seen(reader, question, look)
    present = (one for one in seen if one.subject_id not in flagged)
    while some := list(islice(present, _SOME)):
        look.begun = _first_days(reader, {s.subject_id for s in some if s.coded is None})
        noted = contacts.of(s.subject_id for s in some)
        for one in some:
            if found := look.at(one, noted.get((one.subject_id, one.decider_id), ())):
                yield found


def _seen(reader: Reading, question: OpenPairs, look: Look) -> Iterator[Seen]:
    """Everybody who decides today and may have something open, staff last."""
    unclear = unclear_pairs(reader, question.pupil_id)
    for one in _may_be_open(reader, question, look, frozenset(unclear)):
        pair = one.subject_id, one.decider_id
        yield one._replace(unclear=unclear[pair]) if pair in unclear else one


def _may_be_open(
    reader: Reading, question: OpenPairs, look: Look, unclear: frozenset[tuple[str, str]]
) -> Iterator[Seen]:
    spoken = _spoken(reader, question, look, unclear)
    pupils: Iterable[Placed] = _guardians(reader, question, spoken)
    if own := list(_of_age(reader, question, spoken)):
        pupils = merge(pupils, own, key=_place)
    yield from (one for _, _, one in pupils)
    if not question.pupil_id:
        for member, answered in reader.rows(_STAFF, {"on": question.setting.day.isoformat()}):
            coded = spoken.get((member, member))
            if coded or not answered:
                yield Seen(member, member, coded, staff=True)


def _spoken(
    reader: Reading, question: OpenPairs, look: Look, unclear: frozenset[tuple[str, str]]
) -> Spoken:
    """What those said last who may have something open all the same."""
    statement, values = _SPOKEN.format(also=_ALSO if unclear else ""), look.values
    if unclear:
        values = {**values, "unclear": json.dumps(sorted({one for one, _ in unclear}))}
    if question.pupil_id:
        statement += "AND subject_id = :pupil_id"
        values = {**values, "pupil_id": question.pupil_id}
    same: dict[Coded, Coded] = {}
    found: Spoken = {}
    for subject, decider, answers, stamps in reader.stream(statement, values):
        coded = (answers, stamps)
        found[subject, decider] = same.setdefault(coded, coded)
    return found


def _guardians(reader: Reading, question: OpenPairs, spoken: Spoken) -> Iterator[Placed]:
    on = question.setting.day.isoformat()
    statement = _PAIRS.format(where="AND pupil_id = :pupil_id" if question.pupil_id else "")
    last, since = "", dict[str, str]()
    for key, pupil, guardian, start, end, answered in reader.stream(
        statement, {"pupil_id": question.pupil_id}
    ):
        if pupil != last:
            last, since = pupil, {}
        begun = since.setdefault(guardian, start)
        if not start <= on <= end:
            continue
        coded = spoken.get((pupil, guardian)) if answered else None
        if coded or not answered:
            yield key, pupil, Seen(last, guardian, coded, begun)


def _of_age(reader: Reading, question: OpenPairs, spoken: Spoken) -> Iterator[Placed]:
    day = question.setting.day
    statement = _OF_AGE.format(where="AND p.id = :pupil_id" if question.pupil_id else "")
    born = latest_birth(day, question.decides_from)
    values = {
        "on": day.isoformat(),
        "born": born.isoformat(),
        "pupil_id": question.pupil_id,
    }
    for key, pupil, answered in reader.rows(statement, values):
        coded = spoken.get((pupil, pupil))
        if coded or not answered:
            yield key, pupil, Seen(pupil, pupil, coded, own=True)


def _place(one: Placed) -> tuple[str, str]:
    return one[0], one[1]


def _first_days(reader: Reading, subjects: set[str]) -> dict[str, str]:
    return dict(reader.rows(_FIRST, (json.dumps(sorted(subjects)),))) if subjects else {}


def _flagged(reader: Reading, day: date) -> frozenset[str]:
    flags = active_flags(reader.all(SafetyFlag), day, day)
    return frozenset(flag.pupil_id for flag in flags)
