"""What is done to take a publication down, or not to; and whether it was a data breach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.consent.profiles import profile_of
from app.consent.proof import check_proof
from app.consent.records import Channel
from app.consent.verdict import verdict
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.protocol.edit import may_edit
from app.publications.alarm import tell_director
from app.publications.board import publication_view, tasks_of
from app.publications.now import People, rule_of
from app.publications.record import LONGEST_NOTE
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
    StepKind,
)
from app.publications.state import cause_of, in_it, newest_fact, standing_answer
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.ports import Session, Work


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as typed; see `PublicationStep`.

    Attributes:
        subject_id: for whom, "" for everybody in it.
        proof: a picture or a PDF that shows it, empty for none.
    """

    publication_id: str
    kind: StepKind
    taken_on: date
    subject_id: str = ""
    by: date | None = None
    proof: bytes = b""
    note: str = ""


def note_step(session: Session, draft: StepDraft) -> tuple[PublicationStep, ...]:
    """Keep what was done; that something stays is kept for each person with what forbade it.

    Raises:
        Refusals: fields that are not right; nothing is stored. `publications.not_found`,
            `publications.not_in_it`, `consent.proof_large`, `consent.proof_unknown`.
    """
    proof = check_proof(draft.proof) if draft.proof else b""
    act = f"publication_{draft.kind}"
    with session.work(Compartment.CONSENT, act, draft.publication_id) as work:
        publication = _standing(work, draft.publication_id)
        collect([*_faults(draft, publication, session.clock.today())])
        step = PublicationStep(
            id=new_id(),
            publication_id=publication.publication_id,
            subject_id=draft.subject_id,
            kind=draft.kind,
            taken_on=draft.taken_on,
            by=draft.by,
            proof=work.attach(proof) if proof else "",
            note=tidy(draft.note),
            noted_by=session.user.name,
            recorded_at=session.clock.now(),
        )
        people = in_it(work.all(PublicationSubject, publication_id=step.publication_id))
        ids = tuple(fact.subject_id for fact in people)
        if draft.subject_id and draft.subject_id not in ids:
            raise Refusal("publications.not_in_it")
        steps: tuple[PublicationStep, ...] = (step,)
        if draft.kind is StepKind.KEPT:
            concerned = (draft.subject_id,) if draft.subject_id else ids
            steps = _kept(session, work, publication, step, concerned)
        work.add(*steps)
        work.commit()
    return steps


def take_back_steps(session: Session, steps: tuple[PublicationStep, ...]) -> None:
    """Note that steps, of one publication or of one person, never were."""
    several = len({step.publication_id for step in steps}) > 1
    about = steps[0].subject_id if several else steps[0].publication_id
    with session.work(Compartment.CONSENT, "publication_step_undone", about) as work:
        now = session.clock.now()
        for step in steps:
            of = step.publication_id
            if not work.all(PublicationStep, publication_id=of, replaces=step.id):
                back = replace(step, id=new_id(), recorded_at=now, replaces=step.id)
                work.add(replace(back, noted_by=session.user.name))
        work.commit()


def keep_everywhere(
    session: Session, subject_id: str, reason: str
) -> tuple[PublicationStep, ...]:
    """Keep that everything stays of which a task is open for one person, for one reason.

    Each publication gets a step of its own, with what forbade it. All or nothing.

    Raises:
        Refusals: `publications.no_reason`, `publications.long`, `people.bsn`.
        Refusal: `publications.nothing_open`.
    """
    collect([*_reason_faults(reason, "note")])
    tasks = tasks_of(session, subject_id)
    if not tasks:
        raise Refusal("publications.nothing_open")
    with session.work(Compartment.CONSENT, "publications_kept", subject_id) as work:
        kept: list[PublicationStep] = []
        for task in tasks:
            step = PublicationStep(
                id=new_id(),
                publication_id=task.publication_id,
                kind=StepKind.KEPT,
                taken_on=session.clock.today(),
                note=tidy(reason),
                noted_by=session.user.name,
                recorded_at=session.clock.now(),
            )
            publication = _standing(work, task.publication_id)
            kept += _kept(session, work, publication, step, (task.subject_id,))
        work.add(*kept)
        work.commit()
    return tuple(kept)


def answer_breach(
    session: Session, publication_id: str, *, breach: bool, reason: str
) -> BreachAnswer:
    """Keep whether a publication without consent was a data breach, and why.

    A breach is first sealed to who keeps the dossiers, once however often it is answered.

    Raises:
        Refusals: `publications.no_reason`, `publications.long`, `people.bsn`.
        Refusal: `publications.not_found`, or `publications.no_question` for a breach where
            everybody was permitted.
        Trouble: as every sealing; then nothing was answered.
    """
    collect([*_reason_faults(reason, "reason")])
    report = _told_director(session, publication_id, tidy(reason)) if breach else ""
    act = "publication_breach" if breach else "publication_no_breach"
    with session.work(Compartment.CONSENT, act, publication_id) as work:
        _standing(work, publication_id)
        before = newest_fact(work.all(BreachAnswer, publication_id=publication_id))
        answer = BreachAnswer(
            id=new_id(),
            publication_id=publication_id,
            breach=breach,
            reason=tidy(reason),
            report=report,
            noted_by=session.user.name,
            recorded_at=session.clock.now(),
            replaces=before.id if before else "",
        )
        work.add(answer)
        work.commit()
    return answer


