"""Where two who decide differ: one row for each situation, and who gets the letter about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.differences import differences
from app.consent.grid import consent_grid
from app.consent.objections import ObjectionDraft, note_objection
from app.consent.outcome import Outcome
from app.consent.records import Answer
from app.errors import Refusal
from app.letters.outcomes import letters_to_all
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import GuardianDraft, save_guardian
from app.people.records import Authority, AuthorityKind
from app.record import Compartment
from tests.journeys.families import SIGNED, WEBSITE, add_family, settle

if TYPE_CHECKING:
    from datetime import date

    from app.consent.differences import Difference
    from app.ports import Session
    from tests.registers import School

JOINT, VOOGD = AuthorityKind.JOINT_PARENTAL, AuthorityKind.GUARDIANSHIP
NONE, UNKNOWN = AuthorityKind.NONE, AuthorityKind.NOT_KNOWN
YES, NO, GONE = Answer.YES, Answer.NO, Answer.WITHDRAWN
START, ALWAYS = -300, 10_000


@dataclass(frozen=True)
class Row:
    """A situation, days counted from today.

    Attributes:
        authority: per person kind, first day and last day.
        said: per person an answer, and its condition.
        differs: how many uses differ; outcome: of the first of them.
        letters: who gets one.
    """

    authority: dict[str, tuple[AuthorityKind, int, int]]
    said: dict[str, tuple[Answer, str]]
    differs: int
    outcome: Outcome = Outcome.NO
    meaning: str = "consent.differ_no"
    letters: set[str] = field(default_factory=set)


BOTH = {"m": (JOINT, START, ALWAYS), "f": (JOINT, START, ALWAYS)}
THREE = {**BOTH, "v": (VOOGD, START, ALWAYS)}
SPLIT = {"m": (YES, ""), "f": (NO, "")}

ROWS = {
    "one yes, one no": Row(BOTH, SPLIT, 1, letters={"m", "f"}),
    "one yes, one withdrawn": Row(BOTH, {"m": (YES, ""), "f": (GONE, "")}, 1, letters={"m", "f"}),
    "a no and a withdrawal come to the same": Row(BOTH, {"m": (NO, ""), "f": (GONE, "")}, 0),
    "one yes, one silent": Row(BOTH, {"m": (YES, "")}, 0),
    "a condition of one": Row(BOTH, {"m": (YES, ""), "f": (YES, "no_name")}, 1, Outcome.YES_IF, "consent.differ_if", {"m", "f"}),
    "two holders and a voogd who says no": Row(THREE, {"m": (YES, ""), "f": (YES, ""), "v": (NO, "")}, 1, letters={"m", "f", "v"}),
    "two holders and a silent voogd": Row(THREE, {"m": (YES, ""), "f": (YES, "")}, 0),
    "authority from next month": Row({**BOTH, "f": (JOINT, 30, ALWAYS)}, SPLIT, 0),
    "authority from today": Row({**BOTH, "f": (JOINT, 0, ALWAYS)}, SPLIT, 1, letters={"m", "f"}),
    "authority ended yesterday": Row({**BOTH, "f": (JOINT, START, -1)}, SPLIT, 0),
    "authority ends today": Row({**BOTH, "f": (JOINT, START, 0)}, SPLIT, 1, letters={"m", "f"}),
    "no authority": Row({**BOTH, "f": (NONE, START, ALWAYS)}, SPLIT, 0),
    "authority not known": Row({**BOTH, "f": (UNKNOWN, START, ALWAYS)}, SPLIT, 1, letters={"m"}),
}  # fmt: skip


@dataclass(frozen=True)
class Home:
    """A pupil with a mother, a father and a voogd, whose ids stand under m, f and v."""

    pupil_id: str
    people: dict[str, str]


@pytest.fixture
def session(school: School) -> Session:
    return school.administrator()


def home(session: Session, row: Row) -> Home:
    """The situation of a row, in the register."""
    family = add_family(session, settle(session))
    pupil, today = family.pupil.id, session.clock.today()
    people = {"m": family.mother.id, "f": family.father.id}
    if "v" in row.authority:
        draft = GuardianDraft(first_name="Ineke", surname="Post")
        people["v"] = save_guardian(session, draft, pupil, "guardian").id
    for who, (kind, first, last) in row.authority.items():
        fact = AuthorityDraft(
            pupil,
            people[who],
            kind,
            start=today + timedelta(days=first),
            end=today + timedelta(days=last) if last != ALWAYS else None,
            source="enrolment_form" if kind is not UNKNOWN else "",
            replaces=first_fact(session, pupil, people[who]),
        )
        record_authority(session, fact)
    for who, (answer, condition) in row.said.items():
        conditions = (condition,) if condition else ()
        answers = (UseAnswer(WEBSITE, answer, conditions),)
        record_decisions(session, DecisionsDraft(pupil, people[who], answers, SIGNED))
    return Home(pupil, people)


def first_fact(session: Session, pupil_id: str, guardian_id: str) -> str:
    """The fact about authority that the family came with, "" for none."""
    with session.look(Compartment.CONSENT) as reader:
        facts = reader.all(Authority, pupil_id=pupil_id, guardian_id=guardian_id)
    return facts[0].id if facts else ""


def differing(session: Session, pupil_id: str, day: date) -> tuple[Difference, ...]:
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, pupil_id, day, today=session.clock.today())
    return differences(grid)


@pytest.mark.parametrize("name", ROWS)
def test_what_differs_is_told_with_what_it_means(session: Session, name: str) -> None:
    row = ROWS[name]
    found = differing(session, home(session, row).pupil_id, session.clock.today())
    assert len(found) == row.differs
    for difference in found:
        assert difference.line.verdict.outcome is row.outcome
        assert difference.meaning.id == row.meaning
        assert {decision.use for _, decision in difference.said} == {WEBSITE}


@pytest.mark.parametrize("name", ROWS)
def test_everybody_whose_authority_is_known_gets_a_letter(session: Session, name: str) -> None:
    row = ROWS[name]
    known = home(session, row)
    if not row.differs:
        with pytest.raises(Refusal, match=r"letters\.no_difference"):
            letters_to_all(session, known.pupil_id)
        return
    asked = {request.recipient for request in letters_to_all(session, known.pupil_id)}
    assert asked == {known.people[who] for who in row.letters}


@pytest.mark.parametrize(
    ("name", "days", "differs"),
    [
        ("authority from next month", 30, 1),
        ("authority from next month", 29, 0),
        ("authority ended yesterday", -1, 1),
        ("authority ended yesterday", 0, 0),
    ],
)
def test_who_decides_another_day_differs_on_that_day(
    session: Session, name: str, days: int, differs: int
) -> None:
    known = home(session, ROWS[name])
    day = session.clock.today() + timedelta(days=days)
    assert len(differing(session, known.pupil_id, day)) == differs


@pytest.mark.parametrize("name", ROWS)
def test_an_objection_is_for_whoever_does_not_decide_today(session: Session, name: str) -> None:
    row = ROWS[name]
    known = home(session, row)
    draft = ObjectionDraft(known.pupil_id, "Nee.", SIGNED, "phone", known.people["f"])
    kind, first, last = row.authority["f"]
    if kind is not NONE and first <= 0 <= last:
        with pytest.raises(Refusal, match=r"consent\.objection_decides"):
            note_objection(session, draft)
    else:
        assert note_objection(session, draft).person_name == "Piotr Wal"
