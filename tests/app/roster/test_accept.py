"""An import is proposed, accepted, and repeated without fear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.check.answer import find_pupils
from app.consent.decide import raise_flag
from app.consent.records import Decision, SafetyFlag
from app.errors import Refusal, Trouble
from app.jobs import CancelledError
from app.people.people import PupilDraft, save_pupil
from app.people.places import leave
from app.people.records import (
    Authority,
    Enrolment,
    Group,
    Guardian,
    Pupil,
    Relation,
    Site,
    StaffMember,
)
from app.record import Compartment
from app.roster.accept import accept, lightened, propose, spendable
from app.roster.proposal import About, Change, Choice, Decided
from app.roster.read import read
from app.roster.undo import imports, undo_import
from app.start.begin import make_ready
from tests.app.roster.made import child, family, group, parent, roster, teacher
from tests.journeys.families import says

if TYPE_CHECKING:
    from pathlib import Path

    from app.roster.proposal import Proposal
    from app.roster.roster import Roster
    from db.register.session import LocalSession
    from tests.registers import School


BEGUN = date(2026, 8, 20)


@pytest.fixture
def session(school: School) -> LocalSession:
    """An administrator of a register without anybody in it."""
    opened = school.administrator()
    make_ready(opened)
    return opened


def taken(session: LocalSession, *people: object, **more: object) -> Roster:
    made = roster(*people, **more)
    accept(session, made, propose(session, made))
    return made


def changes(proposal: Proposal) -> list[tuple[About, Change, str]]:
    return [(line.about, line.change, line.name) for line in proposal.lines]


FAMILY = (
    child("Zoë", prefix="van der", key="z", number="12"),
    parent("Marijke", "Wal"),
    parent("Piotr", "Kowalczyk"),
    teacher("Ada"),
    *family(z=("Marijke Wal", "Piotr Kowalczyk")),
)


def test_a_roster_that_may_be_spent_is_written_as_any_other(session: LocalSession) -> None:
    whole = roster(*FAMILY)
    spent = spendable(whole)
    proposal = propose(session, spent)
    assert not [*spent.guardians, *spent.relations]
    assert not any(row.first_name for row in spent.pupils)
    accept(session, lightened(spent), proposal)
    assert propose(session, whole).is_empty
    assert whole.pupils[0].first_name == "Zoë"


def test_a_first_file_brings_everybody(session: LocalSession) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    assert changes(proposal) == [
        (About.PUPIL, Change.NEW, "Zoë van der Wal"),
        (About.GUARDIAN, Change.NEW, "Piotr Kowalczyk"),
        (About.GUARDIAN, Change.NEW, "Marijke Wal"),
        (About.STAFF, Change.NEW, "Ada Bos"),
        (About.GROUP, Change.NEW, "Zeester"),
    ]
    done = accept(session, made, proposal)
    assert (done.added, done.changed) == (4, 0)
    with session.look(Compartment.CONSENT) as reader:
        (pupil,) = reader.all(Pupil)
        (stay,) = reader.all(Enrolment)
        (site,) = reader.all(Site)
        assert stay.group_id == reader.all(Group, site_id=site.id)[0].id
        assert {tie.pupil_id for tie in reader.all(Relation)} == {pupil.id}
        assert len(reader.all(Guardian)) == 2
        assert reader.all(Authority) == ()
    assert [hit.name for hit in find_pupils(session, "zoe")] == ["Zoë van der Wal"]
    assert session.verify(Compartment.CONSENT).in_order


def test_the_same_file_twice_leaves_nothing_to_do(
    session: LocalSession, school: School
) -> None:
    made = taken(session, *FAMILY)
    again = propose(session, made)
    assert again.is_empty, changes(again)
    school.clock.move(timedelta(days=1))
    assert propose(session, made).is_empty


def test_nothing_to_do_leaves_no_import(session: LocalSession) -> None:
    made = taken(session, *FAMILY)
    with pytest.raises(Refusal, match=r"roster\.nothing"):
        accept(session, made, propose(session, made))
    assert len(imports(session)) == 1


# -- what a person decides ------------------------------------------------------------------


def names(session: LocalSession) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return sorted(pupil.first_name for pupil in reader.all(Pupil))


def test_a_proposal_is_enough_when_nothing_was_decided(session: LocalSession) -> None:
    made = roster(child("Zoë"), child("Bram"), group())
    proposal = propose(session, made)
    assert accept(session, lightened(made), proposal).added == 2
    assert names(session) == ["Bram", "Zoë"]


def test_a_decision_needs_the_people(session: LocalSession) -> None:
    taken(session, child("Zoë", number="1"), group())
    made = roster(child("Zoë", number="2"), group())
    proposal = propose(session, made)
    (line,) = proposal.doubtful
    with pytest.raises(RuntimeError):
        accept(session, lightened(made), proposal, {line.key: Decided(Choice.NEW)})
    assert names(session) == ["Zoë"]


def test_a_line_that_is_declined_is_not_done(session: LocalSession) -> None:
    made = roster(child("Zoë"), child("Tom"))
    proposal = propose(session, made)
    declined = {line.key: Decided(Choice.SKIP) for line in proposal.lines if "Tom" in line.name}
    accept(session, made, proposal, declined)
    assert names(session) == ["Zoë"]
    assert changes(propose(session, made)) == [(About.PUPIL, Change.NEW, "Tom Wal")]


def test_only_what_was_chosen_is_done(session: LocalSession) -> None:
    made = roster(child("Zoë"), child("Tom"))
    proposal = propose(session, made)
    wanted = {
        line.key: Decided(Choice.ACCEPT)
        for line in proposal.lines
        if "Tom" in line.name or line.about in {About.GROUP, About.SITE}
    }
    accept(session, made, proposal, wanted, others=Choice.SKIP)
    assert names(session) == ["Tom"]


def test_a_declined_child_leaves_its_parents_out(session: LocalSession) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    declined = {line.key: Decided(Choice.SKIP) for line in proposal.lines if "Zoë" in line.name}
    accept(session, made, proposal, declined)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Guardian) == ()
        assert len(reader.all(StaffMember)) == 1


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (None, [("Zoë", "12")]),
        (Choice.SAME, [("Zoë", "13")]),
        (Choice.ACCEPT, [("Zoë", "13")]),
        (Choice.NEW, [("Zoë", "12"), ("Zoë", "13")]),
    ],
)
def test_a_doubt_is_done_as_it_was_decided(
    session: LocalSession, choice: Choice | None, expected: list[tuple[str, str]]
) -> None:
    taken(session, child("Zoë", number="12"))
    made = roster(child("Zoë", number="13"), teacher("Ada"))
    proposal = propose(session, made)
    (line,) = proposal.doubtful
    decided = {}
    if choice is not None:
        decided[line.key] = Decided(choice, line.candidates[0].id)
    accept(session, made, proposal, decided)
    with session.look(Compartment.CONSENT) as reader:
        assert sorted((p.first_name, p.number) for p in reader.all(Pupil)) == expected


def test_parents_follow_the_child_that_was_chosen(session: LocalSession) -> None:
    """The mother of the child that is meant is known, so she is not taken over again."""
    taken(session, child("Zoë", key="z", number="12"), parent("Anna"), *family(z=("Anna Wal",)))
    made = roster(child("Zoë", key="y", number="13"), parent("Anna"), *family(y=("Anna Wal",)))
    proposal = propose(session, made)
    (line,) = proposal.doubtful
    accept(session, made, proposal, {line.key: Decided(Choice.ACCEPT)})
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(Guardian)) == 1
        assert len(reader.all(Relation)) == 1


def test_a_number_is_not_given_twice(session: LocalSession) -> None:
    taken(session, child("Zoë", number="12"))
    made = roster(child("Tom", "Bos", number="12"))
    proposal = propose(session, made)
    (line,) = proposal.doubtful
    with pytest.raises(Refusal) as refused:
        accept(session, made, proposal, {line.key: Decided(Choice.NEW)})
    assert refused.value.message.id == "people.number_taken"
    assert names(session) == ["Zoë"]


def swapped_numbers(session: LocalSession) -> tuple[Roster, Proposal, dict[str, str]]:
    """Zoë and Tom with each other's number, what is proposed, and the key of each line."""
    taken(session, child("Zoë", number="12"), child("Tom", number="13"))
    made = roster(child("Zoë", number="13"), child("Tom", number="12"))
    proposal = propose(session, made)
    keys = {line.name: line.key for line in proposal.doubtful}
    assert sorted(keys) == ["Tom Wal", "Zoë Wal"]
    return made, proposal, keys


