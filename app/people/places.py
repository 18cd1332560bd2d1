"""Sites, school years and groups, and who is taught where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.people.people import LONGEST_NAME
from app.people.records import Enrolment, EnrolmentKind, Group, SchoolYear, Site
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session

_YEAR_STARTS_MONTH = 8


@dataclass(frozen=True, slots=True)
class EnrolmentDraft:
    """An enrolment or visit as typed; `end` is the last day, or None."""

    pupil_id: str
    site_id: str
    group_id: str = ""
    kind: EnrolmentKind = EnrolmentKind.ENROLLED
    start: date | None = None
    end: date | None = None


def save_site(session: Session, name: str, town: str, site_id: str = "") -> Site:
    """Add a site, or change the one with this id.

    Raises:
        Refusals: `people.site_name_missing`, or a text that is too long or holds a BSN.
    """
    found = text_faults("people.site_name_missing", "name", name)
    collect(found + text_faults("", "town", town))
    site = Site(id=site_id or new_id(), name=tidy(name), town=tidy(town))
    with session.work(Compartment.CONSENT, "site_saved", site.id) as work:
        if site_id:
            work.change(site)
        else:
            work.add(site)
        work.commit()
    return site


def save_group(session: Session, group: Group) -> Group:
    """Add a group, or change it when its id is known.

    Raises:
        Refusals: `people.group_name_missing`, or a name that is too long or holds a BSN.
    """
    collect(text_faults("people.group_name_missing", "name", group.name))
    kept = replace(group, id=group.id or new_id(), name=tidy(group.name))
    with session.work(Compartment.CONSENT, "group_saved", kept.id) as work:
        if group.id and work.find(Group, group.id):
            work.change(kept)
        else:
            work.add(kept)
        work.commit()
    return kept


def school_year_of(day: date) -> tuple[str, date, date]:
    """Name, first and last day of the school year of a day (1 August to 31 July, WPO art. 1).

    Checked 2026-11-22, to be checked.
    """
    first = day.year if day.month >= _YEAR_STARTS_MONTH else day.year - 1
    return f"{first}-{first + 1}", date(first, 8, 1), date(first + 1, 7, 31)


def current_year(session: Session) -> SchoolYear:
    """The school year of today, made when it is not there yet."""
    name, start, end = school_year_of(session.clock.today())
    with session.work(Compartment.CONSENT, "school_year_begun") as work:
        known = work.all(SchoolYear, name=name)
        if known:
            return known[0]
        year = SchoolYear(id=new_id(), name=name, start=start, end=end)
        work.add(year)
        work.commit()
    return year


def enrol(session: Session, draft: EnrolmentDraft) -> Enrolment:
    """Enrol a pupil in a group, or note a visit; an open enrolment ends the day before.

    Who moves to another group while his place in the coming year is known already keeps that,
    if it has no last day: nobody who moves without one is gone after a short stay.

    Raises:
        Refusals: `people.site_missing`, `people.ends_before_start`, `people.visit_needs_end`.
    """
    fact = checked_place(session, draft)
    with session.work(Compartment.CONSENT, "pupil_enrolled", draft.pupil_id) as work:
        if fact.kind is EnrolmentKind.ENROLLED:
            known = work.all(Enrolment, pupil_id=draft.pupil_id)
            ending = open_enrolments(known, fact.start)
            coming = [one for one in ending if one.start > fact.start and one.end is None]
            if fact.end is None and coming and any(one.start <= fact.start for one in ending):
                until = min(one.start for one in coming) - timedelta(days=1)
                fact = replace(fact, end=until)
                ending = tuple(one for one in ending if one not in coming)
            for other in ending:
                work.add(_closed(other, fact.start - timedelta(days=1), session))
        work.add(fact)
        work.commit()
    return fact


def checked_place(session: Session, draft: EnrolmentDraft) -> Enrolment:
    """The enrolment or visit that a draft describes; without a first day from today.

    Raises:
        Refusals: fields that are not right.
    """
    start = draft.start or session.clock.today()
    found = []
    if not draft.site_id:
        found.append(Refusal("people.site_missing", field="site_id"))
    if draft.end and draft.end < start:
        found.append(Refusal("people.ends_before_start", field="end"))
    if draft.kind is EnrolmentKind.VISITING and draft.end is None:
        found.append(Refusal("people.visit_needs_end", field="end"))
    collect(found)
    return Enrolment(
        id=new_id(),
        pupil_id=draft.pupil_id,
        kind=draft.kind,
        site_id=draft.site_id,
        group_id=draft.group_id,
        start=start,
        end=draft.end,
        recorded_at=session.clock.now(),
    )


def leave(session: Session, pupil_id: str, last_day: date) -> tuple[Enrolment, ...]:
    """End every open enrolment of a pupil; consent lapses after the last day.

    Raises:
        Refusal: `people.not_enrolled`.
    """
    nobody = Refusal("people.not_enrolled", field="last_day")
    return _end(session, "pupil_left", pupil_id, last_day, EnrolmentKind.ENROLLED, nobody)


def end_visit(session: Session, pupil_id: str, last_day: date) -> tuple[Enrolment, ...]:
    """End every visit of a pupil that runs on; what was allowed for it lapses after that day.

    Raises:
        Refusal: `people.not_visiting`.
    """
    nobody = Refusal("people.not_visiting", field="last_day")
    return _end(session, "visit_ended", pupil_id, last_day, EnrolmentKind.VISITING, nobody)


def latest(facts: tuple[Enrolment, ...]) -> tuple[Enrolment, ...]:
    """The enrolments and visits that no other fact replaces."""
    replaced = {fact.replaces for fact in facts if fact.replaces}
    return tuple(fact for fact in facts if fact.id not in replaced)


def open_enrolments(facts: tuple[Enrolment, ...], day: date) -> tuple[Enrolment, ...]:
    """Enrolments that no other fact replaces and that run beyond a day."""
    return _running(facts, day, EnrolmentKind.ENROLLED)


def _running(
    facts: tuple[Enrolment, ...], day: date, kind: EnrolmentKind
) -> tuple[Enrolment, ...]:
    return tuple(
        fact
        for fact in latest(facts)
        if fact.kind is kind and (fact.end is None or fact.end > day)
    )


def _end(
    session: Session,
    act: str,
    pupil_id: str,
    last_day: date,
    kind: EnrolmentKind,
    nothing: Refusal,
) -> tuple[Enrolment, ...]:
    with session.work(Compartment.CONSENT, act, pupil_id) as work:
        known = _running(work.all(Enrolment, pupil_id=pupil_id), last_day, kind)
        if not known:
            raise nothing
        closed = tuple(_closed(fact, last_day, session) for fact in known)
        work.add(*closed)
        work.commit()
    return closed


def text_faults(missing: str, field: str, text: str) -> list[Refusal]:
    """What is not right in a text of a place; with `missing` it may not be empty."""
    found = [Refusal(missing, field=field)] if missing and not tidy(text) else []
    if len(text) > LONGEST_NAME:
        found.append(Refusal("people.too_long", field=field, longest=LONGEST_NAME))
    if holds_bsn(text):
        found.append(Refusal("people.bsn", field=field))
    return found


def _closed(fact: Enrolment, last_day: date, session: Session) -> Enrolment:
    """The same enrolment, ending earlier; one that had not begun ends before it begins."""
    end = max(last_day, fact.start - timedelta(days=1))
    return replace(
        fact, id=new_id(), end=end, recorded_at=session.clock.now(), replaces=fact.id
    )
