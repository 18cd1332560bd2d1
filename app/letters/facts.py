"""The facts that fill a letter, gathered once and frozen with it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import resources
from app.breach.sealed import tidy_line, tidy_text
from app.data import Rows
from app.dossier.facts import FACTS
from app.letters.parts import ASKS, BETWEEN, GIVEN
from app.letters.terms import computed
from app.names import full_name, name_line
from app.paper import Letterhead
from app.people.records import Guardian, Pupil, StaffMember
from app.procedures.answers import shown_day
from app.protocol.values import known_on
from app.record import Compartment
from app.register.letterhead import letterhead
from app.register.records import School
from app.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.dossier.steps import CaseFile
    from app.letters.parts import Slot
    from app.letters.template import Template
    from app.ports import Reader, Session
    from app.procedures.answers import Answers

P = TypeVar("P", Guardian, Pupil)

_DUTCH = re.compile(r"(\d{4}) ?([A-Za-z]{2})")
_POSTCODE = re.compile(r"\A(\d{4}) ?([A-Z]{2}|[a-z]{2}) (\S.*)\Z")

ADDRESS = "recipient_address"
"""Slot of the address; what is typed in it counts where the register has none."""

Value: TypeAlias = str | date | tuple[str, ...]
"""A line or a text, a day, or lines (an address, a list of articles)."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a letter: school, place, signer.

    Attributes:
        complaint_route: where a complaint can go, or "".
        language: the school's language.
        contact: where questions about consent go, or "".
    """

    letterhead: Letterhead
    place: str
    complaint_route: str
    window: str
    language: str
    signer: str
    roles: tuple[str, ...]
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is for.

    Attributes:
        lines: name and address as they stand in the window.
        postal: an address is known, not the name alone.
        language: his language when it is known, or "".
    """

    name: str
    lines: tuple[str, ...]
    postal: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything that one letter says beside its template; frozen when it is issued.

    Attributes:
        values: per slot its value; a slot that is not here is missing.
        conditions: the conditions of the template that are true.
        replaces: number of the letter that this one corrects, or ""; replaces_on: its day.
        text: SHA-256 of the template's text; own: number of the school's own version that it
            is, 0 for the one that comes with the program.
    """

    template: str
    version: int
    language: str
    values: Mapping[str, Value]
    conditions: frozenset[str]
    letterhead: Letterhead
    window: str
    addressee: tuple[str, ...]
    replaces: str = ""
    replaces_on: date | None = None
    text: str = ""
    own: int = 0


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is special to one letter: its day and number, what is answered, what it corrects.

    Attributes:
        filled: values typed for slots which the register knows nothing about.
        asked: the fields that are asked for this very letter; what was answered to them for an
            earlier one does not stand in it.
    """

    day: date
    number: str
    answers: Answers
    filled: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    replaces_on: date | None = None
    asked: frozenset[str] = frozenset()


def sender_of(session: Session) -> Sender:
    """The school as the user can read it, and the user as signer."""
    school = None
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            school = reader.find(School, "school")
    if school is None:
        school = School(id="school", name=session.register.school)
    return Sender(
        letterhead=letterhead(school),
        place=school.town,
        complaint_route=school.complaint_route,
        window=school.window,
        language=school.language,
        signer=session.user.name,
        roles=session.user.roles,
        contact=school.privacy_contact or school.email or school.phone,
    )


def recipient_of(session: Session, actor_kind: str, id: str, name: str) -> Recipient:
    """The person a letter is for, with his address as the register knows it today."""
    if id and session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            if actor_kind == "guardian":
                guardian = _goes_on(reader, Guardian, id)
                return _guardian(guardian) if guardian else Recipient(name, (name,))
            member = reader.find(StaffMember, id)
            return _staff(member) if member else Recipient(name, (name,))
    return Recipient(name, (name,))


def typed_lines(typed: str) -> tuple[str, ...]:
    """The lines of an address that somebody typed.

    A line with postcode and town is set as the post asks for: "1234 AB  DORDRECHT" (PostNL,
    tips for addressing, checked 2026-11-22).
    """
    lines = map(tidy_line, tidy_text(typed).split("\n"))
    return tuple(_POSTCODE.sub(_as_posted, line) for line in lines if line)


def _as_posted(found: re.Match[str]) -> str:
    figures, letters, town = found.groups()
    return f"{figures} {letters.upper()}  {town.upper()}"


