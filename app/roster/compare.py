"""What an import would change: a file beside the register, as a pure function.

The file wins where it speaks; an empty field never empties a filled one. Who is missing from a
source that is whole is proposed as left; nobody is ever deleted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from app.clock import school_day
from app.errors import Message
from app.ids import new_id
from app.names import full_name
from app.people.records import Pupil
from app.roster.calm import Pace, letting_go, spent
from app.roster.checking import check_pupil
from app.roster.compare_adults import Guardians, compare_staff
from app.roster.likeness import as_known, family_name, neat
from app.roster.match import Found, PupilMatch, by_number, names_place
from app.roster.older import day_of, doubt_older, is_older, older
from app.roster.placing import Placing, place, span_of
from app.roster.plan import Lines, Plan, Stay, Step
from app.roster.proposal import About, Candidate, Change, Proposal
from app.roster.questions import Known, KnownPupil, Standing
from app.roster.roster import Fault, RosterPupil, Where

if TYPE_CHECKING:
    from app.roster.asking import Asking
    from app.roster.roster import Roster

_DAY = timedelta(days=1)
_NOBODY = RosterPupil(key="", where=Where(""))
_stay = lru_cache(maxsize=256)(Stay)  # the children of a group share one


def compare(roster: Roster, known: Known, asking: Asking) -> Plan:
    """What an import would write.

    Raises:
        Refusal: `roster.site_needed`.
    """
    known_people = len(known.pupils) + len(known.guardians)
    total = 6 * len(roster.pupils) + 4 * len(roster.guardians) + known_people
    total += 3 * len(roster.relations)
    asking = replace(asking, pace=Pace(asking.progress, total))
    span = span_of(roster.school_year, asking.today)
    placing = place(roster, known, span, asking)
    begins = span.begins(asking.today)
    plan = Plan(placing.year, placing.year_is_new, begins, asking.site_id)
    plan.steps += placing.steps
    plan.sites, plan.groups = placing.sites, placing.groups
    plan.unchanged.update(placing.unchanged)
    plan.faults += placing.faults
    if span.end < asking.today and roster.files:
        message = Message("roster.year_over", {"year": roster.school_year})
        plan.faults.append(Fault(Where(roster.files[0]), message))
    with letting_go(*plan.ties.parts, plan.steps):
        pupils = _Pupils(roster, known, placing, plan, asking)
        plan.warning = older(roster, known, asking.today)
        guardians = Guardians(roster, known, plan, asking)
        guardians.compare(pupils.compare())
        compare_staff(roster, known, plan, asking, placing)
        doubt_older(plan, known, asking.decided)
    return plan


def proposal_of(roster: Roster, known: Known, plan: Plan) -> Proposal:
    """A plan as a person reads it."""
    return Proposal(
        lines=Lines(plan),
        counts=plan.counts(),
        dropped=roster.dropped,
        faults=(*roster.faults, *plan.faults),
        warning=plan.warning,
        stale=known.state,
        plan=plan,
    )


class _Pupils:
    """The pupils of a file beside those of the register."""

    def __init__(
        self, roster: Roster, known: Known, placing: Placing, plan: Plan, asking: Asking
    ) -> None:
        self._roster, self._known, self._placing = roster, known, placing
        self._plan, self._asking = plan, asking
        self._from = plan.from_day
        self._over = placing.year.end < asking.today
        self._unchanged = 0
        self._going: dict[str, set[str]] = {}
        self._movers: dict[str, list[Step]] = {}
        self._seen: Counter[str] = Counter()
        self._doubted: set[str] = set()

    def compare(self) -> list[Step | None]:
        """A step for each row of the file (also unchanged ones), None for one left out."""
        rows = self._roster.pupils
        decided = by_number(self._asking.decided, About.PUPIL.value)
        match = PupilMatch(self._known, self._placing.of_rows, decided, self._asking.pace)
        found = match.find(rows)
        self._plan.faults += match.faults
        del match
        steps: list[Step | None] = []
        both = zip(self._asking.pace.over(rows), found, strict=True)
        for at, (row, answer) in enumerate(both):
            steps.append(None if answer.left_out else self._step(at, row, answer))
            spent(rows, at, _NOBODY)
        self._missing(found)
        if not is_older(self._plan.warning):
            self._merge()
        self._plan.unchanged[About.PUPIL] = self._unchanged
        return steps

    # -- one row ------------------------------------------------------------------------------

    def _step(self, at: int, row: RosterPupil, answer: Found) -> Step | None:
        before = self._known.pupils.get(answer.id)
        if before is None and row.number and not (row.first_name or row.surname):
            message = Message("roster.number_nobody", {"number": row.number})
            self._plan.faults.append(Fault(row.where, message, left_out=True))
            return None
        after, faults = check_pupil(_record(row, before), row.where, self._asking.today)
        if faults and not (before is not None and _same(after, before)):
            self._plan.faults += faults
        if after is None:
            return None
        step = Step(About.PUPIL, Change.UNCHANGED, at, before=before, where=row.where)
        if row.stable and self._known.key("pupil", row.key) != after.id:
            step.key = row.key
        if before is None:
            if not self._begin(step, row, after):
                return None
        else:
            step.after = None if _same(after, before) else after
            step.change = Change.CHANGED if step.after else Change.UNCHANGED
            self._place(step, row, before)
            self._outdated(step, before)
        self._doubt(step, answer)
        if before is not None:
            self._go(step, before)
        self._keep(step)
        return step

    def _keep(self, step: Step) -> None:
        if step.shows or step.key:
            self._plan.steps.append(step)
        if not step.shows:
            self._unchanged += 1

    def _doubt(self, step: Step, answer: Found) -> None:
        if step.line_key in self._asking.decided:
            step.doubt = None
            return
        step.doubt = answer.doubt or step.doubt
        if answer.doubt is None:
            return
        pupils = (self._known.pupils[id] for id in answer.candidates)
        if candidates := tuple(map(self._candidate, pupils)):
            self._plan.candidates[step.line_key] = candidates
        if step.change is Change.UNCHANGED:
            step.change = Change.CHANGED

    def _outdated(self, step: Step, before: KnownPupil) -> None:
        """A file of an earlier year than that of a pupil changes nothing unasked."""
        group = self._known.groups.get(before.group_id)
        year = self._known.years.get(group.school_year_id) if group else None
        if step.shows and year is not None and year.start > self._placing.year.end:
            step.doubt = step.doubt or Message("roster.doubt_outdated", {"year": year.name})

    def _candidate(self, pupil: KnownPupil) -> Candidate:
        name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
        born = pupil.birth_date.isoformat() if pupil.birth_date else ""
        parts = (self._plan.groups.get(pupil.group_id, ""), born, pupil.number)
        return Candidate(pupil.id, name, ", ".join(part for part in parts if part))

    # -- where and when -----------------------------------------------------------------------

    def _present(self, row: RosterPupil) -> bool:
        return row.left is None or row.left >= self._from

    def _begin(self, step: Step, row: RosterPupil, after: Pupil) -> bool:
        """The first enrolment of somebody new; False when there is no site for him."""
        site, group = self._placing.of_rows[step.number]
        if not site:
            message = Message("roster.no_site")
            self._plan.faults.append(Fault(row.where, message, left_out=True))
            return False
        if step.number in self._placing.assumed:
            message = Message("roster.site_assumed", {"site": self._plan.sites.get(site, "")})
            self._plan.faults.append(Fault(row.where, message))
        start = row.entered or self._from
        if row.left is not None:
            start = min(start, row.left)
        step.change, step.after, step.doubt = Change.NEW, after, row.doubt
        step.stay = _stay(site, group, start, row.left)
        return True

    def _place(self, step: Step, row: RosterPupil, before: KnownPupil) -> None:
        """What changes in where a known pupil is taught."""
        if before.standing is Standing.ENROLLED and before.start is not None:
            self._enrolled(step, row, before, before.start)
        elif self._present(row):
            self._enters(step, row, before)
        elif _left_otherwise(row, before):
            step.last_day, step.change = row.left, Change.CHANGED

    def _enrolled(self, step: Step, row: RosterPupil, before: KnownPupil, begun: date) -> None:
        ends = row.left is not None and (row.left != before.end or before.goes_on)
        if not self._present(row):
            if ends:
                step.last_day, step.change = row.left, Change.LEFT
            return
        site, group = self._meant(step, row, before)
        if site and (site, group) != (before.site_id, before.group_id):
            step.stay = Stay(site, group, max(self._from, begun), row.left or before.end)
            step.change, step.last_day = Change.CHANGED, row.left
            step.doubt = self._doubt_of_move(begun)
        elif ends:
            step.last_day, step.change = row.left, Change.LEFT

    def _doubt_of_move(self, begun: date) -> Message | None:
        """Why a file may know less of a place than the register: it speaks of a day before.

        What the file's own source brought on that day is no news to it.
        """
        as_of = day_of(self._roster, self._asking.today)
        brought = {school_day(each.imported_at) for each in self._known.imports}
        if as_of is None or not as_of < begun <= self._asking.today or begun in brought:
            return None
        return Message("roster.doubt_moved_later", {"day": begun})

    def _meant(self, step: Step, row: RosterPupil, before: KnownPupil) -> tuple[str, str]:
        """Site and group of a row; the known ones where the row names none."""
        site, group = self._placing.of_rows[step.number]
        if not names_place(row) or (
            site != before.site_id and step.number in self._placing.assumed
        ):
            return before.site_id, before.group_id
        if not group and site == before.site_id:
            return site, before.group_id
        return site, group

    def _enters(self, step: Step, row: RosterPupil, before: KnownPupil) -> None:
        """Somebody who left, visited or was nowhere is taught from now on."""
        site, group = self._placing.of_rows[step.number]
        if not site:
            return
        returns = before.standing is Standing.LEFT and before.end is not None
        after = before.end + _DAY if returns and before.end else None
        start = row.entered or self._from
        if after is not None and start < after:
            start = max(self._from, after)
        step.stay = Stay(site, group, start, row.left)
        step.change = Change.RETURNED if returns else Change.CHANGED
        as_of = day_of(self._roster, self._asking.today)
        if returns and as_of is not None and before.end is not None and before.end >= as_of:
            step.doubt = Message("roster.doubt_left_later", {"day": before.end})

    # -- who is missing -----------------------------------------------------------------------

    def _missing(self, found: list[Found]) -> None:
        if not self._roster.whole:
            return
        meant = {answer.id for answer in found}
        for answer in found:
            meant.update(answer.candidates)
        for pupil in self._known.pupils.values():
            if pupil.id not in meant and self._may_have_left(pupil):
                self._plan.steps.append(self._left(pupil))
                self._seen[pupil.group_id] += 1

    def _may_have_left(self, pupil: KnownPupil) -> bool:
        return (
            pupil.standing is Standing.ENROLLED
            and pupil.site_id in self._placing.covered
            and (pupil.end is None or pupil.goes_on)
            and pupil.start is not None
            and pupil.start <= self._from
        )

    def _left(self, pupil: KnownPupil) -> Step:
        last = self._from - _DAY
        step = Step(About.PUPIL, Change.LEFT, -1, before=pupil, last_day=last)
        if step.line_key not in self._asking.decided:
            step.doubt = self._doubt_of_leaving(pupil)
        return step

    def _doubt_of_leaving(self, pupil: KnownPupil) -> Message | None:
        """Why somebody who is missing may be at school all the same."""
        speaks_of = day_of(self._roster, self._asking.today) or self._asking.today
        begun = pupil.since or pupil.start
        if begun is not None and begun >= speaks_of:
            return Message("roster.doubt_began_later", {"day": begun})
        if self._over:
            return Message("roster.doubt_year_over", {"year": self._placing.year.name})
        return None

    # -- groups that become one ---------------------------------------------------------------

    def _go(self, step: Step, before: KnownPupil) -> None:
        """Note to which group somebody of a group goes."""
        if before.standing is not Standing.ENROLLED or not before.group_id:
            return
        if step.doubt is not None:
            if before.id in self._doubted:  # another row may be about him too
                return
            self._doubted.add(before.id)
        self._seen[before.group_id] += 1
        if step.change is Change.LEFT:
            return
        target = step.stay.group_id if step.stay else before.group_id
        self._going.setdefault(before.group_id, set()).add(target)
        if step.stay is not None:
            self._movers.setdefault(before.group_id, []).append(step)

    def _merge(self) -> None:
        """Groups whose pupils all go to one group are one line."""
        sources: dict[str, list[str]] = {}
        members = Counter(
            pupil.group_id
            for pupil in self._known.pupils.values()
            if pupil.standing is Standing.ENROLLED
        )
        for group, targets in self._going.items():
            whole = self._seen[group] == members[group]
            if whole and len(targets) == 1 and (target := next(iter(targets))):
                sources.setdefault(target, []).append(group)
        for target, groups in sources.items():
            movers = {group: self._sure(group) for group in groups}
            some = [group for group in groups if movers[group] or group == target]
            if len(some) > 1:
                self._merged(target, some, [step for group in some for step in movers[group]])

    def _sure(self, group: str) -> list[Step]:
        """Who moves out of a group, without those about whom there is more to see."""
        steps = self._movers.get(group, ())
        return [step for step in steps if step.doubt is None and step.last_day is None]

    def _merged(self, target: str, groups: list[str], movers: list[Step]) -> None:
        own = next((step for step in self._plan.steps if step.id == target), None)
        if own is None:
            return
        names = sorted(self._known.groups[id].name for id in groups if id in self._known.groups)
        self._plan.merged[target] = tuple(names)
        for step in movers:
            self._plan.moved.add(step.line_key)
            if step.after is None:
                step.change = Change.UNCHANGED
                self._unchanged += 1
        if own.is_new:
            own.change = Change.MERGED
        else:
            thing = own.after or own.before
            step = Step(About.GROUP, Change.MERGED, own.number, before=thing)
            self._plan.steps.append(step)


def _record(row: RosterPupil, before: KnownPupil | None) -> Pupil:
    """The pupil as it would be: what the file says, else what is known."""
    if before is None:
        return Pupil(
            id=new_id(),
            first_name=neat(row.first_name),
            prefix=neat(row.prefix),
            surname=neat(row.surname),
            birth_date=row.birth_date,
            number=neat(row.number),
        )
    prefix, surname = family_name(row, before)
    return Pupil(
        id=before.id,
        first_name=as_known("first_name", neat(row.first_name), before.first_name)
        or before.first_name,
        prefix=prefix,
        surname=surname,
        birth_date=row.birth_date or before.birth_date,
        number=neat(row.number) or before.number,
    )


def _left_otherwise(row: RosterPupil, before: KnownPupil) -> bool:
    """Whether the file knows another last day of an enrolment that is over."""
    if before.standing is not Standing.LEFT or row.left is None or before.start is None:
        return False
    return row.left != before.end and row.left >= before.start


def _same(after: Pupil | None, before: KnownPupil) -> bool:
    return after is not None and (
        (after.first_name, after.prefix, after.surname, after.birth_date, after.number)
        == (before.first_name, before.prefix, before.surname, before.birth_date, before.number)
    )
