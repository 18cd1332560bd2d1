"""A form that came back: whose it is, what it asks, and what the person said before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.consent.decide import DecisionsDraft, Recorded, UseAnswer, record_papers, retract
from app.consent.grid import Decider, consent_grid
from app.consent.issued import issued_form, meant_by
from app.consent.periods import birthday
from app.consent.profiles import profile_of
from app.consent.records import Answer, Decision, FormVersion, IssuedForm, Retraction
from app.consent.staff import find_staff, relation_of, staff_name
from app.consent.unclear import take_back_unclear
from app.consent.uses import use_key
from app.errors import Refusal
from app.forms.codes import PREFIX, read_code
from app.forms.content import content_of
from app.forms.versions import current_version
from app.names import full_name
from app.people.card import guardian_name, pupil_card
from app.people.questions import ChildrenOf, FindPeople, GuardiansOf
from app.people.records import Guardian, Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.consent.facts import DecisionFact
    from app.forms.papers import FormCondition
    from app.people.questions import GuardianOf
    from app.ports import Reader, Session

LETTERS = 3
"""So many letters of a name are enough to look for it."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One question on a form.

    Attributes:
        section: title of the kind of recording; name: of the channel, both as on the form.
        before: what the person last said about it, on whatever day.
    """

    use: str
    section: str
    name: str
    before: DecisionFact | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """Another child of the same guardian, born on the same day; often on the same paper."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A form as it is about to be entered.

    Attributes:
        number: of the issued form, or "" when the paper has none that is known here.
        issued_on: the day it was made, or None without a number.
        version_id: the wording that was put; it names what may be answered.
        lines: the questions in the order of the paper.
        conditions: what can be ticked, in the order of the paper.
        entered: what was recorded from this wording before, and still stands.
    """

    number: str
    pupil_id: str
    pupil: str
    group: str
    decider: Decider
    version_id: str
    version: int
    frozen_on: date
    issued_on: date | None
    lines: tuple[PaperLine, ...]
    conditions: tuple[FormCondition, ...]
    entered: tuple[Decision, ...]
    twins: tuple[Twin, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil and somebody who can have filled in a form about him or her.

    Attributes:
        number: of the newest form made for them, or "".
    """

    pupil_id: str
    decider_id: str
    pupil: str
    detail: str
    decider: str
    relation: str
    number: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands on the paper, as typed.

    Attributes:
        answers: per use the answer; a use without one is left out.
        unclear: uses of which nobody can read the answer.
        also: ids of twins for whom the same paper counts.
        corrects: what was entered before was a mistake, rather than followed by this.
    """

    answers: tuple[tuple[str, Answer], ...]
    signed_on: date
    conditions: tuple[str, ...] = ()
    note: str = ""
    proof: bytes | None = None
    corrects: bool = False
    also: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def find_returned(session: Session, typed: str) -> tuple[Candidate, ...]:
    """Whose form can be meant: by a number or scanned code one, by letters of a name several.

    Raises:
        Refusal: `consent.form_unknown`, `forms.foreign_code`, `forms.code_elsewhere` for a
            form of another register, `forms.name_short`, `forms.nobody_found`.
    """
    wanted = typed.strip()
    with session.look(Compartment.CONSENT) as reader:
        if wanted.startswith(PREFIX):
            return (_of_form(reader, issued_form(reader, _coded(session, wanted))),)
        if any(sign.isdigit() for sign in wanted):
            return (_of_form(reader, issued_form(reader, wanted)),)
        if len(wanted) < LETTERS:
            raise Refusal("forms.name_short", field="form_number", number=LETTERS)
        found = tuple(_named(reader, wanted, session.clock.today()))
    if not found:
        raise Refusal("forms.nobody_found", field="form_number", name=wanted)
    return found


def returned_form(session: Session, chosen: Candidate, language: str) -> Returned:
    """The form of somebody, to be entered; without a number the newest wording.

    Args:
        session: of who enters it.
        chosen: whose form it is.
        language: of the names of uses and conditions.

    Raises:
        Refusal: `forms.no_version` when nobody was asked anything yet, `register.not_found`.
    """
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        form = issued_form(reader, chosen.number) if chosen.number else None
        version = reader.get(FormVersion, form.form_version_id) if form else None
        version = version or current_version(reader)
        if version is None:
            raise Refusal("forms.no_version", field="form_number")
        content = content_of(version)
        grid = consent_grid(reader, chosen.pupil_id, today, today=today)
        place = next((i for i, d in enumerate(grid.deciders) if d.id == chosen.decider_id), -1)
        said = {line.use: line.voices[place] for line in grid.lines} if place >= 0 else {}
        plain = Decider(chosen.decider_id, chosen.decider, chosen.relation, holds=False)
        return Returned(
            number=chosen.number,
            pupil_id=chosen.pupil_id,
            pupil=chosen.pupil,
            group=_group(reader, chosen.pupil_id, today),
            decider=grid.deciders[place] if place >= 0 else plain,
            version_id=version.id,
            version=version.number,
            frozen_on=version.frozen_on,
            issued_on=form.issued_on if form else None,
            lines=tuple(
                PaperLine(line.use, section.title, line.name, said.get(line.use))
                for section in content.sections(language)
                for line in section.lines
            ),
            conditions=content.conditions(language),
            entered=_entered(reader, chosen, version.id),
            twins=_twins(reader, chosen),
        )


def record_returned(session: Session, form: Returned, filled: Filled) -> tuple[Recorded, ...]:
    """Record a form, and for twins on the same paper each their own; per child what was added.

    Raises:
        Refusals: as `record_papers`; what was stored of another child is taken back.
    """
    done: list[Recorded] = []
    for draft in drafts_of(form, filled):
        try:
            recorded = record_papers(session, (draft,))
        except Refusal:
            take_back(session, done, "")
            raise
        done.append(recorded)
    return tuple(done)


def drafts_of(form: Returned, filled: Filled) -> tuple[DecisionsDraft, ...]:
    """What is recorded for each child, the one on the form first."""
    answers = tuple(
        UseAnswer(use, answer, filled.conditions if answer is Answer.YES else ())
        for use, answer in filled.answers
    )
    first = DecisionsDraft(
        subject_id=form.pupil_id,
        decider_id=form.decider.id,
        answers=answers,
        signed_on=filled.signed_on,
        how="paper",
        proof=filled.proof,
        note=filled.note,
        form_version_id=form.version_id,
        form_number=form.number,
        replaces=replaced_by(form, filled) if filled.corrects else (),
        unclear=filled.unclear,
    )
    twins = (twin.id for twin in form.twins if twin.id in filled.also)
    more = (replace(first, subject_id=id, form_number="", replaces=()) for id in twins)
    return (first, *more)


def take_back(
    session: Session, recorded: Iterable[Recorded], reason: str
) -> tuple[Retraction, ...]:
    """Undo what was recorded, child by child."""
    found: list[Retraction] = []
    for done in recorded:
        found += retract(session, done.decisions, reason)
        take_back_unclear(session, done.unclear, done.misread)
    return tuple(found)


def replaced_by(form: Returned, filled: Filled) -> tuple[tuple[str, str], ...]:
    """Per use the earlier decision from this paper that is corrected."""
    before = {use_key(d.medium, d.channel): d.id for d in form.entered}
    uses = (*(use for use, _ in filled.answers), *filled.unclear)
    return tuple((use, before[use]) for use in uses if use in before)


def outdone(form: Returned, filled: Filled) -> tuple[PaperLine, ...]:
    """The lines where a yes on this paper is older than a no that came since.

    The no stands until somebody says yes after it; the older paper is kept as it is.
    """
    yes = {use for use, answer in filled.answers if answer is Answer.YES}
    return tuple(
        line
        for line in form.lines
        if line.use in yes
        and line.before is not None
        and line.before.answer is not Answer.YES
        and line.before.signed_on >= filled.signed_on
        and not (filled.corrects and line.before.id in {one.id for one in form.entered})
    )


def unclear_before(form: Returned, filled: Filled) -> tuple[PaperLine, ...]:
    """The lines that nobody can read and where what the person said before stands."""
    gone = {one.id for one in form.entered if one.answer is Answer.YES}
    return tuple(
        line
        for line in form.lines
        if line.use in filled.unclear
        and line.before is not None
        and not (filled.corrects and line.before.id in gone)
    )


def _coded(session: Session, scanned: str) -> str:
    """The number in a scanned code of this very register."""
    try:
        code = read_code(scanned)
    except Refusal as refusal:
        raise Refusal(refusal.message.id, field="form_number") from refusal
    if code.register != session.register.id[-len(code.register) :]:
        raise Refusal("forms.code_elsewhere", field="form_number", form=code.number)
    return code.number


def _of_form(reader: Reader, form: IssuedForm) -> Candidate:
    pupil_id, decider_id = meant_by(reader, form)
    member = reader.find(StaffMember, pupil_id)
    if member is not None:
        return _of_adult(reader, member, form.number)
    pupil = reader.get(Pupil, pupil_id)
    name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
    if decider_id == form.pupil_id:
        return Candidate(pupil_id, pupil_id, name, "", name, "self", form.number)
    known = {item.guardian.id: item.relation.kind for item in _guardians(reader, pupil_id)}
    who = guardian_name(reader.get(Guardian, decider_id))
    relation = known.get(decider_id, "other")
    return Candidate(pupil_id, decider_id, name, "", who, relation, form.number)


def _of_adult(reader: Reader, member: StaffMember, number: str = "") -> Candidate:
    """Who decides about himself or herself, with the newest form when none was named."""
    forms = reader.all(IssuedForm, pupil_id=member.id)
    newest = max((form.number for form in forms), default="")
    name = staff_name(member)
    kind = relation_of(member)
    return Candidate(member.id, member.id, name, "", name, kind, number or newest)


def _group(reader: Reader, pupil_id: str, day: date) -> str:
    """The group of a pupil; an adult is in none."""
    known = reader.find(Pupil, pupil_id)
    return pupil_card(reader, pupil_id, day).group if known else ""


def _guardians(reader: Reader, pupil_id: str) -> tuple[GuardianOf, ...]:
    return reader.ask(GuardiansOf(pupil_id))


def _named(reader: Reader, text: str, day: date) -> Iterator[Candidate]:
    """Pairs that a name can mean: a pupil with each guardian, a guardian with each child.

    After these the adults of that name, who answer for themselves.
    """
    seen = set()
    for hit in reader.ask(FindPeople(text, day)):
        pairs = (
            [(hit.id, one) for one in _who_answers(reader, hit.id, day)]
            if hit.kind == "pupil"
            else [(child.id, hit.id) for child in reader.ask(ChildrenOf(hit.id))]
        )
        for pupil_id, decider_id in pairs:
            if (pupil_id, decider_id) not in seen:
                seen.add((pupil_id, decider_id))
                yield _pair(reader, pupil_id, decider_id, day)
    for member in find_staff(reader, text):
        yield _of_adult(reader, member)


def _who_answers(reader: Reader, pupil_id: str, day: date) -> Iterator[str]:
    """Who can have filled in a form about a pupil: guardians, and from an age the pupil."""
    born, age = reader.get(Pupil, pupil_id).birth_date, profile_of(reader).own_from
    if born is not None and birthday(born, age) <= day:
        yield pupil_id
    for item in _guardians(reader, pupil_id):
        yield item.guardian.id


def _pair(reader: Reader, pupil_id: str, decider_id: str, day: date) -> Candidate:
    card = pupil_card(reader, pupil_id, day)
    tie = next((tie for tie in card.ties if tie.guardian.id == decider_id), None)
    forms = reader.all(IssuedForm, pupil_id=pupil_id)
    numbers = (form.number for form in forms if form.guardian_id == decider_id)
    return Candidate(
        pupil_id=pupil_id,
        decider_id=decider_id,
        pupil=card.name,
        detail=card.group,
        decider=tie.name if tie else card.name,
        relation=tie.relation.kind if tie else "self",
        number=max(numbers, default=""),
    )


def _entered(reader: Reader, chosen: Candidate, version_id: str) -> tuple[Decision, ...]:
    """What stands that the person said on this wording about this pupil."""
    never = {fact.decision_id for fact in reader.all(Retraction, subject_id=chosen.pupil_id)}
    known = [d for d in reader.all(Decision, subject_id=chosen.pupil_id) if d.id not in never]
    corrected = {decision.replaces for decision in known if decision.replaces}
    return tuple(
        decision
        for decision in known
        if decision.decider_id == chosen.decider_id
        and decision.form_version_id == version_id
        and decision.id not in corrected
    )


def _twins(reader: Reader, chosen: Candidate) -> tuple[Twin, ...]:
    if chosen.decider_id == chosen.pupil_id:
        return ()
    own = reader.get(Pupil, chosen.pupil_id)
    if own.birth_date is None:
        return ()
    return tuple(
        Twin(child.id, full_name(child.first_name, child.prefix, child.surname))
        for child in reader.ask(ChildrenOf(chosen.decider_id))
        if child.id != own.id and child.birth_date == own.birth_date
    )
