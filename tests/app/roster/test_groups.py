"""Groups that become one, get another name or change names; who is in them goes along."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.people.places import latest
from app.people.records import Enrolment, Group, Pupil
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.proposal import About, Change, Choice, Decided
from app.roster.undo import imports, undo_import
from tests.app.roster.compared import fields, lines, proposed, pupil, register
from tests.app.roster.made import child, group, roster
from tests.app.roster.test_accept import changes, session, taken

if TYPE_CHECKING:
    from app.roster.proposal import Line, Proposal
    from db.register.session import LocalSession

__all__ = ["session"]
A, B, C = group("a", "A"), group("b", "B"), group("c", "C")
ZOE, TOM = child("Zoë", group_keys=("a",)), child("Tom", group_keys=("b",))
MERGED = Change.MERGED


def placed(session: LocalSession) -> dict[str, str]:
    """The group of everybody, by first name."""
    with session.look(Compartment.CONSENT) as reader:
        names = {each.id: each.name for each in reader.all(Group)}
        facts = latest(reader.all(Enrolment))
        return {
            reader.get(Pupil, fact.pupil_id).first_name: names.get(fact.group_id, "")
            for fact in facts
            if fact.end is None
        }


def merged(proposal: Proposal) -> list[tuple[str, str]]:
    return [(line.name, line.detail) for line in proposal.lines if line.change is MERGED]


def of(proposal: Proposal, change: Change) -> Line:
    return next(line for line in proposal.lines if line.change is change)


# -- groups that become one -------------------------------------------------------------------


def test_an_undone_merger_of_groups_leaves_everybody_where_he_was(
    session: LocalSession,
) -> None:
    taken(session, ZOE, TOM, A, B)
    for rows, where in ((("a",), "A"), (("c",), "C")):
        made = roster(*(child(name, group_keys=rows) for name in ("Zoë", "Tom")), A, C)
        proposal = propose(session, made)
        assert merged(proposal) == [(where, "A + B")]
        accept(session, made, proposal)
        assert placed(session) == {"Zoë": where, "Tom": where}
        undo_import(session, imports(session)[0][0].id)
        assert placed(session) == {"Zoë": "A", "Tom": "B"}


def test_a_group_of_which_everybody_is_doubtful_is_not_merged_yet() -> None:
    known = register(pupil(number="1"), pupil("q", "Tom", group_id="h"))
    rows = (child("Zoë", number="2", group_keys=("h",)), child("Tom", group_keys=("h",)))
    proposal = proposed(known, *rows, group("h", "Zeepaard"))
    assert [line.about for line in proposal.lines] == [About.PUPIL]
    assert proposal.doubts == 1


def test_two_doubtful_rows_about_one_child_do_not_stand_for_two() -> None:
    known = register(pupil(), pupil("q", "Eva"), pupil("r", "Tom", group_id="h"))
    doubtful = child("Zoë", birth_date=None, group_keys=("h",))
    rows = (doubtful, child("Zoë", birth_date=None, number="9", group_keys=("h",)))
    proposal = proposed(known, *rows, child("Tom", group_keys=("h",)), group("h", "Zeepaard"))
    assert merged(proposal) == []


def test_who_is_doubtful_in_a_merged_group_stays_until_somebody_decided(
    session: LocalSession,
) -> None:
    eva = child("Eva", number="3", group_keys=("b",))
    taken(session, ZOE, TOM, eva, A, B)
    rows = (ZOE, child("Tom", group_keys=("a",)))
    made = roster(*rows, child("Eva", number="4", group_keys=("a",)), A)
    proposal = propose(session, made)
    assert merged(proposal) == [("A", "A + B")]
    (doubt,) = proposal.doubtful
    accept(session, made, proposal, {doubt.key: Decided(Choice.ACCEPT)})
    assert placed(session) == {"Zoë": "A", "Tom": "A", "Eva": "A"}
    assert propose(session, made).is_empty


@pytest.mark.parametrize("where", ["a", "c"], ids=["one that stays", "a new one"])
@pytest.mark.parametrize("declined", [MERGED, Change.CHANGED])
def test_a_new_name_and_a_merger_are_decided_about_each_by_itself(
    session: LocalSession, where: str, declined: Change
) -> None:
    eva = child("Eva", group_keys=("b",))
    taken(session, ZOE, child("Tom", group_keys=("b",), number="1"), eva, A, B)
    tom = child("Tom", "Bos", group_keys=(where,), number="1")
    rest = [child(name, group_keys=(where,)) for name in ("Zoë", "Eva")]
    made = roster(tom, *rest, A, C)
    proposal = propose(session, made)
    assert fields(of(proposal, Change.CHANGED)) == {"surname": ("Wal", "Bos")}
    declining = {of(proposal, declined).key: Decided(Choice.SKIP)}
    accept(session, made, proposal, declining)
    together = {"Zoë": where.upper(), "Tom": where.upper(), "Eva": where.upper()}
    apart = {"Zoë": "A", "Tom": "B", "Eva": "B"}
    assert placed(session) == (apart if declined is MERGED else together)
    with session.look(Compartment.CONSENT) as reader:
        (known,) = reader.all(Pupil, number="1")
    assert known.surname == ("Bos" if declined is MERGED else "Wal")
    assert {line.change for line in propose(session, made).lines} >= {declined}


def test_only_a_merger_can_be_accepted(session: LocalSession) -> None:
    taken(session, ZOE, TOM, A, B)
    rows = [child(name, group_keys=("a",)) for name in ("Zoë", "Tom", "Nieuw")]
    made = roster(*rows, A)
    proposal = propose(session, made)
    chosen = {of(proposal, MERGED).key: Decided(Choice.ACCEPT)}
    accept(session, made, proposal, chosen, others=Choice.SKIP)
    assert placed(session) == {"Zoë": "A", "Tom": "A"}


def test_who_moves_with_his_group_and_leaves_later_is_seen_by_himself() -> None:
    known = register(pupil(), pupil("q", "Eva"), pupil("r", "Tom", group_id="h"))
    last = date(2026, 12, 18)
    rows = [child(name, group_keys=("h",)) for name in ("Eva", "Tom")]
    leaver = child("Zoë", group_keys=("h",), left=last)
    proposal = proposed(known, leaver, *rows, group("h", "Zeepaard"))
    (line,) = lines(proposal)
    assert fields(line)["until"] == ("", last.isoformat())
    assert merged(proposal) == [("Zeepaard", "Zeepaard + Zeester")]


def test_a_declined_merger_is_the_same_one_after_another_decision(
    session: LocalSession,
) -> None:
    """What is decided about a doubt may make one merger more, which comes before."""
    rows: list[Any] = [
        child(f"Kind{at}", group_keys=(key,), number=str(at)) for at, key in enumerate("abcd")
    ]
    groups = [group(key, key.upper()) for key in "abcd"]
    other = child("Kind0", group_keys=("b",), number="9")
    taken(session, *rows, *groups)
    moved = [other, rows[1], child("Kind2", group_keys=("d",), number="2"), rows[3]]
    made = roster(*moved, *groups)
    proposal = propose(session, made)
    assert merged(proposal) == [("D", "C + D")]
    decided = {line.key: Decided(Choice.ACCEPT) for line in proposal.doubtful}
    accept(session, made, proposal, {**decided, of(proposal, MERGED).key: Decided(Choice.SKIP)})
    assert placed(session) == {"Kind0": "B", "Kind1": "B", "Kind2": "C", "Kind3": "D"}


# -- names of groups --------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_the_name_that_a_group_gave_up_is_that_of_another(
    session: LocalSession, turned: bool
) -> None:
    taken(session, ZOE, A)
    new = [group("a", "B"), group("b", "A")]
    made = roster(ZOE, TOM, *(reversed(new) if turned else new))
    proposal = propose(session, made)
    assert (About.GROUP, Change.NEW, "A") in changes(proposal)
    accept(session, made, proposal)
    assert placed(session) == {"Zoë": "B", "Tom": "A"}
    assert propose(session, made).is_empty


def test_groups_that_exchange_their_names_keep_their_pupils(session: LocalSession) -> None:
    taken(session, ZOE, TOM, A, B)
    made = roster(ZOE, TOM, group("a", "B"), group("b", "A"))
    accept(session, made, propose(session, made))
    assert placed(session) == {"Zoë": "B", "Tom": "A"}
    assert propose(session, made).is_empty


def test_two_groups_of_one_name_part_when_one_is_renamed(session: LocalSession) -> None:
    made = taken(session, ZOE, TOM, A, group("b", "A"))
    assert propose(session, made).is_empty
    made = roster(ZOE, TOM, A, B)
    accept(session, made, propose(session, made))
    assert placed(session) == {"Zoë": "A", "Tom": "B"}
    assert propose(session, made).is_empty


def test_a_group_is_renamed_and_takes_another_in_at_once(session: LocalSession) -> None:
    taken(session, ZOE, TOM, A, B)
    made = roster(ZOE, child("Tom", group_keys=("a",)), group("a", "AB"))
    proposal = propose(session, made)
    assert changes(proposal) == [
        (About.GROUP, Change.CHANGED, "AB"),
        (About.GROUP, Change.MERGED, "AB"),
    ]
    accept(session, made, proposal)
    assert placed(session) == {"Zoë": "AB", "Tom": "AB"}
    assert propose(session, made).is_empty
