"""Whose paper cannot be read: few rows, looked at one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.asking.needs import open_unclear
from app.consent.questions import UnclearAbout
from app.consent.verdict import last_words
from db.asking.standing import said_by
from db.store.derived import batches

if TYPE_CHECKING:
    from app.asking.needs import Unclear
    from app.consent.records import UnclearAnswer
    from db.store.reading import Reading


def unclear_pairs(reader: Reading, subject_id: str = "") -> dict[tuple[str, str], Unclear]:
    """What cannot be read, by subject and decider; about one subject, or about everybody."""
    facts: dict[str, list[UnclearAnswer]] = {}
    wanted_ids = (subject_id,) if subject_id else ()
    for fact in reader.ask(UnclearAbout(wanted_ids, beside_answers=True)):
        facts.setdefault(fact.subject_id, []).append(fact)
    found: dict[tuple[str, str], Unclear] = {}
    for wanted in batches(facts):
        said = {one.id: one for one in said_by(reader.rows, wanted)}
        for id in json.loads(wanted):
            words = last_words(said[id]) if id in said else ()
            for decider, unclear in open_unclear(facts[id], words).items():
                found[id, decider] = unclear
    return found
