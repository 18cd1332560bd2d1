"""Why an answer is another one now: a sentence for each thing that was learned later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consent.asof import AsOf
from app.consent.facts import FlagFact, PresenceFact, RetractionFact, Subject
from app.consent.hindsight import Known, Question, differences, learned_since
from app.consent.periods import birthday
from app.consent.profiles import profile
from app.consent.records import Answer
from app.errors import Message
from app.record import Compartment
from tests.app.consent.facts import DAY, HERE, NOW, RULE, USE, authority, child, said
from tests.app.consent.test_verdict import days, subjects
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from datetime import date

    from tests.registers import School

D = timedelta(days=1)
LATER = NOW + 6 * D
BOTH = (said("m", "yes", id="m1"), said("f", "yes", id="f1"))
KNOWN = child(decisions=BOTH)
WHO = {"m": "mother", "f": "father", "k": "self"}
ASKED = Question(USE, DAY, WHO)


def known(subject: Subject, *, country: str = "nl", **more: Any) -> Known:
    return Known(subject, {USE: replace(RULE, **more)}, profile(country))


def late(who: str, answer: str, day: date, **more: object) -> Subject:
    one = said(who, answer, day, recorded_at=LATER, **more)
    return KNOWN._replace(decisions=(*BOTH, one))


RETRACTED = KNOWN._replace(retractions=(RetractionFact("m1", LATER),))
FLAGGED = KNOWN._replace(flags=(FlagFact("x", DAY, None, LATER),))
FLAG_BEFORE = KNOWN._replace(flags=(FlagFact("x", DAY, None, NOW),))
LIFTED = KNOWN._replace(flags=(*FLAG_BEFORE.flags, FlagFact("y", DAY, DAY - D, LATER, "x")))
LEFT = KNOWN._replace(presences=(HERE, PresenceFact("q", HERE.start, DAY - D, LATER, "p")))
ABSENT = KNOWN._replace(presences=())
ENROLLED = KNOWN._replace(presences=(PresenceFact("q", DAY, None, LATER),))
THIRD = KNOWN._replace(
    guardians=("m", "f", "v"),
    authorities=(*KNOWN.authorities, authority("v", "none")),
)
VOOGD = THIRD._replace(
    authorities=(*THIRD.authorities, authority("v", "guardianship", recorded_at=LATER))
)

ROWS = [
    ("a withdrawal entered later", known(KNOWN), known(late("f", "withdrawn", DAY - D)), ["withdrawn"]),
    ("a no entered later", known(KNOWN), known(late("m", "no", DAY)), ["no"]),
    ("a yes entered later", known(child(decisions=BOTH[:1])), known(child(decisions=(BOTH[0], BOTH[1]._replace(recorded_at=LATER)))), ["yes"]),
    ("an answer corrected", known(KNOWN), known(late("m", "no", DAY - 9 * D, replaces="m1")), ["corrected"]),
    ("an answer taken back", known(KNOWN), known(RETRACTED), ["retracted"]),
    ("authority learned later", known(THIRD), known(VOOGD), ["authority"]),
    ("a flag raised later", known(KNOWN), known(FLAGGED), ["flag"]),
    ("a flag lifted later", known(FLAG_BEFORE), known(LIFTED), ["flag_lifted"]),
    ("leaving noted later", known(KNOWN), known(LEFT), ["presence_ended"]),
    ("an enrolment noted later", known(ABSENT), known(ENROLLED), ["presence"]),
    ("a use widened", known(KNOWN), known(KNOWN, scope=2), ["set_scope"]),
    ("a ground found", known(KNOWN), known(KNOWN, ground="lesson"), ["set_ground"]),
    ("a use switched off", known(KNOWN), known(KNOWN, asked=False), ["set_asked"]),
    ("other rules", known(child(decisions=BOTH[:1])), known(child(decisions=BOTH[:1]), country="us"), ["rules"]),
    ("a use that was not there", Known(KNOWN, {}, profile()), known(KNOWN), ["use_new"]),
    ("another date of birth", known(KNOWN), known(KNOWN._replace(birth_date=birthday(DAY, -17))), ["birth"]),
    ("a guardian more", known(KNOWN), known(KNOWN._replace(guardians=("m", "f", "x"))), ["guardians"]),
    ("what changes nothing is not told", known(KNOWN), known(late("f", "withdrawn", DAY - D)._replace(authorities=(*KNOWN.authorities, authority("x", "none", recorded_at=LATER)))), ["withdrawn"]),
    ("nothing", known(KNOWN), known(KNOWN), None),
    ("something that does not matter", known(KNOWN), known(late("f", "yes", DAY)), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "told"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_sentence_says_what_was_learned(
    then: Known, now: Known, told: list[str] | None
) -> None:
    found = differences(ASKED, then, now)
    ids = [one.id.removeprefix("consent.learned_") for one in found.why] if found else None
    assert ids == told


def test_the_sentence_names_who_which_day_and_when_it_was_entered() -> None:
    found = differences(ASKED, known(KNOWN), known(late("f", "withdrawn", DAY - 3 * D)))
    assert found is not None
    (why,) = found.why
    assert why.values["who"] == Message("people.relation_father")
    assert (why.values["day"], why.values["entered"]) == (DAY - 3 * D, LATER.date())


@given(subjects, days, st.integers(-40, 40))
def test_whatever_differs_is_explained(subject: Subject, day: date, known_on: int) -> None:
    at = NOW + timedelta(days=known_on)
    asked = Question(USE, day, WHO)
    then, now = known(subject.as_known(at)), known(subject)
    found = differences(asked, then, now)
    same = then.answer(USE, day, None)[1:3] == now.answer(USE, day, None)[1:3]
    assert found is None or found.why
    assert same or found is not None


def test_a_register_tells_what_it_learned_since(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    day, then = session.clock.today(), school.clock.now()
    school.clock.move(timedelta(days=6))
    says(session, family.pupil, family.father, Answer.WITHDRAWN, signed_on=day)
    with session.look(Compartment.CONSENT) as reader:
        (found,) = learned_since(
            reader, family.pupil.id, AsOf(day, then, session.clock.today())
        )
        assert learned_since(reader, family.pupil.id, AsOf(day)) == ()
    assert (found.use, found.then.permits, found.now.permits) == (USE, True, False)
    assert [one.id for one in found.why] == ["consent.learned_withdrawn"]
