"""Looks a letter over before it leaves: what is missing, what must not stand there.

A finding that blocks is a rule of the letter or of hearing somebody first; the others are for
the signer to weigh. Nothing here says whether a letter is lawful.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.dossier.facts import (
    LACKING,
    article_known_to_person,
    categories,
    consulted,
    heard,
    hearing_waived,
    inspector_settled,
)
from app.errors import Message
from app.letters.claims import NOTHING_AROUND, Surroundings, names_in, unlogged_days
from app.letters.mandates import Competence
from app.letters.parsing import begins_word
from app.letters.parts import ASKS, GIVEN
from app.letters.terms import AGREEMENT, agreements
from app.procedures.terms import last_of, term_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.data import Wording
    from app.dossier.facts import CaseFacts
    from app.letters.facts import LetterFacts
    from app.letters.parts import Slot
    from app.letters.template import Template

BLOCKS = "block"
WARNS = "warn"
_TYPED = (ASKS, GIVEN, "breach_place", "complaint_route")
_AFTER_HEARING = ("warning", "decision")
_DECISION = "decision"
_REGISTERED = ("intention", _DECISION)
_ROUTES = ("appeal_until", "court_until", "court", "objection_until")
_END, _LONGEST = "ends_on", "longest"
_SHOWS_WAIVER = ("letter_in", "evidence", "talk", "call")
_SHOWS_FACTS = ("report", "note", *_SHOWS_WAIVER)
"""Kinds of entries that show what happened, and that somebody does not want to be heard."""

_REPORTS = "report"
"""Purpose of letters that are for the board or the police, not for the person concerned."""

_OF_A_RULE = (*_AFTER_HEARING, "intention", "agreement")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the signer must know.

    Attributes:
        severity: `BLOCKS` or `WARNS`.
        field: key of the slot concerned, or "".
    """

    severity: str
    message: Message
    field: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the letter cannot be issued before this is settled."""
        return self.severity == BLOCKS


def office_findings(template: Template, facts: LetterFacts) -> tuple[Finding, ...]:
    """Everything to be said about a letter of the consent office, what blocks it first."""
    found = [
        *_missing(template, facts),
        *_forbidden(template, facts),
        *_numbers(template, facts),
        *_own_text(template),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocks))


def findings(
    template: Template,
    facts: LetterFacts,
    case: CaseFacts,
    around: Surroundings = NOTHING_AROUND,
) -> tuple[Finding, ...]:
    """Everything to be said about a letter of a case, what blocks it first."""
    found = [
        *_missing(template, facts),
        *_no_route(template, facts),
        *_signs(around),
        *_hearing(template, case),
        *_logged(template, facts, case),
        *_claims(template, facts, around),
        *_names(template, facts, around),
        *_forbidden(template, facts),
        *_numbers(template, facts),
        *_days(facts),
        *_order(template, facts, around),
        *_longest(template, facts, around),
        *_agreement(template, facts),
        *_to_weigh(facts, case),
        *_own_text(template),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocks))


def dossier_findings(
    template: Template,
    facts: LetterFacts,
    cases: tuple[CaseFacts, ...],
    around: Surroundings = NOTHING_AROUND,
) -> tuple[Finding, ...]:
    """Everything to be said about a letter of a dossier, what blocks it first."""
    found = [*office_findings(template, facts), *_claims(template, facts, around)]
    if template.purpose != _REPORTS:
        found += _names(template, facts, around)
    if template.purpose != _REPORTS and not all(map(inspector_settled, cases)):
        found.append(Finding(BLOCKS, Message(LACKING["inspector_settled"])))
    return tuple(sorted(found, key=lambda finding: not finding.blocks))


def held_findings(numbers: tuple[str, ...]) -> tuple[Finding, ...]:
    """What other cases about the person hold back, by their numbers."""
    text = "letters.held_elsewhere"
    return tuple(Finding(BLOCKS, Message(text, {"number": number})) for number in numbers)


def not_looked_at(template: Template) -> frozenset[str]:
    """Texts that something is in order, for which a letter of this kind is not looked at.

    An invitation and an intention come before the hearing: they do not say that there was one.
    """
    looked_at = {
        "letters.ok_heard": template.purpose in _AFTER_HEARING,
        "letters.ok_known": template.purpose in _OF_A_RULE,
        "letters.ok_names": template.purpose != _REPORTS,
    }
    return frozenset(text for text, looked in looked_at.items() if not looked)


def _missing(template: Template, facts: LetterFacts) -> Iterator[Finding]:
    for slot in template.slots:
        if slot.key in facts.values:
            continue
        name = slot.name.said(facts.language)
        if slot.key == _END and _LONGEST in template.terms:
            yield Finding(BLOCKS, Message("letters.no_end"), slot.key)
        elif slot.required:
            message = Message("letters.missing", {"name": name})
            yield Finding(BLOCKS, message, slot.key)
        elif slot.kind == "address" and template.audience == "guardian":
            yield Finding(WARNS, Message("letters.no_address"), slot.key)
        elif slot.kind == "address" and template.purpose in _REGISTERED:
            yield Finding(WARNS, Message("letters.no_address_staff"), slot.key)


def _agreement(template: Template, facts: LetterFacts) -> Iterator[Finding]:
    """A collective agreement is named of which the program does not know that it holds."""
    day = facts.values.get("date")
    if template.slot(AGREEMENT) is None or not isinstance(day, date):
        return
    if not any(one.holds(day) for one in agreements()):
        values = {"day": agreements()[0].ends}
        yield Finding(WARNS, Message("letters.agreement_over", values), AGREEMENT)


def _own_text(template: Template) -> Iterator[Finding]:
    """The school's own text, where the program's changed since, or it does not fit any more."""
    if template.own_state:
        yield Finding(WARNS, Message(f"letters.own_{template.own_state}"))


def _no_route(template: Template, facts: LetterFacts) -> Iterator[Finding]:
    """A decision that does not say where to go against it."""
    if template.purpose == _DECISION and not any(key in facts.values for key in _ROUTES):
        yield Finding(BLOCKS, Message("letters.no_route"))


def _signs(around: Surroundings) -> Iterator[Finding]:
    if not around.may_sign:
        yield Finding(BLOCKS, Message("dossier.lacks_role"), "signer")
    measure = around.signing.measure
    if measure is None:
        return
    values: dict[str, object] = {"name": _wording(measure.name)}
    if around.signing.competence is Competence.NOT_RECORDED:
        yield Finding(WARNS, Message("letters.mandate_open", values), "signer")
    elif around.signing.competence is Competence.WITHOUT:
        values["basis"] = around.signing.basis
        yield Finding(BLOCKS, Message("letters.mandate_none", values), "signer")


def _logged(template: Template, facts: LetterFacts, case: CaseFacts) -> Iterator[Finding]:
    """Facts and a waiver need something in the case that shows them."""
    kinds = {entry.kind for entry in case.entries}
    if "facts" in facts.values and not kinds.intersection(_SHOWS_FACTS):
        yield Finding(WARNS, Message("letters.facts_unlogged"), "facts")
    waived = hearing_waived(case) and template.purpose in _AFTER_HEARING
    if waived and not kinds.intersection(_SHOWS_WAIVER):
        yield Finding(WARNS, Message("letters.waiver_unproven"))


def _claims(template: Template, facts: LetterFacts, around: Surroundings) -> Iterator[Finding]:
    """Days in what is told that nothing in the dossier answers for."""
    today = facts.values.get("date")
    if around.days is None or not isinstance(today, date):
        return
    days = {value for value in facts.values.values() if isinstance(value, date)}
    logged = around.days | days
    for slot, text in _free_texts(template, facts):
        if slot.quotes:
            continue
        for day in unlogged_days(text, logged, facts.language, today):
            values: dict[str, object] = {"day": day, "name": slot.name.said(facts.language)}
            yield Finding(WARNS, Message("letters.day_unlogged", values), slot.key)


def _names(template: Template, facts: LetterFacts, around: Surroundings) -> Iterator[Finding]:
    """Names of pupils and parents who have nothing to do in a letter to somebody else."""
    if around.others is None:
        return
    for slot, text in _free_texts(template, facts):
        for person in names_in(around.others, text):
            values: dict[str, object] = {
                "person": person,
                "name": slot.name.said(facts.language),
            }
            yield Finding(WARNS, Message("letters.third_party", values), slot.key)


def _hearing(template: Template, case: CaseFacts) -> Iterator[Finding]:
    if template.purpose in _AFTER_HEARING and not heard(case):
        yield Finding(BLOCKS, Message("letters.not_heard"))
    if template.purpose in _OF_A_RULE and not article_known_to_person(case):
        yield Finding(BLOCKS, Message(LACKING["article_known_to_person"]), "articles")
    if not inspector_settled(case):
        yield Finding(BLOCKS, Message(LACKING["inspector_settled"]))


def _forbidden(template: Template, facts: LetterFacts) -> Iterator[Finding]:
    """Words that change what a letter is; in somebody else's words they only catch the eye."""
    for slot, text in _free_texts(template, facts):
        for word in template.forbidden:
            if begins_word(word, text):
                values: dict[str, object] = {
                    "word": word,
                    "name": slot.name.said(facts.language),
                }
                if slot.quotes:
                    yield Finding(WARNS, Message("letters.forbidden_quoted", values), slot.key)
                else:
                    yield Finding(BLOCKS, Message("letters.forbidden", values), slot.key)