def with_address(recipient: Recipient, typed: str) -> Recipient:
    """A recipient of whom the register has no address, with one that somebody typed."""
    lines = typed_lines(typed)
    if recipient.postal or not lines:
        return recipient
    return replace(recipient, lines=(*recipient.lines[:1], *lines), postal=True)


def addressed(reader: Reader, person_id: str) -> Recipient:
    """A guardian, a pupil or a member of staff as addressee, under the name it has by now.

    Raises:
        Refusal: `register.not_found`.
    """
    guardian = _goes_on(reader, Guardian, person_id)
    if guardian is not None:
        return _guardian(guardian)
    pupil = _goes_on(reader, Pupil, person_id)
    return _pupil(pupil) if pupil else _staff(reader.get(StaffMember, person_id))


def language_of(wanted: str, recipient: Recipient, sender: Sender) -> str:
    """The language of a letter: as chosen, else the recipient's, else the school's."""
    for language in (wanted, recipient.language, sender.language):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def gather(
    template: Template, file: CaseFile, occasion: Occasion, sender: Sender, recipient: Recipient
) -> LetterFacts:
    """The facts of one letter; what is not known is left out."""
    values: dict[str, Value] = {}
    for slot in template.slots:
        value = _value(slot, template, file, occasion, sender, recipient)
        if not value and slot.kind in ("line", "text"):
            value = tidy_line(occasion.filled.get(slot.key, ""))
        if value:
            values[slot.key] = value
    made = {name for name in template.conditions if FACTS[name](file.facts)}
    return LetterFacts(
        template=template.key,
        version=template.version,
        language=template.language,
        values=values,
        conditions=frozenset(made),
        letterhead=sender.letterhead,
        window=sender.window,
        addressee=recipient.lines,
        replaces=occasion.replaces,
        replaces_on=occasion.replaces_on,
        text=template.digest,
        own=template.own,
    )


def _value(
    slot: Slot,
    template: Template,
    file: CaseFile,
    occasion: Occasion,
    sender: Sender,
    recipient: Recipient,
) -> Value | None:
    if slot.source == ASKS:
        answer = occasion.answers.get(slot.key)
        if answer is None and slot.key not in occasion.asked:
            answer = file.state.answers.get(slot.key)
        if answer is None or isinstance(answer, bool):
            return None
        answer = file.state.in_words(slot.key, answer, template.language)
        return answer if isinstance(answer, str) else shown_day(answer)
    breach, protocol = file.breach, file.facts.protocol
    known: dict[str, Value | None] = {
        "breach_day": breach.occurred_on,
        "breach_place": breach.place,
        "breach_articles": articles(file, template.language),
        "protocol_name": protocol.name.said(template.language),
        "protocol_known_on": breach.known_from or known_on(protocol, breach.actor_kind),
        "recipient_name": recipient.name,
        "recipient_address": recipient.lines if recipient.postal else (),
        "school_name": sender.letterhead.school,
        "complaint_route": sender.complaint_route,
        **computed(template, file, occasion.day, occasion.answers),
        "letter_number": occasion.number,
        "letter_date": occasion.day,
        "letter_place": sender.place,
        "signer_name": sender.signer,
        "signer_function": function_of(sender.roles, template.language),
    }
    return known.get(slot.source)


def given_facts(
    template: Template,
    known: Mapping[str, Value],
    given: Mapping[str, Value],
    sender: Sender,
    addressee: tuple[str, ...],
) -> LetterFacts:
    """The facts of a letter that belongs to no case: what is known, and what somebody gives.

    What is typed stays text; what cannot be printed is left out.
    """
    values = {
        slot.key: found for slot in template.slots if (found := _given(slot, known, given))
    }
    return LetterFacts(
        template=template.key,
        version=template.version,
        language=template.language,
        values=values,
        conditions=frozenset(template.conditions).intersection(values),
        letterhead=sender.letterhead,
        window=sender.window,
        addressee=addressee,
        text=template.digest,
        own=template.own,
    )


def _given(slot: Slot, known: Mapping[str, Value], given: Mapping[str, Value]) -> Value | None:
    if slot.source != GIVEN:
        return known[slot.source]
    found = given.get(slot.key)
    if found is None or isinstance(found, date):
        return found
    if isinstance(found, str):
        return tidy_text(found) if slot.kind == "text" else tidy_line(found)
    return tuple(BETWEEN.join(map(tidy_line, line.split(BETWEEN))) for line in found)