def test_twins_whose_numbers_were_swapped_are_asked_about(session: LocalSession) -> None:
    made, proposal, keys = swapped_numbers(session)
    with session.look(Compartment.CONSENT) as reader:
        ids = {f"{pupil.first_name} Wal": pupil.id for pupil in reader.all(Pupil)}
    decided = {key: Decided(Choice.SAME, ids[name]) for name, key in keys.items()}
    accept(session, made, proposal, decided)
    with session.look(Compartment.CONSENT) as reader:
        found = {pupil.id: (pupil.first_name, pupil.number) for pupil in reader.all(Pupil)}
    assert found == {ids["Zoë Wal"]: ("Zoë", "13"), ids["Tom Wal"]: ("Tom", "12")}


def test_half_of_a_swap_of_numbers_is_refused(session: LocalSession) -> None:
    made, proposal, keys = swapped_numbers(session)
    with session.look(Compartment.CONSENT) as reader:
        zoe = next(pupil.id for pupil in reader.all(Pupil) if pupil.first_name == "Zoë")
    half = {keys["Zoë Wal"]: Decided(Choice.SAME, zoe)}
    with pytest.raises(Refusal, match="number_taken"):
        accept(session, made, proposal, half)


def test_a_number_that_a_child_keeps_is_not_given_to_another(session: LocalSession) -> None:
    first, second = child("Zoë", key="z", stable=True), child("Tom", key="t", stable=True)
    taken(session, replace(first, number="12"), replace(second, number="13"))
    made = roster(replace(first, number="14"), replace(second, number="12"))
    proposal = propose(session, made)
    keys = {line.name: line.key for line in proposal.lines}
    half = {keys["Zoë Wal"]: Decided(Choice.SKIP), keys["Tom Wal"]: Decided(Choice.ACCEPT)}
    with pytest.raises(Refusal, match="number_taken"):
        accept(session, made, proposal, half)


