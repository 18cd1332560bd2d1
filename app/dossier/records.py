"""Dossiers as they are stored; the same records in both dossier compartments.

Nothing here refers to another file: names are kept as they were, ids serve to find the person
again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(Record):
    """One person's dossier.

    Attributes:
        subject_id: the pupil or member of staff.
        subject_name: name as it was when the dossier was opened.
    """

    subject_id: str
    subject_name: str
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach(Record):
    """A reported event, frozen as it was reported; neutral until somebody decides.

    Attributes:
        report_id: id of the sealed report.
        actor_kind: staff, guardian or other.
        made, shared: whether a recording was made, and whether it was shared.
        articles: ids of the articles of the protocol.
        categories: keys of the protocol's categories that this may come under, as the person
            who filed the report saw it.
        reported_actor_kind, reported_actor_name, reported_categories, reported_articles: the
            same as the reporter wrote it.
        protocol_version: of the protocol that counted for the event; 0 in older records.
        protocol_text: that version as it was, where it is the school's own (see
            `app.protocol.frozen`); "" for one that comes with the program.
        actor_user: id of the account of the person whom it is about, or ""; he may not deal
            with it.
        capacity: in which capacity he acted, where he is known as staff and as a parent.
        own_report: he reported it himself.
        known: yes, no or not_known: whether he could know the rules on that day; known_from:
            since when, where that is known; known_why: the reason as it was found then (see
            `app.protocol.known`), "" in older records.
        channel: key of the channel on which it stood, or "".
        people: others who have to do with it, as JSON; register_said: what the check list or
            the register said about the pupils, as JSON (see `app.breach.sealed`).
        publication_id: the publication that was told of here as a data breach, or "" (see
            `app.publications`).
        filing_reason: why the filing leaves out a category that was reported, or "".
        affected: names of the pupils it touches; affected_ids: their ids where known, in the
            same order, "" where not.
        reported_by: name of the reporter.
    """

    report_id: str
    dossier_id: str
    protocol: str
    protocol_version: int = 0
    protocol_text: str = ""
    articles: tuple[str, ...]
    actor_kind: str
    actor_id: str
    actor_name: str
    actor_user: str = ""
    capacity: str = ""
    own_report: bool = False
    occurred_on: date
    discovered_on: date
    known: str = ""
    known_from: date | None = None
    known_why: str = ""
    facts: str
    opinion: str = ""
    place: str = ""
    medium: str = ""
    audience: str = ""
    channel: str = ""
    made: bool = False
    shared: bool = False
    affected: tuple[str, ...] = ()
    affected_ids: tuple[str, ...] = ()
    people: str = ""
    register_said: str = ""
    categories: tuple[str, ...] = ()
    reported_by: str
    reported_at: datetime
    reported_actor_kind: str = ""
    reported_actor_name: str = ""
    reported_categories: tuple[str, ...] = ()
    reported_articles: tuple[str, ...] = ()
    filing_reason: str = ""
    publication_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """A piece in a dossier; corrected only by adding.

    Attributes:
        kind: report, evidence, talk, call, note, inspector (the confidential inspector was
            consulted), letter_out, letter_in or decision.
        about_id: the person it is about, when that is not the subject (a parent in a pupil
            dossier).
        blob: id of the attached file, or "".
        digest: SHA-256 of the attached file, hexadecimal, or "".
        proof: of a report: the reporter's signature, see `app.dossier.proof`; else "".
        replaces: id of the entry that this one corrects, or ""; reason: why it does.
        arrived_on: the day on which something came in, where that is known apart from the day
            that stands on it.
    """

    dossier_id: str
    case_id: str = ""
    kind: str
    happened_on: date
    title: str
    body: str = ""
    about_id: str = ""
    about_name: str = ""
    author: str
    blob: str = ""
    file_name: str = ""
    digest: str = ""
    proof: str = ""
    recorded_at: datetime
    replaces: str = ""
    reason: str = ""
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """A breach being dealt with; where it is, is the fold of its steps.

    Attributes:
        procedure, version: along which it began; which ones followed stands in the answers of
            the steps that opened them.
    """

    number: str
    dossier_id: str
    breach_id: str
    procedure: str
    version: int
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Record):
    """What was done in a case: a step of its procedure, or something about such a step.

    Attributes:
        position: 1, 2, … within the case.
        kind: "taken"; "corrected" (answers anew) or "taken_back" for the step in `replaces`;
            "term_moved" for the term in `term`.
        step: id of the step in the procedure, "" for a term that was moved.
        answers: what was asked and answered, as JSON.
        term: key of the term that started with this step, or ""; due_on: its last day as it
            was computed then.
        replaces: id of the record that is corrected or taken back, or "".
        reason: why it was corrected, taken back or moved, or "".
        terms: of a correction: the last days that it changes, computed again, as JSON by the
            id of the record that had started the term.
        previous: digest of the record before, chaining the case.
    """

    case_id: str
    position: int
    kind: str = "taken"
    step: str
    taken_on: date
    by: str
    answers: str = "{}"
    term: str = ""
    due_on: date | None = None
    replaces: str = ""
    reason: str = ""
    terms: str = "{}"
    previous: str = ""
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondAsked(Record):
    """That somebody was asked to sign a step of a case as a second person.

    Attributes:
        step_id: id of the step, see `Step`.
        user_id, user_name: who was asked, as he was called then.
    """

    case_id: str
    step_id: str
    user_id: str
    user_name: str
    asked_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersignature(Record):
    """A second person's signature over a step of a case.

    Attributes:
        digest: what was signed: the digest of the step, or of its newest correction.
        statement: what he declares with it.
        signature: his signature over all that, as JSON; see `app.dossier.second`.
    """

    case_id: str
    step_id: str
    digest: str
    by: str
    statement: str
    signature: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Record):
    """A letter that was issued, frozen.

    Attributes:
        number: number within the year, such as "2026-031".
        template, template_version: what it was made from.
        facts: the values it was filled with, as JSON.
        blob: id of the PDF; digest: its SHA-256.
        head: stamp of the journal head in its footer.
    """

    number: str
    dossier_id: str
    case_id: str = ""
    template: str
    template_version: int
    language: str
    facts: str
    addressee: str
    issued_on: date
    signer: str
    blob: str
    digest: str
    head: str
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Record):
    """A sealed report that was filed here, once: its id is the id of the report."""

    filed_at: datetime
    filed_by: str
