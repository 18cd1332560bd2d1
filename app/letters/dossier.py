"""Letters of a dossier: made without a case, their values given by whoever writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import resources
from app.breach.sealed import tidy_line
from app.data import Wording
from app.dossier.concern import refuse_concerned
from app.dossier.held import held
from app.dossier.records import Dossier, Entry, Letter, Step
from app.dossier.steps import read_case
from app.dossier.subjects import parents_of
from app.errors import Refusal
from app.letters.claims import Surroundings, days_of_facts, strangers
from app.letters.drafting import Drafting
from app.letters.facts import (
    LetterFacts,
    Recipient,
    Value,
    addressed,
    from_json,
    function_of,
    given_facts,
    language_of,
    typed_lines,
)
from app.letters.lint import Finding, dossier_findings, held_findings
from app.letters.own import template_for
from app.letters.parts import GIVEN, LISTS, OF_DOSSIER
from app.letters.template import load_template
from app.override import override
from app.procedures import answers as written
from app.procedures.procedure import ONE_OF, Ask, Option
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE, LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.dossier.facts import CaseFacts
    from app.letters.parts import Slot
    from app.letters.requests import LetterRequest
    from app.letters.template import Template
    from app.ports import Reader, Session
    from app.procedures.answers import Answer, Answers

TO, TO_NAME, TO_ADDRESS, ABOUT = "to", "to_name", "to_address", "about_id"
"""What is asked beside the slots: who it is for, and which parent the piece is about."""

OTHER = "other"
"""It is for somebody whom the register does not offer."""

_KINDS = {"day": "day", "line": "line"}


def dossier_templates(compartment: Compartment) -> tuple[Template, ...]:
    """The letters that can be made from a dossier in a compartment, in their order."""
    every = (load_template(key, DEFAULT_LANGUAGE) for key in resources.letters())
    fit = (one for one in every if one.belongs == OF_DOSSIER)
    return tuple(sorted((one for one in fit if compartment in one.compartments), key=_place))


def _place(template: Template) -> int:
    return template.order


class DossierDrafting(Drafting):
    """A letter of a dossier."""

    def __init__(self, session: Session, reader: Reader, request: LetterRequest) -> None:
        super().__init__(session, reader, request)
        self._dossier = reader.get(Dossier, request.dossier_id)
        self.dossiers = (self._dossier,)
        refuse_concerned(session, reader, self._dossier.id)
        key = self._key(reader)
        self._cases = tuple(_cases(reader, self._dossier))
        entries = reader.all(Entry, dossier_id=self._dossier.id)
        self._entry_days = frozenset(entry.happened_on for entry in entries)
        self._people = dict(_people(session, self._dossier))
        self._asked(load_template(key, DEFAULT_LANGUAGE))
        recipient = self._recipient()
        language = language_of(request.language, recipient, self.sender)
        self.template = template_for(reader, key, language)
        to = str(self.answers.get(TO, ""))
        whom = ("" if to == OTHER else to, recipient.name)
        self._held = held(session, reader, request.compartment, whom)
        self.facts = self._gather(recipient)

    @property
    @override
    def answers(self) -> Answers:
        return written.tidied(self.asks, {**self._stood(), **self.request.answers})

    @override
    def findings(self) -> tuple[Finding, ...]:
        found = dossier_findings(self.template, self.facts, self._cases, self._around())
        found = (*held_findings(self._held), *found)
        return tuple(
            replace(one, field=TO_NAME) if one.field == "recipient" else one for one in found
        )

    @override
    def steps(self) -> tuple[Step, ...]:
        today = self.session.clock.today()
        written.checked(self.asks, {**self._stood(), **self.request.answers}, today)
        return ()

    @override
    def about(self) -> tuple[str, str]:
        id = str(self.answers.get(ABOUT, ""))
        return (id, self._people[id].name) if id in self._people else ("", "")

    def _around(self) -> Surroundings:
        subject = self._dossier.subject_id
        to = str(self.answers.get(TO, ""))
        stay = frozenset((subject, to, self.about()[0])) - {"", OTHER}
        kept = (self._dossier.subject_name, *self.facts.addressee[:1])
        more = tuple(name for one in self._cases for name in one.breach.affected)
        days = frozenset(day for one in self._cases for day in days_of_facts(one))
        return Surroundings(
            days=days | self._entry_days,
            others=strangers(self.session, stay, kept, more),
        )

    def _key(self, reader: Reader) -> str:
        """Key of the letter; of a correction that of the letter that it corrects."""
        old = self.old
        if old is None:
            offered = {one.key for one in dossier_templates(self.request.compartment)}
            if self.request.template not in offered:
                raise Refusal("letters.no_letter")
            return self.request.template
        strange = old.case_id or old.dossier_id != self._dossier.id
        if strange or reader.all(Letter, replaces=old.id):
            raise Refusal("letters.replaced_already")
        return old.template

    def _asked(self, template: Template) -> None:
        given = (slot for slot in template.slots if slot.source == GIVEN)
        self.asks = (*_whom(self._people), *_about(self._people), *map(_ask, given))

    def _stood(self) -> dict[str, Answer]:
        """What the letter that is corrected said."""
        if self.old is None:
            return {}
        said, _ = from_json(self.old.facts)
        name, *lines = said.addressee or ("",)
        found: dict[str, Answer] = {
            key: "\n".join(value) if isinstance(value, tuple) else value
            for key, value in said.values.items()
        }
        same = (id for id, one in self._people.items() if one.lines == said.addressee)
        found[TO] = next(same, OTHER)
        if found[TO] == OTHER:
            found |= {TO_NAME: name, TO_ADDRESS: "\n".join(lines)}
        asked = {ask.field for ask in self.asks}
        return {key: value for key, value in found.items() if key in asked}

    def _recipient(self) -> Recipient:
        answers = self.answers
        known = self._people.get(str(answers.get(TO, "")))
        if known is not None:
            return known
        name = tidy_line(str(answers.get(TO_NAME, "")))
        typed = typed_lines(str(answers.get(TO_ADDRESS, "")))
        lines = (name, *typed) if name else typed
        return Recipient(name, lines, postal=len(lines) > 1)

    def _gather(self, recipient: Recipient) -> LetterFacts:
        sender, template = self.sender, self.template
        known: dict[str, Value] = {
            "recipient_name": recipient.name,
            "recipient_address": recipient.lines if recipient.postal else (),
            "subject_name": self._dossier.subject_name,
            "school_name": sender.letterhead.school,
            "complaint_route": sender.complaint_route,
            "letter_number": self.number,
            "letter_date": self.session.clock.today(),
            "letter_place": sender.place,
            "signer_name": sender.signer,
            "signer_function": function_of(sender.roles, template.language),
        }
        for slot in template.slots:
            if slot.source in known and not known[slot.source] and slot.kind == "line":
                known[slot.source] = tidy_line(self.request.filled.get(slot.key, ""))
        answers = self.answers
        given = {
            slot.key: value
            for slot in template.slots
            if (value := _value(slot, answers.get(slot.key))) is not None
        }
        facts = given_facts(template, known, given, sender, recipient.lines)
        if self.old is None:
            return facts
        return replace(facts, replaces=self.old.number, replaces_on=self.old.issued_on)


def _people(session: Session, dossier: Dossier) -> Iterator[tuple[str, Recipient]]:
    """Whom the register offers as recipient, by id: the subject, and a pupil's parents."""
    if not session.opens(Compartment.CONSENT):
        return
    parents = parents_of(session, dossier.subject_id)
    with session.look(Compartment.CONSENT) as reader:
        for id in (*(parent.person.id for parent in parents), dossier.subject_id):
            try:
                yield id, addressed(reader, id)
            except Refusal:
                continue  # somebody who never stood in this register


