"""Answers to what is asked about asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.asking.needs import latest_birth
from app.asking.questions import (
    ContactsInRound,
    ContactsOf,
    CountOpen,
    NameParts,
    OpenPairs,
    StandingPairs,
    ToldSince,
)
from db.asking.contacts import Contacts, contact
from db.asking.open import count_open, name_parts, open_pairs
from db.consent.merged import GoesOn

if TYPE_CHECKING:
    from app.asking.contacts import Contact
    from db.store.reading import Reading

_THERE = """
AND p.{pupil} IN (SELECT id FROM pupil_index
    WHERE {column} = :{column} AND :on BETWEEN start AND "end")
"""
_TOLD = """
SELECT subject_id, recipient_id FROM office_letter
WHERE template IN ('consent_yearly', 'own_yearly') AND issued_on >= :day
"""
_STANDING = """
SELECT p.pupil_id, p.guardian_id FROM pair_index AS p
WHERE p.answered AND :on BETWEEN p.start AND p."end" {pairs}
UNION ALL
SELECT p.id, p.id FROM pupil_index AS p
JOIN standing_index AS s ON s.subject_id = p.id AND s.decider_id = p.id
WHERE p.birth_date <> '' AND p.birth_date <= :born AND :on BETWEEN p.start AND p."end" {own}
"""
_ADULTS = """
SELECT m.id, m.id FROM staff_member AS m
JOIN standing_index AS s ON s.subject_id = m.id AND s.decider_id = m.id
WHERE NOT m.left AND (m.start IS NULL OR m.start <= :on)
    AND (m."end" IS NULL OR m."end" >= :on)
ORDER BY m.surname, m.first_name, m.id
"""


def contacts_of(reader: Reading, question: ContactsOf) -> tuple[tuple[str, Contact], ...]:
    """Every contact about one subject, oldest first."""
    known = Contacts(reader).of([question.subject_id])
    found = [(decider, contact(one)) for (_, decider), noted in known.items() for one in noted]
    return tuple(sorted(found, key=_day))


def contacts_in_round(
    reader: Reading, question: ContactsInRound
) -> tuple[tuple[str, str, Contact], ...]:
    """Every contact in one round."""
    known = Contacts(reader).in_round(question.round_id)
    return tuple(
        (subject, decider, found)
        for (subject, decider), noted in known.items()
        for found in map(contact, noted)
        if found.round_id == question.round_id
    )


def standing_pairs(reader: Reading, question: StandingPairs) -> tuple[tuple[str, str], ...]:
    """Everybody who decides and has answered anything."""
    where, chosen = question.where, {}
    for name in ("site_id", "group_id"):
        if value := getattr(where, name):
            chosen[name] = value
    pairs = " ".join(_THERE.format(pupil="pupil_id", column=name) for name in chosen)
    own = " ".join(_THERE.format(pupil="id", column=name) for name in chosen)
    born = latest_birth(question.on, question.decides_from).isoformat()
    values = {"on": question.on.isoformat(), "born": born, **chosen}
    rows = reader.rows(_STANDING.format(pairs=pairs, own=own), values)
    if not chosen:  # adults belong to no site or group
        rows += reader.rows(_ADULTS, {"on": values["on"]})
    return tuple(dict.fromkeys(rows))


def told_since(reader: Reading, question: ToldSince) -> frozenset[tuple[str, str]]:
    """To whom a yearly letter was sent since a day; a merger counts for the one who goes on."""
    as_now = GoesOn(reader).as_now
    rows = reader.rows(_TOLD, {"day": question.day.isoformat()})
    return frozenset((as_now(subject), as_now(told)) for subject, told in rows)


def _day(item: tuple[str, Contact]) -> Contact:
    return item[1]


ANSWERS: dict[type[Any], Any] = {
    OpenPairs: open_pairs,
    CountOpen: count_open,
    NameParts: name_parts,
    StandingPairs: standing_pairs,
    ContactsOf: contacts_of,
    ContactsInRound: contacts_in_round,
    ToldSince: told_since,
}