def test_that_somebody_is_back_is_accepted_of_the_one_who_left(
    session: LocalSession, school: School
) -> None:
    made = taken(session, *FAMILY, whole=True, as_of=date(2026, 11, 1))
    with session.look(Compartment.CONSENT) as reader:
        (pupil,) = reader.all(Pupil)
    school.clock.move(timedelta(days=2))
    leave(session, pupil.id, school.clock.today() - timedelta(days=1))
    proposal = propose(session, made)
    (line,) = proposal.doubtful
    assert line.change is Change.RETURNED
    done = accept(session, made, proposal, {line.key: Decided(Choice.ACCEPT)})
    assert (done.added, done.returned) == (0, 1)


def test_groups_that_become_one_move_everybody(session: LocalSession) -> None:
    taken(
        session, child("Zoë", group_keys=("a",)), child("Tom", group_keys=("b",)),
        group("a", "A"), group("b", "B"),
    )  # fmt: skip
    made = roster(child("Zoë"), child("Tom"), group("g", "AB"))
    proposal = propose(session, made)
    assert changes(proposal) == [(About.GROUP, Change.MERGED, "AB")]
    accept(session, made, proposal)
    assert propose(session, made).is_empty
    with session.look(Compartment.CONSENT) as reader:
        (one,) = reader.all(Group, name="AB")
        assert len(reader.all(Enrolment, group_id=one.id, end=None)) == 2