def note_notice(
    session: Session, publication_id: str, *, told: bool, told_on: date | None, how: str
) -> BreachAnswer:
    """Keep what became of telling the authority of a data breach; a director decides that.

    Args:
        session: whose keys are used.
        publication_id: of the publication that was answered to be a data breach.
        told: it was told; otherwise it need not be.
        told_on: the day on which it was told.
        how: the number under which it was told, or why it is not.

    Raises:
        Refusals: `publications.no_reason`, `publications.long`, `people.bsn`,
            `procedures.day_ahead`, `duties.day_missing`.
        Refusal: `publications.only_directors`, `publications.no_breach`.
    """
    if not may_edit(session.user):
        raise Refusal("publications.only_directors")
    faults, today = [*_reason_faults(how, "how")], session.clock.today()
    if told and told_on is None:
        faults.append(Refusal("duties.day_missing", field="told_on"))
    elif told and told_on is not None and told_on > today:
        faults.append(Refusal("procedures.day_ahead", field="told_on", today=today))
    collect(faults)
    with session.work(Compartment.CONSENT, "publication_notice", publication_id) as work:
        _standing(work, publication_id)
        before = standing_answer(work.all(BreachAnswer, publication_id=publication_id))
        if before is None or not before.breach:
            raise Refusal("publications.no_breach")
        answer = replace(
            before,
            id=new_id(),
            told_on=told_on if told else None,
            told_how=tidy(how),
            noted_by=session.user.name,
            recorded_at=session.clock.now(),
            replaces=before.id,
        )
        work.add(answer)
        work.commit()
    return answer


def undo_notice(session: Session, answer: BreachAnswer) -> None:
    """Let the time to tell the authority run again; nothing when another answer stands."""
    about = answer.publication_id
    with session.work(Compartment.CONSENT, "publication_notice_undone", about) as work:
        if standing_answer(work.all(BreachAnswer, publication_id=about)) == answer:
            now, name = session.clock.now(), session.user.name
            back = replace(answer, id=new_id(), recorded_at=now, replaces=answer.id)
            work.add(replace(back, noted_by=name, told_on=None, told_how=""))
        work.commit()


def _told_director(session: Session, publication_id: str, reason: str) -> str:
    """The id of the report about a publication, which is sealed now if it never was."""
    with session.look(Compartment.CONSENT) as reader:
        answers = reader.all(BreachAnswer, publication_id=publication_id)
    told = next((answer.report for answer in answers if answer.report), "")
    if told:
        return told
    view = publication_view(session, publication_id)
    if view is None:
        raise Refusal("publications.not_found")
    if view.question is None:
        raise Refusal("publications.no_question")
    return tell_director(session, view, view.question, reason)


def take_back_answer(session: Session, answer: BreachAnswer) -> None:
    """Open the question again; nothing when another answer stands."""
    about = answer.publication_id
    with session.work(Compartment.CONSENT, "publication_breach_undone", about) as work:
        if standing_answer(work.all(BreachAnswer, publication_id=about)) == answer:
            now, name = session.clock.now(), session.user.name
            back = replace(answer, id=new_id(), recorded_at=now, replaces=answer.id)
            work.add(replace(back, noted_by=name, taken_back=True))
        work.commit()


def _standing(work: Work, publication_id: str) -> Publication:
    found = newest_fact(work.all(Publication, publication_id=publication_id))
    if found is None or found.taken_back:
        raise Refusal("publications.not_found")
    return found


def _kept(
    session: Session,
    work: Work,
    publication: Publication,
    step: PublicationStep,
    ids: tuple[str, ...],
) -> tuple[PublicationStep, ...]:
    """One step for each person, with what forbade it when somebody decided that it stays."""
    today = session.clock.today()
    rule = rule_of(work.all(Channel, key=publication.channel), publication.use)
    people, profile = People(work, ids), profile_of(work)
    kept = []
    for id in ids:
        subject = people.find(id)
        if subject is not None:
            found = verdict(subject, rule, today, profile, today)
            cause = cause_of(subject, found)
            kept.append(replace(step, id=new_id(), subject_id=id, cause=cause))
    return tuple(kept)


def _faults(draft: StepDraft, publication: Publication, today: date) -> Iterator[Refusal]:
    if draft.taken_on > today:
        yield Refusal("publications.step_later", field="taken_on")
    if draft.taken_on < publication.used_on:
        yield Refusal("publications.step_before", field="taken_on", day=publication.used_on)
    if draft.by is not None and draft.by < draft.taken_on:
        yield Refusal("publications.by_before", field="by")
    if draft.kind is StepKind.KEPT:
        yield from _reason_faults(draft.note, "note")
    elif len(tidy(draft.note)) > LONGEST_NOTE:
        yield Refusal("publications.long", field="note", most=LONGEST_NOTE)
    elif holds_bsn(draft.note):
        yield Refusal("people.bsn", field="note")


def _reason_faults(reason: str, field: str) -> Iterator[Refusal]:
    if not tidy(reason):
        yield Refusal("publications.no_reason", field=field)
    if len(tidy(reason)) > LONGEST_NOTE:
        yield Refusal("publications.long", field=field, most=LONGEST_NOTE)
    if holds_bsn(reason):
        yield Refusal("people.bsn", field=field)
