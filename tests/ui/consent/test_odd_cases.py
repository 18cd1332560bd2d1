"""Odd cases as the office sees them: what the page of the child says, in whole sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    record_decisions,
    withdraw_consent,
)
from app.consent.records import Answer
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import GuardianDraft, save_guardian
from app.people.places import EnrolmentDraft, enrol, save_site
from app.people.records import Authority, AuthorityKind
from app.record import Compartment
from tests.journeys.families import SIGNED, WEBSITE, says

if TYPE_CHECKING:
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School
    from tests.ui.consent.conftest import ConsentRobot

TODAY = date(2026, 11, 22)
D = timedelta(days=1)
JOINT = AuthorityKind.JOINT_PARENTAL
Deed = Callable[..., None]


def both_say_yes(session: Session, family: Family) -> None:
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)


def fathers_authority(
    session: Session, family: Family, start: date | None = None, end: date | None = None
) -> None:
    pair = family.pupil.id, family.father.id
    with session.look(Compartment.CONSENT) as reader:
        known = reader.all(Authority, pupil_id=pair[0], guardian_id=pair[1])[0]
    draft = AuthorityDraft(*pair, JOINT, start, end, "court", replaces=known.id)
    record_authority(session, draft)


def from_next_month(session: Session, family: Family) -> None:
    says(session, family.pupil, family.mother)
    fathers_authority(session, family, start=TODAY + 30 * D)


def ended_yesterday(session: Session, family: Family) -> None:
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.father, Answer.NO)
    fathers_authority(session, family, end=TODAY - D)


def two_and_a_voogd(session: Session, family: Family) -> None:
    both_say_yes(session, family)
    voogd = save_guardian(
        session, GuardianDraft("Ineke", surname="Post"), family.pupil.id, "guardian"
    )
    draft = AuthorityDraft(
        family.pupil.id, voogd.id, AuthorityKind.GUARDIANSHIP, source="court"
    )
    record_authority(session, draft)


def moved(session: Session, family: Family) -> None:
    both_say_yes(session, family)
    site = save_site(session, "De Werf", "Rotterdam")
    enrol(session, EnrolmentDraft(family.pupil.id, site.id, start=TODAY))


def never_given(session: Session, family: Family) -> None:
    who = family.pupil.id, family.mother.id
    withdraw_consent(session, *who, (WEBSITE,), how="phone")


def renewed_before_the_refusal(session: Session, family: Family) -> None:
    both_say_yes(session, family)
    says(session, family.pupil, family.mother, Answer.NO, signed_on=date(2026, 11, 20))
    says(session, family.pupil, family.mother, signed_on=date(2026, 11, 18))


def both_conditions(session: Session, family: Family) -> None:
    both_say_yes(session, family)
    pair = family.pupil.id, family.mother.id
    for condition in ("no_name", "group_only"):
        answers = (UseAnswer(WEBSITE, Answer.YES, (condition,)),)
        record_decisions(session, DecisionsDraft(*pair, answers, SIGNED))


def same_day(session: Session, family: Family) -> None:
    both_say_yes(session, family)
    says(session, family.pupil, family.mother, Answer.NO)


@dataclass(frozen=True)
class Row:
    """What happened, and what can be read of it.

    Attributes:
        line: what each said, the answer and why; reads: other words on the page.
        ahead: the line so many days from today, when that day is looked at.
    """

    deed: Deed
    line: tuple[str, ...]
    reads: tuple[str, ...] = ()
    days: int = 0
    ahead: tuple[str, ...] = ()


ROWS = [
    Row(
        from_next_month,
        ("ja", "beslist niet mee", "JA", "moeder, 1 okt 2026"),
        ("nu geen gezag", "vanaf 22 dec 2026: gezag"),
        30,
        ("ja", "geen antwoord", "VRAAG NA", "1 van 2 antwoordde"),
    ),
    Row(
        ended_yesterday,
        ("ja", "beslist niet mee", "JA", "moeder, 1 okt 2026"),
        ("nu geen gezag", "tot en met 21 nov 2026"),
        -1,
        ("ja", "nee", "NEE", "vader zei nee op 1 okt 2026"),
    ),
    Row(
        two_and_a_voogd,
        ("ja", "ja", "geen antwoord", "VRAAG NA", "2 van 3 antwoordde"),
        ("Ineke Post heeft nog niet geantwoord.",),
    ),
    Row(moved, ("ja", "ja", "JA", "beiden, 1 okt 2026"), ("De Werf",)),
    Row(
        never_given,
        ("ingetrokken", "geen antwoord", "NEE", "moeder trok in op 22 nov 2026"),
    ),
    Row(
        renewed_before_the_refusal,
        ("nee", "ja", "NEE", "moeder zei nee op 20 nov 2026"),
        ("Website · foto — Moeder: nee (20 nov 2026), Vader: ja (1 okt 2026).",),
    ),
    Row(same_day, ("nee", "ja", "NEE", "moeder zei nee op 1 okt 2026")),
    Row(
        both_conditions,
        (
            *("ja, mits", "ja", "JA, mits"),
            "mits alleen samen met anderen, geen naam erbij; beiden, 1 okt 2026",
        ),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.deed.__name__)
def test_the_page_says_what_holds_and_why(robot: ConsentRobot, row: Row) -> None:
    robot.do(partial(row.deed, family=robot.family))
    robot.open(robot.family.pupil.id)
    assert tuple(robot.line("Website")[1:]) == row.line
    for words in row.reads:
        assert words in robot.page_words
    if row.ahead:
        robot.press("look_back")
        robot.fill(day=f"{TODAY + row.days * D:%d-%m-%Y}")
        robot.press("sheet_save")
        assert tuple(robot.line("Website")[1:]) == row.ahead


def test_a_clock_that_was_set_back_hides_no_withdrawal(
    robot: ConsentRobot, school: School
) -> None:
    robot.do(partial(both_say_yes, family=robot.family))
    school.clock.move(-40 * D)
    robot.do(partial(never_given, family=robot.family))
    school.clock.move(40 * D)
    robot.open(robot.family.pupil.id)
    assert robot.line("Website")[1:] == [
        *("ingetrokken", "ja", "NEE", "moeder trok in op 22 nov 2026"),
    ]