def articles(file: CaseFile, language: str) -> tuple[str, ...]:
    """The articles of a case in words: "A5 Heading. What it says."."""
    found = (file.facts.protocol.article(id) for id in file.breach.articles)
    return tuple(
        f"{article.id} {article.heading.said(language)}. {article.text.said(language)}"
        for article in found
        if article
    )


def function_of(roles: tuple[str, ...], language: str) -> str:
    """The function of a signer: the name of the highest of his roles."""
    rows = Rows({"roles": resources.roles()}, "roles")
    names = [
        row.words("name").said(language)
        for row in rows.rows("roles", "key")
        if row.text("key") in roles
    ]
    return names[-1] if names else ""


def _goes_on(reader: Reader, kind: type[P], id: str) -> P | None:
    """The record that stands for somebody by now, after two that were one were merged."""
    known = reader.find(kind, id)
    while known is not None and known.merged_into:
        known = reader.find(kind, known.merged_into)
    return known


def _guardian(guardian: Guardian) -> Recipient:
    person = name_line(
        guardian.initials, guardian.first_name, guardian.prefix, guardian.surname
    )
    town = _town(guardian.postcode, guardian.town)
    lines = (guardian.institution, person, guardian.street, town, guardian.country.upper())
    return Recipient(
        name=person or guardian.institution,
        lines=tuple(line for line in lines if line),
        postal=bool(guardian.street and town),
        language=guardian.language,
    )


def _town(postcode: str, town: str) -> str:
    """Postcode and town on one line; a Dutch postcode as "1234 AB" however it was typed."""
    found = _DUTCH.fullmatch(postcode)
    code = f"{found.group(1)} {found.group(2).upper()}" if found else postcode
    return f"{code}  {town.upper()}".strip()


def _pupil(pupil: Pupil) -> Recipient:
    whole = full_name(pupil.first_name, pupil.prefix, pupil.surname)
    return Recipient(name=whole, lines=(whole,))


def _staff(member: StaffMember) -> Recipient:
    person = name_line(member.initials, member.first_name, member.prefix, member.surname)
    whole = full_name(member.first_name, member.prefix, member.surname)
    lines = (person or whole, member.function)
    return Recipient(name=person or whole, lines=tuple(line for line in lines if line))


# -- frozen -----------------------------------------------------------------------------------


def to_json(facts: LetterFacts, pages: int) -> str:
    """The facts as stored with an issued letter, with the number of its pages."""
    content: dict[str, Any] = {
        "template": facts.template,
        "version": facts.version,
        "language": facts.language,
        "values": {key: plain_value(value) for key, value in facts.values.items()},
        "conditions": sorted(facts.conditions),
        "school": facts.letterhead.school,
        "board": facts.letterhead.board,
        "sender": list(facts.letterhead.lines),
        "window": facts.window,
        "addressee": list(facts.addressee),
        "replaces": facts.replaces,
        "replaces_on": facts.replaces_on.isoformat() if facts.replaces_on else "",
        "text": facts.text,
        "own": facts.own,
        "pages": pages,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[LetterFacts, int]:
    """The facts of an issued letter, and the number of its pages."""
    content: dict[str, Any] = json.loads(text)
    on = content["replaces_on"]
    facts = LetterFacts(
        template=content["template"],
        version=content["version"],
        language=content["language"],
        values={key: value_of(plain) for key, plain in content["values"].items()},
        conditions=frozenset(content["conditions"]),
        letterhead=Letterhead(
            school=content["school"], board=content["board"], lines=tuple(content["sender"])
        ),
        window=content["window"],
        addressee=tuple(content["addressee"]),
        replaces=content["replaces"],
        replaces_on=date.fromisoformat(on) if on else None,
        text=content["text"],
        own=int(content["own"]),
    )
    return facts, int(content["pages"])


def plain_value(value: Value) -> dict[str, object]:
    """A value as it stands in JSON."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"lines": list(value)} if isinstance(value, tuple) else {"text": value}


def value_of(plain: dict[str, Any]) -> Value:
    """The value that stands so in JSON."""
    if "day" in plain:
        return date.fromisoformat(plain["day"])
    return tuple(plain["lines"]) if "lines" in plain else str(plain["text"])
