"""Proposing what an import would do, and doing it, all of it or nothing.

An import writes people, places and enrolments. It never touches decisions, authority, safety
flags or dossiers, and it never deletes: authority stays not known until somebody records it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from app.errors import Refusal
from app.ids import new_id
from app.jobs import SILENT, Part, Progress, awaited
from app.names import fold
from app.people.places import latest, open_enrolments
from app.people.records import Enrolment, EnrolmentKind, Pupil
from app.record import Compartment
from app.register.records import School
from app.roster.asking import Asking
from app.roster.calm import Pace, let_go, uncollected
from app.roster.compare import compare, proposal_of
from app.roster.older import day_of
from app.roster.placing import span_of
from app.roster.plan import let_go_of
from app.roster.proposal import About, Change, Choice, Decided, Proposal
from app.roster.questions import Known, KnownPeople, PeopleState
from app.roster.records import RosterImport, RosterSource, SourceKey
from app.roster.related import relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from app.ports import Reader, Session, Work
    from app.record import Record
    from app.roster.plan import Plan, Step
    from app.roster.related import ByChild
    from app.roster.roster import Roster

T = TypeVar("T")
_SOME = 400
"""So many people are written between two reports of progress, well below 0.1 seconds."""
_WRITTEN, _WHOLE = 600, 1000
"""Writing people is three fifths of the progress; the rest is bringing lists up to date."""
_DAY = timedelta(days=1)
_id_of = attrgetter("id")
_PEOPLE = frozenset({About.PUPIL, About.GUARDIAN, About.STAFF})
_PLACES = (About.SITE, About.GROUP)


def propose(
    session: Session, roster: Roster, site_id: str = "", progress: Progress = SILENT
) -> Proposal:
    """What an import would do; nothing is written.

    Args:
        session: who asks.
        roster: what the files say; of one that may be spent the people are gone afterwards.
        site_id: the site that is meant when the files name none.
        progress: told how far it is.

    Raises:
        Refusal: `roster.site_needed` when no site is named and the school has several.
    """
    today = session.clock.today()
    with uncollected(), awaited(progress, 0, 1) as told:
        with session.look(Compartment.CONSENT) as reader:
            known = _known(reader, roster, today)
            asking = _asking(reader, today, site_id, told)
        return proposal_of(roster, known, compare(roster, known, asking))


def accept(
    session: Session,
    roster: Roster,
    proposal: Proposal,
    decided: Mapping[str, Decided] | None = None,
    progress: Progress = SILENT,
    others: Choice = Choice.ACCEPT,
) -> RosterImport:
    """Write what was proposed, in one unit of work; cancelled or failed, nothing is written.

    A doubtful line about which nothing was decided is left as it is.

    Args:
        session: who accepts.
        roster: what the files say, the same as proposed.
        proposal: what was proposed.
        decided: what a person decided, by key of the line.
        progress: told how far it is.
        others: `ACCEPT` or `SKIP`, for lines that are not doubtful and not in `decided`.

    Raises:
        Refusal: `roster.stale` when the register changed since the proposal; `roster.nothing`
            when nothing is to be written; `people.number_taken` when somebody new would get
            the number of somebody else; `register.not_found` when somebody chosen is gone.
        Trouble: `register.disk_full` and the like.
        CancelledError: when the person stopped it. Who stops after it was written stops the
            making of the check list, and hears `check.behind`.
    """
    asked = _Asked(dict(decided or {}), others)
    begun = session.work(Compartment.CONSENT, "roster_imported", progress=progress)
    with uncollected(), begun as work, awaited(progress, 0, _WHOLE) as told:
        told.step(0, _WHOLE)
        if work.ask(PeopleState()) != proposal.stale:
            raise Refusal("roster.stale")
        plan = _settled(session, work, roster, proposal, asked)
        told.step(0, _WHOLE)
        steps, ties = _Taken(plan, asked).steps(Pace(Part(told, 0, 0, _WHOLE)))
        if not ties and not any(step.shows for step in steps):
            raise Refusal("roster.nothing")
        writing = Part(told, 0, _WRITTEN, _WHOLE)
        written = _Writer(session, work, roster, plan, writing).write(steps, ties)
        work.commit(Part(told, _WRITTEN, _WHOLE, _WHOLE))
        if proposal.spent:
            let_go_of(plan, proposal.lines)
            let_go(steps)
    return written


def spendable(roster: Roster) -> Roster:
    """A roster whose people are let go one by one while it is compared, to save memory.

    Afterwards it is good for nothing but accepting without decisions, as a lightened one.
    """
    return replace(
        roster,
        pupils=list(roster.pupils),
        guardians=list(roster.guardians),
        relations=list(roster.relations),
    )


def lightened(roster: Roster) -> Roster:
    """What accepting needs of a roster once it was proposed and nothing is decided about it.

    The people of a roster of a hundred thousand pupils hold on to much memory. Who lets
    somebody decide about lines keeps the roster itself, or reads it once more when
    `compares_again` says so.
    """
    return replace(roster, groups=(), pupils=(), guardians=(), relations=(), staff=())


def compares_again(proposal: Proposal, decided: Mapping[str, Decided]) -> bool:
    """Whether accepting compares once more, for which it needs the people of the roster.

    What was decided about one line can bear on others (whose child somebody is).
    """
    steps = proposal.plan.steps if proposal.plan else ()
    doubtful = {step.line_key for step in steps if step.doubt is not None}
    chosen = (Choice.SAME, Choice.NEW)
    return any(
        key in doubtful or ruling.choice in chosen
        for key, ruling in decided.items()
        if not _skips(ruling)
    )


@dataclass(slots=True)
class _Asked:
    decided: dict[str, Decided]
    others: Choice

    def takes(self, step: Step) -> bool:
        """Whether a step is to be done."""
        ruling = self.decided.get(step.line_key) if self.decided else None
        if ruling is not None:
            return ruling.choice is not Choice.SKIP
        if not step.shows:
            return True
        return step.doubt is None and self.others is Choice.ACCEPT


def _known(reader: Reader, roster: Roster, today: date) -> Known:
    on = span_of(roster.school_year, today).begins(today)
    return reader.ask(KnownPeople(roster.kind.value, roster.source, on))


def _asking(reader: Reader, today: date, site_id: str, progress: Progress) -> Asking:
    school = reader.find(School, "school")
    name = school.name if school else ""
    return Asking(today=today, site_id=site_id, school=name, progress=progress)


def _settled(
    session: Session, work: Work, roster: Roster, proposal: Proposal, asked: _Asked
) -> Plan:
    """The plan with everything that was decided in it."""
    plan = proposal.plan
    if plan is None:
        raise RuntimeError("a proposal is accepted as it was made")
    if not compares_again(proposal, asked.decided):
        return plan
    rulings = {key: ruling for key, ruling in asked.decided.items() if not _skips(ruling)}
    doubtful = {step.line_key: step for step in plan.steps if step.doubt is not None}
    for key, step in doubtful.items():
        ruling = rulings.get(key)
        person = step.about in _PEOPLE and step.number >= 0
        if person and ruling is not None and ruling.choice is Choice.ACCEPT:
            known_one = step.id if step.before is not None else ""
            candidates = plan.candidates.get(key)
            likely = candidates[0].id if candidates else known_one
            rulings[key] = Decided(Choice.SAME, likely) if likely else Decided(Choice.NEW)
    today = session.clock.today()
    known = _known(work, roster, today)
    _refuse_unknown(known, rulings)
    asking = _asking(work, today, plan.site_id, SILENT)
    if not (roster.pupils or roster.guardians or roster.staff):
        raise RuntimeError("a roster without its people cannot be compared again")
    plan = compare(roster, known, replace(asking, decided=rulings))
    _refuse_taken(known, plan, asked)
    return plan


def _skips(ruling: Decided) -> bool:
    return ruling.choice is Choice.SKIP


def _refuse_unknown(known: Known, rulings: Mapping[str, Decided]) -> None:
    people: dict[str, Mapping[str, object]] = {
        About.PUPIL.value: known.pupils,
        About.GUARDIAN.value: known.guardians,
        About.STAFF.value: known.staff,
    }
    for key, ruling in rulings.items():
        about = key.partition(":")[0]
        if ruling.choice is Choice.SAME and ruling.same not in people.get(about, {}):
            raise Refusal("register.not_found")


def _refuse_taken(known: Known, plan: Plan, asked: _Asked) -> None:
    """Refuse a choice that would give two children one number."""
    changed = [
        (step, step.after.number)
        for step in plan.steps
        if isinstance(step.after, Pupil) and asked.takes(step)
    ]
    numbered = {step.id: number for step, number in changed}
    numbers = {
        fold(pupil.number): pupil.id
        for pupil in known.pupils.values()
        if pupil.number and fold(pupil.number) == fold(numbered.get(pupil.id, pupil.number))
    }
    for step, number in changed:
        if number and numbers.setdefault(fold(number), step.id) != step.id:
            raise Refusal("people.number_taken", field=step.line_key, number=number)


class _Taken:
    """The steps of a plan that are to be done, and what depends on those that are not."""

    def __init__(self, plan: Plan, asked: _Asked) -> None:
        self._plan, self._asked = plan, asked

    def steps(self, pace: Pace) -> tuple[list[Step], ByChild]:
        """What is to be written; the plan stays as it was proposed."""
        plan = self._plan
        skipped = [step for step in pace.over(plan.steps) if not self._asked.takes(step)]
        if not skipped:
            return plan.steps, plan.ties.by_child()
        gone = {step.id for step in skipped if step.is_new and step.about in _PLACES}
        gone |= self._groups_of(gone)
        apart = {step.id for step in skipped if step.change is Change.MERGED}
        people = {step.id for step in skipped if step.about in _PEOPLE and _bears(step)}
        taken = []
        for step in map(self._chosen, pace.over(plan.steps)):
            if step is None or step.id in gone:
                continue
            placed = self._placed(step, gone, apart)
            if placed is not None:
                taken.append(placed)
            else:
                people.add(step.id)
        return self._related(taken, people)

    def _chosen(self, step: Step) -> Step | None:
        """The step when it is taken; who moves with a whole group does so whatever else."""
        if self._asked.takes(step):
            return step
        if step.line_key in self._plan.moved:
            return replace(step, change=Change.UNCHANGED, after=None, key="")
        return None

    def _groups_of(self, sites: set[str]) -> set[str]:
        return {
            step.id
            for step in self._plan.steps
            if step.about is About.GROUP and getattr(step.after, "site_id", "") in sites
        }

    def _placed(self, step: Step, gone: set[str], apart: set[str]) -> Step | None:
        """The step without places that are not made; None for somebody new who has no other."""
        stay = step.stay
        if stay is None:
            return step
        if step.line_key in self._plan.moved and stay.group_id in apart:
            return replace(step, stay=None)
        if stay.site_id in gone:
            return None if step.is_new else replace(step, stay=None)
        if stay.group_id in gone:
            other = stay._replace(group_id="") if step.is_new else None
            return replace(step, stay=other)
        return step

    def _related(self, taken: list[Step], people: set[str]) -> tuple[list[Step], ByChild]:
        """Without relations of people who are left, and without guardians of no child."""
        ties = self._plan.ties.by_child(without=people)
        related = ties.guardians()
        steps = [
            step
            for step in taken
            if step.about is not About.GUARDIAN or not step.is_new or step.id in related
        ]
        return steps, ties


def _bears(step: Step) -> bool:
    """Whether leaving a step leaves the relations of its person too."""
    return step.is_new or step.doubt is not None or step.about is About.GUARDIAN


class _Writer:
    """Writes the steps of a plan in one unit of work."""

    def __init__(
        self, session: Session, work: Work, roster: Roster, plan: Plan, progress: Progress
    ) -> None:
        self._session, self._work, self._roster = session, work, roster
        self._plan, self._progress = plan, progress
        self._now: datetime = session.clock.now()
        self._source, self._new_source = self._find_source()
        self._done = 0

    def write(self, steps: list[Step], ties: ByChild) -> RosterImport:
        """Write everything; returns the record of the import."""
        by_about: dict[About, list[Step]] = {about: [] for about in About}
        total = len(steps)
        for step in Pace(Part(self._progress, 0, 0, total)).over(steps):
            by_about[step.about].append(step)
        if self._new_source:
            self._work.add(self._source)
        if self._plan.year_is_new and by_about[About.GROUP]:
            self._work.add(self._plan.year)
        for about in (About.SITE, About.GROUP, About.STAFF, About.GUARDIAN):
            for some in _slices(by_about[about]):
                self._progress.step(self._done, total)
                self._write_some(some)
        by_about[About.PUPIL].sort(key=_id_of)
        for some in _slices(by_about[About.PUPIL]):
            self._progress.step(self._done, total)
            self._write_some(some, ties)
        self._write_ties(ties)
        written = self._record(steps)
        self._work.add(written)
        self._progress.step(total, total)
        return written

    def _write_some(self, steps: list[Step], ties: ByChild | None = None) -> None:
        work = self._work
        added: list[Record] = [s.after for s in steps if s.is_new and s.after is not None]
        added += self._stays(steps)
        if ties is not None:
            for step in steps:
                added += relations(ties.of(step.id), work)
        added += self._keys(steps)
        work.pour(*added)
        changed = [s.after for s in steps if not s.is_new and s.after is not None]
        work.change(*changed)
        self._done += len(steps)

    def _write_ties(self, ties: ByChild) -> None:
        """Relations of children about whom nothing else changes."""
        left = ties.left()
        while some := list(islice(left, _SOME)):
            self._progress.step(self._done, self._done)
            self._work.pour(*relations(some, self._work))

    # -- enrolments ---------------------------------------------------------------------------

    def _stays(self, steps: list[Step]) -> Iterator[Enrolment]:
        """New enrolments, and the ends of those that they follow or that are over."""
        moving = [s for s in steps if not s.is_new and (s.stay or s.last_day)]
        facts: dict[str, list[Enrolment]] = {step.id: [] for step in moving}
        if moving:
            for fact in self._work.all(Enrolment, pupil_id=tuple(facts)):
                facts[fact.pupil_id].append(fact)
        for step in moving:
            yield from self._ends(step, tuple(facts[step.id]))
        for step in steps:
            if step.stay is not None:
                yield self._enrolment(step)

    def _ends(self, step: Step, facts: tuple[Enrolment, ...]) -> Iterator[Enrolment]:
        last = step.stay.start - _DAY if step.stay else step.last_day
        if last is None:
            return
        ending = open_enrolments(facts, last)
        if step.stay and step.stay.end and step.last_day is None:  # what comes later stays
            until = step.stay.end
            ending = tuple(fact for fact in ending if fact.start <= until)
        if not ending and step.stay is None:
            over = [f for f in latest(facts) if f.kind is EnrolmentKind.ENROLLED and f.end]
            ending = tuple(sorted(over, key=_end))[-1:]
        for fact in ending:
            end = max(last, fact.start - _DAY)
            yield replace(fact, id=new_id(), end=end, recorded_at=self._now, replaces=fact.id)

    def _enrolment(self, step: Step) -> Enrolment:
        if step.stay is None:
            raise RuntimeError("nobody is enrolled nowhere")
        site, group, start, end = step.stay
        return Enrolment(
            id=new_id(),
            pupil_id=step.id,
            kind=EnrolmentKind.ENROLLED,
            site_id=site,
            group_id=group,
            start=start,
            end=end,
            recorded_at=self._now,
        )

    # -- the source ---------------------------------------------------------------------------

    def _find_source(self) -> tuple[RosterSource, bool]:
        kind, name = self._roster.kind.value, self._roster.source
        known = self._work.all(RosterSource, kind=kind, name=name)
        if known:
            return known[0], False
        return RosterSource(id=new_id(), kind=kind, name=name), True

    def _keys(self, steps: list[Step]) -> list[SourceKey]:
        """Keys to be remembered; one that named somebody else follows the file."""
        wanted = {(step.about.value, step.key): step.id for step in steps if step.key}
        if not wanted:
            return []
        if not self._new_source:
            changed = []
            keys = tuple({key for _, key in wanted})
            for known in self._work.all(SourceKey, source_id=self._source.id, key=keys):
                about = wanted.pop((known.what, known.key), None)
                if about is not None and about != known.about:
                    changed.append(replace(known, about=about))
            self._work.change(*changed)
        return [
            SourceKey(id=new_id(), source_id=self._source.id, what=what, key=key, about=about)
            for (what, key), about in wanted.items()
        ]

    def _record(self, steps: Iterable[Step]) -> RosterImport:
        number = Counter(step.change for step in steps if step.about in _PEOPLE)
        return RosterImport(
            id=new_id(),
            source_id=self._source.id,
            files="\n".join(self._roster.files),
            digest=self._roster.digest,
            as_of=day_of(self._roster, self._session.clock.today()),
            added=number[Change.NEW],
            changed=number[Change.CHANGED],
            left=number[Change.LEFT],
            returned=number[Change.RETURNED],
            imported_at=self._now,
        )


def _end(fact: Enrolment) -> tuple[date, str]:
    return fact.end or fact.start, fact.id


def _slices(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), _SOME):
        yield items[start : start + _SOME]