def test_a_group_that_goes_into_one_that_stays_moves_everybody(session: LocalSession) -> None:
    taken(
        session, child("Zoë", group_keys=("a",)), child("Tom", group_keys=("b",)),
        group("a", "A"), group("b", "B"),
    )  # fmt: skip
    made = roster(
        child("Zoë", group_keys=("a",)), child("Tom", group_keys=("a",)), group("a", "A")
    )
    proposal = propose(session, made)
    assert changes(proposal) == [(About.GROUP, Change.MERGED, "A")]
    accept(session, made, proposal)
    assert propose(session, made).is_empty
    with session.look(Compartment.CONSENT) as reader:
        (one,) = reader.all(Group, name="A")
        assert len(reader.all(Enrolment, group_id=one.id, end=None)) == 2


def test_who_is_missing_leaves_and_may_come_back(session: LocalSession, school: School) -> None:
    zoe, tom = child("Zoë", entered=BEGUN), child("Tom", entered=BEGUN)
    both = taken(session, zoe, tom, whole=True)
    school.clock.move(timedelta(days=10))
    taken(session, zoe, whole=True)
    assert find_pupils(session, "tom") == ()
    school.clock.move(timedelta(days=10))
    proposal = propose(session, both)
    assert changes(proposal) == [(About.PUPIL, Change.RETURNED, "Tom Wal")]
    accept(session, both, proposal)
    assert [hit.name for hit in find_pupils(session, "tom")] == ["Tom Wal"]


def test_a_group_that_is_declined_leaves_who_is_in_it_without_one(
    session: LocalSession,
) -> None:
    """What was declined in an import that was stopped is not forgotten by the next."""
    made = roster(child("Zoë"))
    proposal = propose(session, made)
    declined = {
        line.key: Decided(Choice.SKIP) for line in proposal.lines if line.about is About.GROUP
    }
    with pytest.raises(CancelledError):
        accept(session, made, proposal, declined, StopsAt(1))
    accept(session, made, proposal)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Enrolment)[0].group_id == reader.all(Group)[0].id
    undo_import(session, imports(session)[0][0].id)
    accept(session, made, propose(session, made), declined)
    with session.look(Compartment.CONSENT) as reader:
        assert (reader.all(Enrolment)[0].group_id, reader.all(Group)) == ("", ())


# -- what goes wrong --------------------------------------------------------------------------


def test_a_register_that_changed_meanwhile_is_looked_at_again(session: LocalSession) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    save_pupil(session, PupilDraft("Eva"))
    with pytest.raises(Refusal) as refused:
        accept(session, made, proposal)
    assert refused.value.message.id == "roster.stale"
    assert names(session) == ["Eva"]


@dataclass
class StopsAt:
    """A progress whose person stops at a step."""

    step_number: int

    def step(self, done: int, total: int) -> None:
        self.step_number -= 1
        if self.step_number < 0:
            raise CancelledError


@pytest.mark.parametrize("step", range(5))
def test_an_import_that_is_stopped_leaves_nothing(session: LocalSession, step: int) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    with session.look(Compartment.CONSENT) as reader:
        head = reader.head()
    with pytest.raises(CancelledError):
        accept(session, made, proposal, None, StopsAt(step))
    with session.look(Compartment.CONSENT) as reader:
        assert (reader.all(Pupil), reader.all(Group), reader.head()) == ((), (), head)
    accept(session, made, proposal)


def test_a_full_disk_leaves_nothing(session: LocalSession) -> None:
    people = [child(f"Zoë{number}", number=str(number)) for number in range(900)]
    made = roster(*people)
    proposal = propose(session, made)
    raw = session._compartments.file(Compartment.CONSENT)._opened.raw
    ((pages,),) = raw.execute("PRAGMA page_count").fetchall()
    raw.execute(f"PRAGMA max_page_count = {pages + 20}").fetchall()
    with pytest.raises(Trouble) as met:
        accept(session, made, proposal)
    assert met.value.message.id == "register.disk_full"
    raw.execute("PRAGMA max_page_count = 1000000").fetchall()
    assert names(session) == []
    accept(session, made, proposal)
    assert len(names(session)) == 900
    assert session.verify(Compartment.CONSENT).in_order


def test_who_may_not_write_may_not_import(session: LocalSession, school: School) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    with pytest.raises(Refusal):
        accept(school.teacher(), made, proposal)


