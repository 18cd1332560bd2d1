"""A file that is older than the last import says so, and changes nothing unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.errors import Refusal
from app.people.people import StaffDraft, save_staff
from app.people.records import Group, Pupil, StaffMember
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.proposal import About, Change, Choice, Decided
from app.roster.records import RosterImport
from app.roster.undo import imports, undo_import
from tests.app.roster.compared import lines, only, proposed, pupil, register
from tests.app.roster.made import child, family, group, parent, roster, site, teacher
from tests.app.roster.test_accept import session, taken

if TYPE_CHECKING:
    from app.roster.proposal import Proposal
    from db.register.session import LocalSession
    from tests.registers import School

__all__ = ["session"]
SOONER, LATER = date(2026, 10, 1), date(2026, 11, 2)
TOM = pupil("t", "Tom")
ADA = StaffMember(id="m", first_name="Ada", surname="Bos")


def imported(as_of: date | None = LATER, digest: str = "x", hour: int = 9) -> RosterImport:
    at = datetime(2026, 11, 3, hour, tzinfo=UTC)
    return RosterImport(
        id=f"i{hour}", source_id="s", files="", digest=digest, as_of=as_of, imported_at=at
    )


def late(*rows: Any, as_of: date = SOONER, **more: Any) -> Proposal:
    """What a file of the first of October proposes after one of November."""
    known = register(pupil(), TOM, ADA, imports=(imported(),), **more)
    return proposed(known, *rows, as_of=as_of, whole=True, whole_staff=True)


def why(proposal: Proposal) -> dict[tuple[str, Change], str]:
    return {
        (line.name, line.change): line.doubt.id if line.doubt else "" for line in proposal.lines
    }


def test_an_older_file_says_so_and_every_change_is_doubtful() -> None:
    found = late(child("Zoë", surname="Bos", number="1"), child("Ida"), teacher("Eva"))
    assert found.warning is not None
    assert found.warning.values == {"day": SOONER, "newest": LATER}
    doubt = "roster.doubt_older"
    assert why(found)["Ida Wal", Change.NEW] == doubt
    assert why(found)["Tom Wal", Change.LEFT] == doubt
    assert why(found)["Ada Bos", Change.LEFT] == doubt
    assert why(found)["Eva Bos", Change.NEW] == doubt


def test_what_a_known_child_would_become_is_doubtful() -> None:
    changed = only(late(child("Zoë", number="7"), child("Tom"), teacher("Ada")))
    assert (changed.change, changed.doubt is not None) == (Change.CHANGED, True)


def test_a_file_of_the_same_day_or_later_is_not_older() -> None:
    for day in (LATER, LATER + timedelta(days=9)):
        found = late(child("Zoë", number="7"), child("Tom"), teacher("Ada"), as_of=day)
        assert (found.warning, only(found).doubt) == (None, None)


def test_a_site_where_nobody_is_yet_gets_its_pupils_unasked() -> None:
    """Two files of one school, one for each site, need not be of one day."""
    rows = (site("n", "Nieuw"), child("Ida", site_key="n"), parent("Eva", key="e"))
    found = late(*rows, *family(**{"#0": "e"}))
    assert found.warning is not None
    assert only(found).doubt is None


def test_this_very_file_again_after_another_one_may_be_older() -> None:
    rows = (child("Zoë", number="7"), child("Tom"))
    digest = roster(*rows).digest
    before = (imported(None, "other", 10), imported(None, digest))
    known = register(pupil(), TOM, imports=before)
    again = proposed(known, *rows)
    assert again.warning is not None
    assert again.warning.id == "roster.older_again"
    assert only(again).doubt is None
    assert proposed(register(pupil(), TOM, imports=before[1:]), *rows).warning is None


def test_groups_of_an_older_file_are_not_renamed_or_united_unasked() -> None:
    known = register(pupil(), TOM, imports=(imported(),), keys={"group:g": "g"})
    rows = (child("Zoë"), child("Tom"), group("g", "Anders"))
    line = only(proposed(known, *rows, as_of=SOONER), About.GROUP)
    assert (line.change, line.doubt is not None) == (Change.CHANGED, True)


def test_a_move_by_hand_after_the_day_of_a_file_is_not_undone_unasked() -> None:
    here = (group("g", "Zeester"), group("h", "Zeepaard"), child("Zoë", group_keys=("h",)))
    moved = date(2026, 11, 5)

    def doubt(as_of: date, **more: Any) -> str:
        known = register(pupil(start=moved), **more)
        found = only(proposed(known, *here, as_of=as_of))
        assert found.change is Change.CHANGED
        return found.doubt.id if found.doubt else ""

    assert doubt(LATER) == "roster.doubt_moved_later"
    assert doubt(moved) == ""
    assert doubt(SOONER, imports=(imported(SOONER),)) == "roster.doubt_moved_later"
    same = replace(imported(SOONER), imported_at=datetime(2026, 11, 5, 9, tzinfo=UTC))
    assert doubt(SOONER, imports=(same,)) == ""


def test_rows_dated_in_days_to_come_do_not_count_as_later() -> None:
    found = late(child("Zoë", number="7"), child("Tom"), as_of=date(2099, 1, 1))
    assert found.warning is None


@pytest.fixture
def dated(session: LocalSession, school: School) -> LocalSession:
    """A register after a file of November."""
    taken(session, child("Zoë", number="1", key="1"), as_of=LATER)
    school.clock.move(timedelta(days=1))
    return session


def test_the_day_of_a_file_is_kept_with_its_import(dated: LocalSession) -> None:
    assert imports(dated)[0][0].as_of == LATER
    older = roster(child("Zoë", "Bos", number="1", key="1"), as_of=SOONER)
    proposal = propose(dated, older)
    assert proposal.warning is not None
    with pytest.raises(Refusal, match=r"roster\.nothing"):
        accept(dated, older, proposal)
    undo_import(dated, imports(dated)[0][0].id)
    assert propose(dated, older).warning is None


def test_what_somebody_takes_over_of_an_older_file_is_taken_over(dated: LocalSession) -> None:
    named = (child("Zoë", "Bos", number="1", key="1"), group("g", "Zeepaard"))
    taken(dated, child("Zoë", number="1", key="1"), group("g", "Krab"), as_of=LATER)
    older = roster(*named, as_of=SOONER)
    proposal = propose(dated, older)
    decided = {line.key: Decided(Choice.ACCEPT) for line in proposal.doubtful}
    assert {line.about for line in proposal.doubtful} == {About.PUPIL, About.GROUP}
    accept(dated, older, proposal, decided)
    with dated.look(Compartment.CONSENT) as reader:
        assert reader.all(Pupil)[0].surname == "Bos"
        assert "Zeepaard" in {each.name for each in reader.all(Group)}


# -- staff who are missing --------------------------------------------------------------------


def test_staff_missing_from_a_file_of_a_year_that_is_over_are_doubtful() -> None:
    known = register(pupil(), ADA)
    found = proposed(known, child("Zoë"), whole_staff=True, school_year="2024-2025")
    (line,) = lines(found, About.STAFF)
    assert line.doubt is not None
    assert line.doubt.id == "roster.doubt_staff_year_over"


def test_staff_put_in_by_hand_after_the_day_of_a_file_are_doubtful(
    session: LocalSession,
) -> None:
    ada = save_staff(session, StaffDraft("Ada", surname="Bos"))
    save_staff(session, StaffDraft("Ada", surname="Bosch", id=ada.id))
    made: dict[str, Any] = {"whole_staff": True}
    for day, doubt in ((LATER, "roster.doubt_staff_later"), (None, "")):
        found = propose(session, roster(child("Zoë"), as_of=day, **made))
        assert why(found)["Ada Bosch", Change.LEFT] == doubt


def test_staff_of_an_earlier_file_are_missed_in_the_next(session: LocalSession) -> None:
    taken(session, teacher("Ada", key="t", stable=True), as_of=LATER)
    found = propose(session, roster(child("Zoë"), as_of=LATER, whole_staff=True))
    assert why(found)["Ada Bos", Change.LEFT] == ""
