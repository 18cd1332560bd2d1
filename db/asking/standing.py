"""What everybody said last, in short: a derived table that makes finding open questions quick.

One row for each decider who ever said anything about a subject. `answers` has one letter for
each use, "." for none; the letter names one of `stamps`, each a scope (0 for an objection), a
day of signing and perhaps a last day. A use's place follows from the order in which channels
were made, so no change of a channel touches a row.
"""

from __future__ import annotations

import json
import string
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, Table, Text

from app.asking.needs import LastWord, words_by_decider
from app.consent.facts import Subject
from app.consent.periods import FAR
from app.consent.records import Decision, Medium, Retraction
from app.consent.uses import use_key
from app.consent.verdict import last_words
from db.consent.facts import decision_fact, retraction_fact
from db.consent.jurisdiction import following, profile_in
from db.store.derived import Derived, batches
from db.store.engine import once
from db.store.shape import CONSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.consent.facts import DecisionFact, RetractionFact
    from app.record import Record
    from db.store.engine import Raw
    from db.store.reading import Row

standing_index = Table(
    "standing_index",
    CONSENT,
    Column("subject_id", Text, primary_key=True, nullable=False),
    Column("decider_id", Text, primary_key=True, nullable=False),
    Column("answers", Text, nullable=False),
    Column("stamps", Text, nullable=False),
    Column("lapses", Text, nullable=False),
    Column("oldest", Text, nullable=False),
    Column("lowest", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

NONE = "."
_LETTERS = string.ascii_letters + string.digits
_MOST = 99
_CHANNELS = "SELECT key FROM channel ORDER BY rowid"
_DECISIONS = """
SELECT subject_id, id, decider_id, medium || ':' || channel, answer, signed_on, recorded_at,
    conditions, scope, valid_until, replaces
FROM decision WHERE subject_id IN (SELECT value FROM json_each(?))
"""
_RETRACTIONS = """
SELECT subject_id, decision_id, recorded_at FROM retraction
WHERE subject_id IN (SELECT value FROM json_each(?))
"""
_OF_USE = """
SELECT subject_id, id, decider_id, medium || ':' || channel, answer, signed_on, recorded_at,
    conditions, scope, valid_until, replaces
FROM decision WHERE subject_id = ? AND decider_id = ? AND medium = ? AND channel = ?
"""
_RETRACTED = "SELECT subject_id, decision_id, recorded_at FROM retraction WHERE subject_id = ?"
_ROW = "SELECT answers, stamps FROM standing_index WHERE subject_id = ? AND decider_id = ?"
_DROP_ONE = "DELETE FROM standing_index WHERE subject_id = ? AND decider_id = ?"
_DROP = "DELETE FROM standing_index WHERE subject_id IN (SELECT value FROM json_each(?))"
_ADD = "INSERT INTO standing_index VALUES (?, ?, ?, ?, ?, ?, ?)"
_SOME = 200
_FEW = 4
"""More answers about one subject are brought up to date together."""
_JOIN = "|"


def places_of(channels: Iterable[str]) -> dict[str, int]:
    """The place of each use in `answers`, from the channels in the order they were made."""
    uses = (use_key(medium, key) for key in channels for medium in Medium)
    return {use: place for place, use in enumerate(uses)}


def uses_in_place(raw: Raw) -> dict[str, int]:
    """The place of each use, in a file."""
    return places_of(row[0] for row in raw.execute(_CHANNELS).fetchall())


def uses_in_order(rows: Callable[[str], list[Any]]) -> tuple[str, ...]:
    """The uses in the order of their places; `rows` runs a statement."""
    return tuple(places_of(row[0] for row in rows(_CHANNELS)))


def coded(words: Mapping[str, LastWord], places: Mapping[str, int]) -> tuple[str, str]:
    """What one decider said last, as `answers` and `stamps`."""
    letters: dict[str, str] = {}
    answers = [NONE] * len(places)
    for use in sorted(words.keys() & places.keys(), key=places.__getitem__):
        word = words[use]
        until = word.until.isoformat() if word.until else ""
        stamp = f"{word.scope}|{word.signed_on.isoformat()}|{until}"
        if stamp not in letters:
            letters[stamp] = _letter(len(letters))
        answers[places[use]] = letters[stamp]
    return "".join(answers).rstrip(NONE), "\n".join(letters)


@lru_cache(maxsize=4096)
def stamps_of(stamps: str) -> dict[str, LastWord]:
    """The last word that each letter names."""
    found: dict[str, LastWord] = {}
    for place, stamp in enumerate(stamps.split("\n") if stamps else ()):
        scope, signed, until = stamp.split("|")
        last = date.fromisoformat(until) if until else None
        found[_letter(place)] = LastWord(int(scope), date.fromisoformat(signed), last)
    return found


def read_words(answers: str, stamps: str, uses: tuple[str, ...]) -> dict[str, LastWord]:
    """What one decider said last, by use; `uses` in the order of their places."""
    letters = stamps_of(stamps)
    return {
        use: letters[each] for use, each in zip(uses, answers, strict=False) if each != NONE
    }


def index_standing(raw: Raw, ids: Iterable[str]) -> None:
    """Bring rows up to date: of a subject, or of one answer as subject, decider and use."""
    answers: dict[str, list[list[str]]] = {}
    whole: set[str] = set()
    for parts in (id.split(_JOIN) for id in ids):
        if len(parts) == 1:
            whole.add(parts[0])
        else:
            answers.setdefault(parts[0], []).append(parts)
    whole |= {subject for subject, found in answers.items() if len(found) > _FEW}
    places = uses_in_place(raw)
    for subject, found in answers.items():
        if subject not in whole:
            for _, decider, use in found:
                _answer(raw, (subject, decider), use, places)
    _subjects(raw, whole, places)


def _answer(raw: Raw, pair: tuple[str, str], use: str, places: Mapping[str, int]) -> None:
    """Bring one answer up to date; corrections never reach beyond decider and use."""
    medium, _, channel = use.partition(":")
    rows = raw.execute(_OF_USE, (*pair, medium, channel)).fetchall()
    never = raw.execute(_RETRACTED, (pair[0],)).fetchall()
    subject = Subject(
        pair[0],
        None,
        decisions=tuple(map(decision_fact, rows)),
        retractions=tuple(map(retraction_fact, never)),
    )
    known = raw.execute(_ROW, pair).fetchone()
    words = read_words(known[0], known[1], tuple(places)) if known else {}
    months = profile_in(raw).expires_months
    words |= words_by_decider(last_words(subject), months).get(pair[1], {})
    raw.execute(_DROP_ONE, pair)
    if words:
        raw.execute(_ADD, (*pair, *_row(words, places)))


def said_by(rows: Callable[[str, object], Iterable[Row]], wanted: str) -> Iterable[Subject]:
    """What was ever said about these subjects, pupils or staff, and nothing else about them.

    Args:
        rows: runs a statement.
        wanted: ids, as a JSON list.
    """
    found: dict[str, tuple[list[DecisionFact], list[RetractionFact]]] = {}
    for row in rows(_DECISIONS, (wanted,)):
        found.setdefault(row[0], ([], []))[0].append(decision_fact(row))
    for row in rows(_RETRACTIONS, (wanted,)):
        if row[0] in found:
            found[row[0]][1].append(retraction_fact(row))
    for id, (said, taken_back) in sorted(found.items()):
        yield Subject(id, None, decisions=tuple(said), retractions=tuple(taken_back))


def own_words(
    rows: Callable[[str, object], Iterable[Row]], pupil_id: str, own_from: date, months: int
) -> dict[str, LastWord]:
    """What a pupil said last by use, without a yes from before coming of age."""
    for subject in said_by(rows, json.dumps([pupil_id])):
        return words_by_decider(last_words(subject, own_from), months).get(pupil_id, {})
    return {}


def _subjects(raw: Raw, subjects: set[str], places: Mapping[str, int]) -> None:
    months = profile_in(raw).expires_months
    for wanted in batches(subjects, _SOME):
        raw.execute(once(_DROP), (wanted,))

        def read(statement: str, values: object) -> list[Any]:
            return raw.execute(once(statement), values).fetchall()

        rows = []
        for subject in said_by(read, wanted):
            by_decider = words_by_decider(last_words(subject), months)
            rows += [
                (subject.id, decider, *_row(words, places))
                for decider, words in sorted(by_decider.items())
            ]
        raw.executemany(once(_ADD), rows)


def _row(words: Mapping[str, LastWord], places: Mapping[str, int]) -> tuple[Any, ...]:
    answers, stamps = coded(words, places)
    lapses = min((word.until or FAR for word in words.values()), default=FAR)
    oldest = min(word.signed_on for word in words.values())
    lowest = min((word.scope for word in words.values() if word.scope), default=_MOST)
    return answers, stamps, lapses.isoformat(), oldest.isoformat(), lowest


def _letter(place: int) -> str:
    """A letter for a stamp; beyond the plain ones any other character."""
    return _LETTERS[place] if place < len(_LETTERS) else chr(0x100 + place)


def _rebuild(raw: Raw) -> None:
    raw.execute("DELETE FROM standing_index")
    found = raw.execute("SELECT DISTINCT subject_id FROM decision").fetchall()
    _subjects(raw, {row[0] for row in found}, uses_in_place(raw))


def _said(record: Record) -> str:
    if not isinstance(record, Decision):
        raise TypeError("only a decision is an answer")
    use = use_key(record.medium, record.channel)
    return _JOIN.join((record.subject_id, record.decider_id, use))


def _subject_id(record: Record) -> str:
    return record.subject_id if isinstance(record, Retraction) else ""


STANDING_INDEX = Derived(
    name="standing_index",
    version=1,
    touched_by={"decision": _said, "retraction": _subject_id},
    refresh=index_standing,
    rebuild=_rebuild,
)
STANDING_FOLLOWS = following("standing_index", _rebuild)