def _cases(reader: Reader, dossier: Dossier) -> Iterator[CaseFacts]:
    entries = reader.all(Entry, dossier_id=dossier.id)
    for id in sorted({entry.case_id for entry in entries if entry.case_id}):
        yield read_case(reader, id).facts


def _whom(people: dict[str, Recipient]) -> Iterator[Ask]:
    somebody = Option(OTHER, _said("letters.to_other"))
    options = (*_options(people), somebody)
    yield Ask(TO, ONE_OF, _said("letters.to"), options=options)
    yield Ask(TO_NAME, "line", _said("letters.to_name"), required=False)
    yield Ask(TO_ADDRESS, "text", _said("letters.to_address"), required=False)


def _about(people: dict[str, Recipient]) -> Iterator[Ask]:
    """For a piece in a pupil's dossier that is about a parent."""
    *parents, _subject = people or ("",)
    if parents:
        found = {id: people[id] for id in parents}
        options = _options(found)
        yield Ask(ABOUT, ONE_OF, _said("letters.about_parent"), required=False, options=options)


def _options(people: dict[str, Recipient]) -> tuple[Option, ...]:
    return tuple(Option(id, Wording(one.name, one.name)) for id, one in people.items())


def _ask(slot: Slot) -> Ask:
    lies = "past" if slot.kind == "day" else ""
    kind = _KINDS.get(slot.kind, "text")
    return Ask(slot.key, kind, slot.name, lies=lies, required=slot.required)


def _value(slot: Slot, answer: Answer | None) -> Value | None:
    if isinstance(answer, str) and slot.kind in LISTS:
        return tuple(answer.split("\n"))
    return answer if isinstance(answer, (str, date)) else None


def _said(id: str) -> Wording:
    nl, en = (Words(language)(id) for language in LANGUAGES)
    return Wording(nl, en)
