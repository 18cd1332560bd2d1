"""The history: every fact, newest first, with who recorded it; what was corrected stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    lift_flag,
    raise_flag,
    record_decisions,
    retract,
)
from app.consent.history import Answered, Standing, TakenBack, history
from app.consent.records import Answer, SafetyFlag
from app.errors import Refusal
from app.people.records import Authority, Enrolment
from app.record import Compartment
from tests.journeys.families import SIGNED, WEBSITE, add_family, says, settle

if TYPE_CHECKING:
    from app.consent.history import Entry
    from app.people.records import Pupil
    from app.ports import Session
    from tests.registers import School

PDF = b"%PDF-1.7 a scan %%EOF"


def entries(session: Session, pupil: Pupil) -> tuple[Entry, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return history(session, reader, pupil.id)


def test_enrolment_and_authority_are_part_of_it(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    found = entries(session, family.pupil)
    kinds = sorted(type(entry.what).__name__ for entry in found)
    assert kinds == ["Authority", "Authority", "Enrolment"]
    assert {entry.by for entry in found} == {"Anna van der Bos"}
    assert any(isinstance(e.what, Enrolment) and e.who == "" for e in found)
    assert {e.who for e in found if isinstance(e.what, Authority)} == {
        "Marijke Wal",
        "Piotr Wal",
    }


def test_one_form_is_one_entry(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    answers = (
        UseAnswer(WEBSITE, Answer.YES),
        UseAnswer("photo:newsletter", Answer.NO),
        UseAnswer("film:website", Answer.YES),
    )
    draft = DecisionsDraft(family.pupil.id, family.mother.id, answers, SIGNED, proof=PDF)
    school.clock.move(timedelta(minutes=1))
    record_decisions(session, draft)
    newest = entries(session, family.pupil)[0]
    assert isinstance(newest.what, Answered)
    assert sorted(newest.what.uses(Answer.YES)) == ["film:website", WEBSITE]
    assert newest.what.uses(Answer.NO) == ("photo:newsletter",)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.blob(newest.what.first.proof) == PDF


def test_a_corrected_answer_stays_and_says_so(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    first = says(session, family.pupil, family.mother)
    school.clock.move(timedelta(minutes=1))
    says(session, family.pupil, family.mother, Answer.NO, replaces=((WEBSITE, first.id),))
    new, old = entries(session, family.pupil)[:2]
    assert isinstance(new.what, Answered)
    assert new.what.corrects
    assert (new.standing, old.standing) == (Standing.STANDS, Standing.CORRECTED)


def test_what_was_corrected_through_an_answer_that_was_taken_back_does_not_stand(
    school: School,
) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    first = says(session, family.pupil, family.mother)
    school.clock.move(timedelta(minutes=1))
    second = says(
        session, family.pupil, family.mother, Answer.NO, replaces=((WEBSITE, first.id),)
    )
    school.clock.move(timedelta(minutes=1))
    says(session, family.pupil, family.mother, Answer.NO, replaces=((WEBSITE, second.id),))
    retract(session, [second], "dubbel")
    found = [e for e in entries(session, family.pupil) if isinstance(e.what, Answered)]
    assert [entry.standing for entry in found] == [
        *(Standing.STANDS, Standing.RETRACTED, Standing.CORRECTED),
    ]


def test_an_undone_answer_stays_and_says_so(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    decision = says(session, family.pupil, family.mother)
    school.clock.move(timedelta(minutes=1))
    retract(session, [decision], "verkeerd kind")
    back, undone = entries(session, family.pupil)[:2]
    assert back.what == TakenBack(1, "verkeerd kind")
    assert undone.standing is Standing.RETRACTED


def test_a_lifted_flag_is_two_entries(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    flag = raise_flag(session, family.pupil.id)
    school.clock.move(timedelta(minutes=1))
    lift_flag(session, flag)
    found = [e for e in entries(session, family.pupil) if isinstance(e.what, SafetyFlag)]
    assert [entry.standing for entry in found] == [Standing.STANDS, Standing.CORRECTED]
    assert found[0].corrects


def test_another_persons_answer_cannot_be_corrected(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    first = says(session, family.pupil, family.mother)
    with pytest.raises(Refusal, match="corrects_nothing"):
        says(session, family.pupil, family.father, replaces=((WEBSITE, first.id),))
    assert len(entries(session, family.pupil)) == 4


def test_calls_that_two_people_took_are_two_entries(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for name, use in (("Saskia Boom", WEBSITE), ("Jan Vis", "film:website")):
        says(session, family.pupil, family.mother, use=use, how="phone", taken_by=name)
    told = [e.what for e in entries(session, family.pupil) if isinstance(e.what, Answered)]
    assert {(one.first.taken_by, one.first.note) for one in told} == {
        ("Saskia Boom", ""),
        ("Jan Vis", ""),
    }