def _numbers(template: Template, facts: LetterFacts) -> Iterator[Finding]:
    for slot, text in _free_texts(template, facts):
        if holds_bsn(text):
            yield Finding(BLOCKS, Message("people.bsn"), slot.key)


def _days(facts: LetterFacts) -> Iterator[Finding]:
    today, talk = facts.values.get("date"), facts.values.get("talk_day")
    event = facts.values.get("event_day")
    if isinstance(talk, date) and isinstance(event, date) and talk < event:
        yield Finding(WARNS, Message("letters.talk_before_event", {"day": talk}), "talk_day")
    for key in ("ends_on", "review_day"):
        day = facts.values.get(key)
        if isinstance(day, date) and isinstance(today, date) and day <= today:
            yield Finding(BLOCKS, Message("letters.ends_before", {"day": day}), key)


def _order(template: Template, facts: LetterFacts, around: Surroundings) -> Iterator[Finding]:
    """Days of a measure that do not follow each other."""
    days = {key: day for key, day in facts.values.items() if isinstance(day, date)}
    begins, ends, review = (days.get(key) for key in ("starts_on", _END, "review_day"))
    if begins and "date" in days and begins < days["date"]:
        yield Finding(WARNS, Message("letters.starts_before", {"day": begins}), "starts_on")
    views = days.get("views_until")
    if begins and views and days["date"] <= begins <= views:
        yield Finding(WARNS, Message("letters.starts_unheard", {"day": views}), "starts_on")
    if review and begins and ends and not begins <= review <= ends:
        values: dict[str, object] = {"first": begins, "last": ends}
        yield Finding(WARNS, Message("letters.review_outside", values), "review_day")
    ended, until = days.get("ended_on"), around.until
    if template.slot("ended_on") and ended and until and ended > until:
        yield Finding(BLOCKS, Message("letters.ended_later", {"day": until}), "ended_on")


