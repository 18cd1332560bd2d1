"""Recording what was decided: decisions, corrections, withdrawals and safety flags.

Everything is added; nothing is overwritten. The check list follows by itself after each commit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.bsn import holds_bsn
from app.consent.asof import end_of
from app.consent.issued import form_filled_in
from app.consent.periods import FAR, birthday
from app.consent.profiles import profile_of
from app.consent.proof import check_proof
from app.consent.questions import ChannelsThen, NewestDay
from app.consent.records import (
    Answer,
    Channel,
    Decision,
    FormVersion,
    Retraction,
    SafetyFlag,
    UnclearAnswer,
)
from app.consent.unclear import misread, never_said, unclear_faults, unclear_of
from app.consent.uses import split_use, use_key, use_rule
from app.consent.verdict import forbids_from
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.people.records import Pupil, Relation, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.ports import Session, Work

WAYS = ("paper", "conversation", "phone", "email", "letter")
TOLD_WAYS = frozenset({"conversation", "phone"})
"""The ways in which something is said to somebody of the school."""


@dataclass(frozen=True, slots=True)
class UseAnswer:
    """The answer about one use (`medium:channel`)."""

    use: str
    answer: Answer
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionsDraft:
    """What one person decided about one subject, as typed from one form or call.

    Attributes:
        received_on: today when left out.
        proof: bytes of a scan, or None; note: where the paper lies.
        taken_by: name of who heard it; kept only for `TOLD_WAYS`.
        form_number: number of the issued form that was filled in, as typed; it tells the
            wording that was put, so `form_version_id` is left out then.
        valid_until: last day of a yes; when left out that of the form version.
        replaces: per use the id of the decision that this one corrects.
        unclear: uses of which nobody can read the answer; they are asked again.
    """

    subject_id: str
    decider_id: str
    answers: tuple[UseAnswer, ...]
    signed_on: date
    received_on: date | None = None
    how: str = "paper"
    proof: bytes | None = None
    note: str = ""
    taken_by: str = ""
    form_version_id: str = ""
    form_number: str = ""
    valid_until: date | None = None
    replaces: tuple[tuple[str, str], ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was added from forms or calls.

    Attributes:
        misread: every yes that was taken back because the same paper cannot be read there.
    """

    decisions: tuple[Decision, ...]
    unclear: tuple[UnclearAnswer, ...] = ()
    misread: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted beside answers; see `DecisionsDraft`."""

    note: str = ""
    taken_by: str = ""


def record_decisions(session: Session, draft: DecisionsDraft) -> tuple[Decision, ...]:
    """Add what one person decided; one journal entry for the whole form or call.

    A yes is taken only for what is asked, and covers what the form said, or without a form what
    the use was on the day of signing. An objection is always taken. One of today is never dated
    before what is known of the subject, so that it counts when the clock stands back.

    Raises:
        Refusals: fields that are not right, such as `consent.not_a_decider` or
            `consent.use_not_asked`; nothing is stored.
        Refusal: `consent.no_answers`, `consent.unknown_use`.
    """
    return record_together(session, (draft,))


def record_together(
    session: Session, drafts: tuple[DecisionsDraft, ...]
) -> tuple[Decision, ...]:
    """Add what several people decided about one subject: all of it in one unit of work.

    Raises:
        Refusals, Refusal: as `record_decisions`, of the first who cannot be recorded.
    """
    return record_papers(session, drafts).decisions


def record_papers(session: Session, drafts: tuple[DecisionsDraft, ...]) -> Recorded:
    """As `record_together`, with what could not be read; a draft may hold nothing else.

    Raises:
        Refusals, Refusal: as `record_together`; `consent.unclear_answered`.
    """
    if not drafts or not all(draft.answers or draft.unclear for draft in drafts):
        raise Refusal("consent.no_answers", field="answers")
    subject = drafts[0].subject_id
    with session.work(Compartment.CONSENT, "decisions_recorded", subject) as work:
        found = [_checked(session, work, draft) for draft in drafts]
        done = Recorded(
            tuple(one for each in found for one in each.decisions),
            tuple(one for each in found for one in each.unclear),
            tuple(one for each in found for one in each.misread),
        )
        now = session.clock.now()
        never = (never_said(one, now) for one in done.misread)
        work.add(*done.decisions, *done.unclear, *never)
        work.commit()
    return done


def _checked(session: Session, work: Work, draft: DecisionsDraft) -> Recorded:
    """What one person decided, when everything is right."""
    today, now = session.clock.today(), session.clock.now()
    draft = replace(draft, received_on=draft.received_on or max(draft.signed_on, today))
    newest = _newest_day(draft, work, today)
    draft, wrong = _with_form(draft, work, today)
    wrong += _faults(draft, work, newest) + _version_faults(draft, work, today)
    collect(wrong)
    objected_on = newest if draft.signed_on == today else draft.signed_on
    proof = work.attach(check_proof(draft.proof)) if draft.proof else ""
    decisions = tuple(
        _dated(replace(decision, proof=proof), objected_on)
        for decision in _decisions(draft, work, now)
    )
    return Recorded(decisions, tuple(unclear_of(draft, now, proof)), misread(draft, work))


def withdraw_consent(
    session: Session,
    subject_id: str,
    decider_id: str,
    uses: Iterable[str],
    *,
    how: str,
    noted: Noted = Noted(),
) -> tuple[Decision, ...]:
    """Withdraw one person's consent for some uses, from today; no reason is asked.

    As easy as giving it (GDPR art. 7(3), checked 2026-11-22). It outweighs a yes that was
    signed today as well.
    """
    today = session.clock.today()
    answers = tuple(UseAnswer(use, Answer.WITHDRAWN) for use in uses)
    return record_decisions(
        session,
        DecisionsDraft(
            subject_id=subject_id,
            decider_id=decider_id,
            answers=answers,
            signed_on=today,
            received_on=today,
            how=how,
            note=noted.note,
            taken_by=noted.taken_by,
        ),
    )


def retract(
    session: Session, decisions: Iterable[Decision], reason: str = ""
) -> tuple[Retraction, ...]:
    """Take back decisions that were entered by mistake (undo); they stay in the history.

    Raises:
        Refusal: `people.bsn` in the reason.
    """
    if holds_bsn(reason):
        raise Refusal("people.bsn", field="reason")
    now = session.clock.now()
    facts = tuple(
        Retraction(
            id=new_id(),
            decision_id=decision.id,
            subject_id=decision.subject_id,
            reason=tidy(reason),
            recorded_at=now,
        )
        for decision in decisions
    )
    if not facts:
        return ()
    with session.work(Compartment.CONSENT, "decisions_retracted", facts[0].subject_id) as work:
        work.add(*facts)
        work.commit()
    return facts


def raise_flag(session: Session, pupil_id: str, end: date | None = None) -> SafetyFlag:
    """Forbid every image of a pupil, or of a member of staff, from today.

    It outranks all consent and shows no reason.

    Raises:
        Refusal: `consent.flag_ends_before`, `consent.unknown_subject`.
    """
    today = session.clock.today()
    if end is not None and end < today:
        raise Refusal("consent.flag_ends_before", field="end")
    flag = SafetyFlag(
        id=new_id(), pupil_id=pupil_id, start=today, end=end, recorded_at=session.clock.now()
    )
    return _add_flag(session, "flag_raised", flag)


def lift_flag(session: Session, flag: SafetyFlag) -> SafetyFlag:
    """End a safety flag with yesterday; that it was there stays known."""
    yesterday = session.clock.today() - timedelta(days=1)
    lifted = replace(
        flag, id=new_id(), end=yesterday, recorded_at=session.clock.now(), replaces=flag.id
    )
    return _add_flag(session, "flag_lifted", lifted)


def active_flags(
    flags: tuple[SafetyFlag, ...], day: date, today: date | None = None
) -> tuple[SafetyFlag, ...]:
    """The flags that hold on a day; what was dated ahead holds from today."""
    replaced = {flag.replaces for flag in flags if flag.replaces}
    return tuple(
        flag
        for flag in flags
        if flag.id not in replaced
        and forbids_from(flag.start, flag.recorded_at, today or FAR) <= day
        and (flag.end is None or flag.end >= day)
    )


def _add_flag(session: Session, act: str, flag: SafetyFlag) -> SafetyFlag:
    with session.work(Compartment.CONSENT, act, flag.pupil_id) as work:
        if not (work.find(Pupil, flag.pupil_id) or work.find(StaffMember, flag.pupil_id)):
            raise Refusal("consent.unknown_subject", field="subject")
        work.add(flag)
        work.commit()
    return flag


def _with_form(
    draft: DecisionsDraft, work: Work, today: date
) -> tuple[DecisionsDraft, list[Refusal]]:
    """The draft with the wording of the form that was filled in, or why there is none.

    Nobody signed a form before it was made; one that is dated ahead, by a clock that stood
    wrong, tells nothing.
    """
    if not draft.form_number.strip():
        return draft, []
    who = draft.subject_id, draft.decider_id
    try:
        form = form_filled_in(work, draft.form_number, *who)
    except Refusal as refusal:
        return draft, [refusal]
    found = []
    if draft.signed_on < form.issued_on <= today:
        values = {"form": form.number, "day": form.issued_on}
        found.append(Refusal("consent.signed_before_issued", field="signed_on", **values))
    return replace(draft, form_version_id=form.form_version_id), found


def _newest_day(draft: DecisionsDraft, work: Work, today: date) -> date:
    """Today, or the newest day that decisions about the subject carry."""
    return max(today, work.ask(NewestDay(draft.subject_id)) or today)


def _dated(decision: Decision, objected_on: date) -> Decision:
    """The decision; an objection with the day on which it counts."""
    if decision.answer is Answer.YES:
        return decision
    received = max(decision.received_on, objected_on)
    return replace(decision, signed_on=objected_on, received_on=received)


def _faults(draft: DecisionsDraft, work: Work, today: date) -> list[Refusal]:
    found = []
    if draft.signed_on > today:
        found.append(Refusal("consent.signed_later", field="signed_on", day=draft.signed_on))
    if draft.received_on and draft.received_on > today:
        found.append(Refusal("consent.received_later", field="received_on"))
    elif draft.received_on and draft.received_on < draft.signed_on:
        found.append(Refusal("consent.received_before_signed", field="received_on"))
    if draft.valid_until and draft.valid_until < draft.signed_on:
        found.append(Refusal("consent.valid_before_signed", field="valid_until"))
    if draft.how not in WAYS:
        found.append(Refusal("consent.unknown_way", field="how"))
    if holds_bsn(draft.note):
        found.append(Refusal("people.bsn", field="note"))
    if holds_bsn(draft.taken_by):
        found.append(Refusal("people.bsn", field="taken_by"))
    found += _correction_faults(draft, work) + _answer_faults(draft, work)
    found += unclear_faults(draft)
    return found + _subject_faults(draft, work)


@cache
def _condition_keys() -> frozenset[str]:
    return frozenset(row["key"] for row in resources.conditions())


def _answer_faults(draft: DecisionsDraft, work: Work) -> list[Refusal]:
    """A yes names something that is asked, and conditions from the list."""
    channels = {channel.key: channel for channel in work.all(Channel)}
    conditions = _condition_keys()
    found = []
    for answer in draft.answers:
        medium, key = split_use(answer.use)
        channel = channels.get(key)
        if channel is None:
            raise Refusal("consent.unknown_use", field="use", use=answer.use)
        if answer.answer is not Answer.YES:
            continue
        if not (use_rule(channel, medium).asked and channel.needs_consent):
            found.append(Refusal("consent.use_not_asked", field="answers"))
        if not conditions.issuperset(answer.conditions):
            found.append(Refusal("consent.unknown_condition", field="conditions"))
    unknown = [use for use in draft.unclear if split_use(use)[1] not in channels]
    if unknown:
        raise Refusal("consent.unknown_use", field="use", use=unknown[0])
    return found


def _correction_faults(draft: DecisionsDraft, work: Work) -> list[Refusal]:
    """A correction names what the same person was noted to have said about the same use."""
    wanted = (draft.subject_id, draft.decider_id)
    for use, id in draft.replaces:
        old = work.find(Decision, id)
        if old is None or (
            old.subject_id,
            old.decider_id,
            use_key(old.medium, old.channel),
        ) != (
            *wanted,
            use,
        ):
            return [Refusal("consent.corrects_nothing", field="corrects")]
    return []


def _subject_faults(draft: DecisionsDraft, work: Work) -> list[Refusal]:
    pupil = work.find(Pupil, draft.subject_id)
    if pupil is None:
        return _staff_faults(draft, work)
    found = _own_faults(draft, pupil, profile_of(work).own_from)
    if pupil.birth_date and draft.signed_on < pupil.birth_date:
        found.append(
            Refusal("consent.signed_before_birth", field="signed_on", day=pupil.birth_date)
        )
    relations = work.all(Relation, pupil_id=pupil.id)
    known = {pupil.id, *(relation.guardian_id for relation in relations)}
    if draft.decider_id not in known:
        found.append(Refusal("consent.not_a_decider", field="decider"))
    return found


def _staff_faults(draft: DecisionsDraft, work: Work) -> list[Refusal]:
    """A member of staff decides alone."""
    if work.find(StaffMember, draft.subject_id) is None:
        return [Refusal("consent.unknown_subject", field="subject")]
    own = draft.decider_id == draft.subject_id
    return [] if own else [Refusal("consent.not_a_decider", field="decider")]


def _own_faults(draft: DecisionsDraft, pupil: Pupil, age: int) -> list[Refusal]:
    """A pupil says yes only from the day on which he or she decides."""
    says_yes = any(answer.answer is Answer.YES for answer in draft.answers)
    if draft.decider_id != pupil.id or pupil.birth_date is None or not says_yes:
        return []
    of_age = birthday(pupil.birth_date, age)
    if draft.signed_on >= of_age:
        return []
    return [Refusal("consent.own_yes_early", field="decider", day=of_age)]


def _version_faults(draft: DecisionsDraft, work: Work, today: date) -> list[Refusal]:
    if not draft.form_version_id:
        return []
    version = work.get(FormVersion, draft.form_version_id)
    found = []
    if draft.signed_on < version.frozen_on <= today:
        day = version.frozen_on
        found.append(Refusal("consent.signed_before_version", field="signed_on", day=day))
    yes = {answer.use for answer in draft.answers if answer.answer is Answer.YES}
    if not yes <= _form_scopes(version).keys():
        found.append(Refusal("consent.not_on_form", field="answers", number=version.number))
    until = version.valid_until
    if yes and until and until < draft.signed_on:
        found.append(Refusal("consent.form_over", field="signed_on", day=until))
    return found


def _decisions(draft: DecisionsDraft, work: Work, now: datetime) -> Iterable[Decision]:
    version = work.get(FormVersion, draft.form_version_id) if draft.form_version_id else None
    scopes = _form_scopes(version) if version else _scopes(draft, work)
    until = draft.valid_until or (version.valid_until if version else None)
    replaces = dict(draft.replaces)
    for answer in draft.answers:
        medium, key = split_use(answer.use)
        yield Decision(
            id=new_id(),
            subject_id=draft.subject_id,
            decider_id=draft.decider_id,
            medium=medium,
            channel=key,
            answer=answer.answer,
            conditions=answer.conditions if answer.answer is Answer.YES else (),
            signed_on=draft.signed_on,
            received_on=draft.received_on or draft.signed_on,
            how=draft.how,
            note=tidy(draft.note),
            taken_by=tidy(draft.taken_by) if draft.how in TOLD_WAYS else "",
            form_version_id=draft.form_version_id,
            scope=scopes.get(answer.use, 1),
            valid_until=until if answer.answer is Answer.YES else draft.valid_until,
            recorded_at=now,
            replaces=replaces.get(answer.use, ""),
        )


def _scopes(draft: DecisionsDraft, work: Work) -> dict[str, int]:
    """The scope that each yes without a form covers: that of the day of signing.

    What was widened on the day itself counts as widened; a use that was not there yet has the
    scope it began with.
    """
    channels = work.all(Channel)
    if any(channel.scope > 1 for channel in channels):
        channels = work.ask(ChannelsThen(end_of(draft.signed_on)))
    by_key = {channel.key: channel.scope for channel in channels}
    return {answer.use: by_key.get(split_use(answer.use)[1], 1) for answer in draft.answers}


def _form_scopes(version: FormVersion) -> dict[str, int]:
    parts = (use.rpartition(":") for use in version.uses)
    return {use: int(scope) for use, _, scope in parts}