def test_authority_answers_and_flags_are_never_touched(session: LocalSession) -> None:
    taken(session, *FAMILY)
    with session.look(Compartment.CONSENT) as reader:
        pupil, mother = reader.all(Pupil)[0], reader.all(Guardian, first_name="Marijke")[0]
    says(session, pupil, mother)
    raise_flag(session, pupil.id)
    kinds = (Authority, Decision, SafetyFlag)
    with session.look(Compartment.CONSENT) as reader:
        before = [reader.all(kind) for kind in kinds]
    taken(session, child("Zoë", "Bos", key="z", number="12"), child("Tom"), whole=True)
    made = roster(child("Tom"), whole=True)
    proposal = propose(session, made)
    sure = {line.key: Decided(Choice.ACCEPT) for line in proposal.doubtful}
    assert accept(session, made, proposal, sure).left == 1
    with session.look(Compartment.CONSENT) as reader:
        assert [reader.all(kind) for kind in kinds] == before
        assert len(reader.all(Relation)) == 2


EDEX = """<?xml version="1.0" encoding="utf-8"?>
<EDEX><school><schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode></school>
<vestigingen><vestiging key="A"><naam>De Kade</naam></vestiging>
<vestiging key="B"><naam>De Steiger</naam></vestiging></vestigingen>
<groepen><groep key="g"><naam>Zeester</naam><jaargroep>3</jaargroep></groep>
<groep key="h"><naam>Leeg</naam><jaargroep>4</jaargroep></groep></groepen><leerlingen>
<leerling key="1"><achternaam>Wal</achternaam><voorvoegsel>van der</voorvoegsel>
<roepnaam>Zoë</roepnaam><geboortedatum>2020-05-04</geboortedatum><groep key="g"/>
<vestiging key="A"/></leerling>
<leerling key="2"><achternaam>Bos</achternaam><roepnaam>Tom</roepnaam><groep key="g"/>
<vestiging key="B"/></leerling>
<leerling key="3"><roepnaam>Eva</roepnaam><uitstroomdatum>2026-10-01</uitstroomdatum></leerling>
</leerlingen><leerkrachten><leerkracht key="l"><achternaam>Vis</achternaam>
<roepnaam>Ada</roepnaam><rol>LRK</rol></leerkracht></leerkrachten></EDEX>"""


def test_an_export_comes_in_whole(session: LocalSession, tmp_path: Path) -> None:
    """Also who names no site, and groups without pupils."""
    place = tmp_path / "edex.xml"
    place.write_text(EDEX, "utf-8")
    made = read([place])
    before = propose(session, made)
    done = accept(session, made, before)
    assert done.added == len(made.pupils) + len(made.guardians) + len(made.staff)
    assert propose(session, made).is_empty
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(Relation)) == len(made.relations)
        assert {g.name for g in made.groups} <= {g.name for g in reader.all(Group)}
        assert {s.name for s in made.sites} <= {s.name for s in reader.all(Site)}


def test_a_register_that_was_locked_meanwhile_takes_nothing(
    session: LocalSession, school: School
) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    school.lock()
    with pytest.raises(Refusal):
        accept(session, made, proposal)
    again = school.administrator()
    assert names(again) == []
    accept(again, made, propose(again, made))


def test_a_proposal_that_nobody_looks_at_any_more_is_let_go_once_it_is_written(
    session: LocalSession,
) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    lines, plan = proposal.lines, proposal.plan
    assert lines[0].name
    heard: list[int] = []
    session.listen(lambda _: heard.append(len(lines)))
    accept(session, made, replace(proposal, spent=True))
    assert heard[0] == 0, "it is gone before anybody hears of the import"
    assert plan is not None
    assert (plan.steps, len(plan.ties), lines[0].name) == ([], 0, "")


def test_a_proposal_that_could_not_be_written_is_kept(session: LocalSession) -> None:
    made = roster(*FAMILY)
    proposal = replace(propose(session, made), spent=True)
    with pytest.raises(CancelledError):
        accept(session, made, proposal, None, StopsAt(1))
    assert accept(session, made, proposal).added == 4
