"""Who decides for whom, day by day: a derived table that makes counting answers quick.

One row says that on these days this guardian decides for this pupil; a row without a guardian
says that the pupil is present and has none. The rows follow from the very rule of the verdict,
which also tells how long an answer holds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Index, Integer, Table, Text

from app.consent.facts import PresenceFact, Subject
from app.consent.outcome import Reason
from app.consent.periods import FAR
from app.consent.records import Decision, Retraction
from app.consent.verdict import UseRule, verdict
from app.people.records import Authority, Enrolment, Relation
from db.consent.facts import PEOPLE, subjects
from db.consent.jurisdiction import following, profile_in
from db.store.derived import Derived, anew, batches
from db.store.engine import once
from db.store.shape import CONSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.consent.profiles import Profile
    from app.record import Record
    from db.store.engine import Raw, Rows

    _Shared = tuple[tuple[str, int, str, int, int], ...]

pair_index = Table(
    "pair_index",
    CONSENT,
    Column("sort_key", Text, primary_key=True, nullable=False),
    Column("pupil_id", Text, primary_key=True, nullable=False),
    Column("start", Text, primary_key=True, nullable=False),
    Column("position", Integer, primary_key=True, nullable=False),
    Column("end", Text, nullable=False),
    Column("guardian_id", Text, nullable=False),
    Column("unsettled", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Index(None, "pupil_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_DAY = timedelta(days=1)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_day = date.fromisoformat
_ANY_USE = UseRule("")
_ADD = "INSERT INTO pair_index VALUES (?, ?, ?, ?, ?, ?, ?, 0)"
_DROP = "DELETE FROM pair_index WHERE pupil_id IN (SELECT value FROM json_each(?))"
# None of these asks for an order, which SQLite would make in memory that it locks and wipes row
# by row; of a hundred thousand pupils that took longer than everything else.
_KEYS = "SELECT id, sort_key FROM pupil_index WHERE id {} AND enrolment_id <> ''"
_PLAIN = """
SELECT e.pupil_id, p.birth_date, e.start, e."end"
FROM enrolment AS e JOIN pupil AS p ON p.id = e.pupil_id
WHERE e.pupil_id {}
    AND NOT EXISTS (SELECT 1 FROM authority AS a WHERE a.pupil_id = e.pupil_id)
    AND NOT EXISTS (SELECT 1 FROM relation AS r WHERE r.pupil_id = e.pupil_id AND r.ended)
    AND NOT EXISTS (
        SELECT 1 FROM enrolment AS o WHERE o.pupil_id = e.pupil_id AND o.id <> e.id)
"""
_GUARDIANS = "SELECT pupil_id, position, id, guardian_id FROM relation WHERE pupil_id {}"
_AMONG = "IN (SELECT value FROM json_each(?))"
_BETWEEN = "BETWEEN ? AND ?"
_MANY = 6000
"""So many pupils at once when all rows are made: the more, the fewer pages change twice."""
_JOIN = "|"
_ANY_ANSWER = """
SELECT 1 FROM decision WHERE subject_id {} LIMIT 1
"""
_ANSWER = """
UPDATE pair_index SET answered = 1 WHERE pupil_id = ? AND guardian_id = ? AND NOT answered
"""
_ANSWERED = """
UPDATE pair_index SET answered = EXISTS (
    SELECT 1 FROM decision AS d
    WHERE d.subject_id = pair_index.pupil_id AND d.decider_id = pair_index.guardian_id
        AND NOT EXISTS (SELECT 1 FROM retraction AS r
            WHERE r.subject_id = d.subject_id AND r.decision_id = d.id))
WHERE pupil_id {}
"""
_SOME = """
SELECT min(id), max(id) FROM (SELECT id FROM pupil WHERE id > ? ORDER BY id LIMIT ?)
"""


def index_pairs(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows of these pupils up to date."""
    for wanted in batches(set(ids)):
        raw.execute(once(_DROP), (wanted,))
        raw.executemany(once(_ADD), sorted(_pairs(raw, _AMONG, (wanted,))))
        _answered_among(raw, _AMONG, (wanted,))


def _all_pairs(raw: Raw) -> None:
    with anew(raw, pair_index):
        for ends in _parts(raw):
            raw.executemany(once(_ADD), sorted(_pairs(raw, _BETWEEN, ends)))
    for ends in _parts(raw):
        _answered_among(raw, _BETWEEN, ends)


def _parts(raw: Raw) -> Iterator[tuple[str, str]]:
    """First and last id of some pupils after others: all ids at once take much room."""
    last = ""
    while True:
        first, last = raw.execute(_SOME, (last, _MANY)).fetchone() or ("", "")
        if not last:
            return
        yield first, last


def _answered_among(raw: Raw, which: str, values: tuple[str, ...]) -> None:
    if raw.execute(once(_ANY_ANSWER.format(which)), values).fetchone():
        raw.execute(once(_ANSWERED.format(which)), values)