def _longest(template: Template, facts: LetterFacts, around: Surroundings) -> Iterator[Finding]:
    """A measure that ends later than the longest time that was found for it.

    One that was made longer counts from its first day.
    """
    begins, ends = facts.values.get("starts_on"), facts.values.get("ends_on")
    if _LONGEST not in template.terms or not isinstance(begins, date):
        return
    if not isinstance(ends, date):
        return
    if ends < begins:
        yield Finding(BLOCKS, Message("letters.ends_before_start", {"day": begins}), "ends_on")
    first = min(begins, around.began_on or begins)
    term = term_on(template.terms[_LONGEST], first)
    until = last_of(term, first)
    if ends > until:
        values = {"name": _wording(term.name), "day": until}
        yield Finding(WARNS, Message("letters.too_long", values), "ends_on")


def _wording(name: Wording) -> dict[str, str]:
    return {"nl": name.nl, "en": name.en}


def _to_weigh(facts: LetterFacts, case: CaseFacts) -> Iterator[Finding]:
    protocol = case.protocol
    for id in case.breach.articles:
        article = protocol.article(id)
        if article and not article.complete:
            yield Finding(WARNS, Message("letters.wording_short", {"article": id}), "articles")
        if article and article.note.nl:
            note = article.note.said(facts.language)
            message = Message("letters.article_note", {"article": id, "note": note})
            yield Finding(WARNS, message, "articles")
    if categories(case) and not consulted(case):
        yield Finding(WARNS, Message("letters.inspector_open"))


def _free_texts(template: Template, facts: LetterFacts) -> Iterator[tuple[Slot, str]]:
    for slot in template.slots:
        value = facts.values.get(slot.key)
        if isinstance(value, str) and slot.source in _TYPED:
            yield slot, value
        elif isinstance(value, tuple) and slot.source == GIVEN:
            yield from ((slot, line) for line in value)