def _pairs(raw: Raw, which: str, values: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The rows of pupils; those of whom little was recorded are not looked at one by one.

    Args:
        raw: the file.
        which: which ids of pupils are meant, as SQL.
        values: what is bound to it.
    """

    def asked(statement: str, values: object) -> Rows:
        return raw.execute(once(statement), values)

    setting = profile_in(raw)
    shared = _sharing(setting)
    keys = dict(asked(_KEYS.format(which), values).fetchall())
    plain = {row[0]: row[1:] for row in asked(_PLAIN.format(which), values)}
    guardians: dict[str, dict[str, None]] = defaultdict(dict)
    for pupil_id, _, _, guardian_id in sorted(asked(_GUARDIANS.format(which), values)):
        guardians[pupil_id][guardian_id] = None
    for pupil_id in keys.keys() & plain.keys():
        own = (*guardians[pupil_id], "")
        for start, place, end, voice, unsettled in shared(*plain[pupil_id], len(own) - 1):
            yield keys[pupil_id], pupil_id, start, place, end, own[voice], unsettled
    others = [pupil_id for pupil_id in keys if pupil_id not in plain]
    for subject in subjects(asked, json.dumps(others), PEOPLE):
        for row in _worked_out(subject, setting):
            yield keys[subject.id], subject.id, *row


@cache
def _sharing(setting: Profile) -> Callable[..., _Shared]:
    """What `_shared` says under the rules of one jurisdiction, kept for children alike."""
    return lru_cache(maxsize=8192)(partial(_shared, setting))


def _shared(
    setting: Profile, born: str | None, start: str, end: str | None, guardians: int
) -> _Shared:
    """The rows of a child with so many guardians, of whom nothing else was recorded.

    Each guardian is named by his place among them, nobody by the place after the last.
    """
    places = {str(place): place for place in range(guardians)}
    stay = PresenceFact("", _day(start), _day(end) if end else None, _LONG_AGO)
    child = Subject("", _day(born) if born else None, tuple(places), (stay,))
    return tuple(
        (*row[:3], places.get(row[3], guardians), row[4]) for row in _worked_out(child, setting)
    )


def _worked_out(subject: Subject, setting: Profile) -> Iterator[tuple[Any, ...]]:
    """Start, position, end, guardian and doubt, for all days on which the pupil is present.

    The subject comes without flags and decisions: who decides does not depend on them.
    """
    day = min((fact.start for fact in subject.presences), default=FAR)
    while day < FAR:
        found = verdict(subject, _ANY_USE, day, setting)
        start, end = day.isoformat(), found.until.isoformat()
        if found.reason is not Reason.NOT_PRESENT:
            others = [voice for voice in found.voices if voice.decider_id != subject.id]
            if not subject.guardians and not others:
                yield start, 0, end, "", 0
            for place, voice in enumerate(others):
                yield start, place, end, voice.decider_id, int(voice.unsettled)
        day = found.until + _DAY if found.until < FAR else FAR


def note_answers(raw: Raw, ids: Iterable[str]) -> None:
    """Note that these have answered something; each as pupil and decider, joined."""
    for pair in sorted(ids):
        raw.execute(_ANSWER, pair.split(_JOIN))


def recount_answers(raw: Raw, ids: Iterable[str]) -> None:
    """Note anew which guardians of these pupils have answered anything."""
    for wanted in batches(ids):
        raw.execute(once(_ANSWERED.format(_AMONG)), (wanted,))


def _nothing(raw: Raw) -> None:
    """Answers are noted with the pairs."""


def _own_id(record: Record) -> str:
    return record.id


def _pupil_id(record: Record) -> str:
    return record.pupil_id if isinstance(record, Enrolment | Relation | Authority) else ""


def _answer(record: Record) -> str:
    if not isinstance(record, Decision):
        raise TypeError("only a decision is an answer")
    return record.subject_id + _JOIN + record.decider_id


def _subject_id(record: Record) -> str:
    return record.subject_id if isinstance(record, Retraction) else ""


PAIR_INDEX = Derived(
    name="pair_index",
    version=2,
    touched_by={
        "pupil": _own_id,
        "enrolment": _pupil_id,
        "relation": _pupil_id,
        "authority": _pupil_id,
    },
    refresh=index_pairs,
    rebuild=_all_pairs,
    table=pair_index,
)
ANSWERS = Derived(
    name="pair_index_answers",
    version=1,
    touched_by={"decision": _answer},
    refresh=note_answers,
    rebuild=_nothing,
)
RETRACTIONS = Derived(
    name="pair_index_retractions",
    version=1,
    touched_by={"retraction": _subject_id},
    refresh=recount_answers,
    rebuild=_nothing,
)
PAIRS_FOLLOW = following("pair_index", _all_pairs)
