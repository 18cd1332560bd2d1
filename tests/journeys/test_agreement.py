"""Whoever asks, wherever: the same subject, use and day get the same answer.

The page of a pupil, the grid of a group, the teacher's list, printed lists, the export and the
command line are asked about the same random registers, under every jurisdiction.
"""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

import resources
from app.check.answer import check_pupil
from app.check.compose import rules as compose_rules
from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    raise_flag,
    record_decisions,
)
from app.consent.grid import answer_for, consent_grid, group_verdicts
from app.consent.jurisdiction import change_jurisdiction, give_notice
from app.consent.outcome import Outcome
from app.consent.periods import birthday
from app.consent.records import Answer, Channel
from app.consent.uses import use_rules
from app.errors import Refusal
from app.lists.lines import cell
from app.lists.now import Today, said_by_check
from app.people.people import PupilDraft, StaffDraft, save_pupil, save_staff
from app.people.places import leave
from app.people.records import AdultKind
from app.record import Compartment
from app.roster.sending.send import Wanted, export_consent
from app.text import Words
from tests.cli.tooled import command_line
from tests.journeys.families import Family, Place, add_family, settle
from tests.registers import ADMINISTRATOR

if TYPE_CHECKING:
    from app.check.answer import CheckLine
    from app.consent.verdict import Verdict
    from app.lists.lines import Cell
    from app.people.records import StaffMember
    from app.ports import Session
    from tests.cli.tooled import CommandLine
    from tests.registers import School

__all__ = ["command_line"]

AGES = (3, 12, 16, 18)
USES = ("photo:website", "film:website", "photo:parent_page", "photo:making", "photo:classroom")


class Told(NamedTuple):
    """The answer that one place gives, as far as all of them tell it."""

    outcome: Outcome
    conditions: tuple[str, ...]


def furnish(session: Session, place: Place, rng: Random) -> list[Family]:
    """Four families of different ages, of whom some said some things; a flag, somebody left."""
    families = [add_family(session, place, name) for name in ("Ada", "Bas", "Cor", "Dea")]
    today = session.clock.today()
    for family, years in zip(families, AGES, strict=True):
        pupil = family.pupil
        day = birthday(today, -years)
        save_pupil(session, PupilDraft(pupil.first_name, "", pupil.surname, day, id=pupil.id))
        for who in (family.mother.id, family.father.id, pupil.id):
            say_something(session, rng, pupil.id, who)
    raise_flag(session, rng.choice(families).pupil.id)
    leave(session, families[-1].pupil.id, today - timedelta(days=rng.randint(0, 1)))
    give_notice(session, ["website"], today - timedelta(days=rng.choice([10, 40])))
    return families


def say_something(session: Session, rng: Random, whom: str, who: str) -> None:
    """Some answers of one person, as far as they are taken."""
    known = rng.sample(USES[:4], rng.randint(0, 4))
    answers = tuple(
        UseAnswer(
            use,
            rng.choice([Answer.YES, Answer.YES, Answer.YES, Answer.NO]),
            rng.choice([(), (), ("no_name",)]),
        )
        for use in known
    )
    signed = session.clock.today() - timedelta(days=rng.choice([0, 5, 60, 400]))
    for answer in answers:
        kept = answer if answer.answer is Answer.YES else UseAnswer(answer.use, answer.answer)
        try:
            record_decisions(session, DecisionsDraft(whom, who, (kept,), signed))
        except Refusal:
            continue  # a pupil who does not decide yet, a use that is not asked


class Asked(NamedTuple):
    """Everything that the places are asked about."""

    session: Session
    place: Place
    uses: tuple[str, ...]


def of_office(asked: Asked, pupil: str) -> dict[str, dict[str, Told]]:
    """What the page of a pupil, the grid of a group and a look at this moment say."""
    session, today = asked.session, asked.session.clock.today()
    at = session.clock.now()
    with session.look(Compartment.CONSENT) as reader:
        (group,) = group_verdicts(reader, (pupil,), today, today=today)
        (then,) = group_verdicts(reader, (pupil,), today, at, today)
    return {
        **of_page(asked, pupil),
        "group": {one.use: told(one) for one in group[1]},
        "group as known": {one.use: told(one) for one in then[1]},
    }


def of_page(asked: Asked, person: str) -> dict[str, dict[str, Told]]:
    """What the page of a pupil, or of an adult, says, now and as known at this moment."""
    session, today = asked.session, asked.session.clock.today()
    at = session.clock.now()
    with session.look(Compartment.CONSENT) as reader:
        page = consent_grid(reader, person, today, today=today).lines
        known = consent_grid(reader, person, today, at, today).lines
        alone = [answer_for(reader, person, use, today, today=today) for use in asked.uses]
    return {
        "page": {line.use: told(line.verdict) for line in page},
        "page as known": {line.use: told(line.verdict) for line in known},
        "alone": {line.use: told(line.verdict) for line in alone},
    }


def told(found: Verdict | CheckLine) -> Told:
    return Told(found.outcome, found.conditions)


def of_lists(asked: Asked, pupil: str) -> dict[str, dict[str, Cell]]:
    """What a printed list says, of the office and of the teacher."""
    groups, today = (asked.place.group_id,), asked.session.clock.today()
    with asked.session.look(Compartment.CONSENT) as reader:
        office = Today(reader, today).said(groups, (), asked.uses)
    teacher = said_by_check(asked.session, groups, (), asked.uses).said
    return {
        name: dict(zip(asked.uses, line.cells, strict=True))
        for name, said in (("list", office), ("list of a teacher", teacher))
        for line in said.lines
        if line.pupil_id == pupil
    }


def of_export(asked: Asked) -> dict[str, list[str]]:
    """The words of the export, by first name."""
    content = export_consent(asked.session, Wanted(asked.session.clock.today())).content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return {row[1]: row[6:] for row in rows[1:]}


@pytest.mark.parametrize("country", resources.profiles())
@pytest.mark.parametrize("seed", range(2))
def test_the_answer_is_the_same_wherever_it_is_asked(
    school: School, command_line: CommandLine, country: str, seed: int
) -> None:
    session = school.administrator()
    settled = settle(session)
    change_jurisdiction(session, country)
    families = furnish(session, settled, Random(f"{country} {seed}"))
    with session.look(Compartment.CONSENT) as reader:
        rules = use_rules(reader.all(Channel), session.clock.today())
    asked = Asked(session, settled, tuple(rule.use for rule in rules))
    exported = of_export(asked)
    adults = staff_up(session, Random(f"{seed} {country}"))
    check_adults(asked, adults, exported)
    kinds = set()
    for family in families:
        pupil = family.pupil
        office = of_office(asked, pupil.id)
        first = office["alone"]
        assert all(said == first for said in office.values()), pupil.first_name
        here = pupil.first_name in exported
        if here:
            lines = {line.use: told(line) for line in check_pupil(session, pupil.id).lines}
            assert lines == first
            words = [
                Words("nl")(f"consent.outcome_{first[r.use].outcome}") for r in rules if r.asked
            ]
            assert exported[pupil.first_name] == words
        cells = {
            use: cell(one.outcome, one.conditions, compose_rules())
            for use, one in first.items()
        }
        on_lists = of_lists(asked, pupil.id)
        assert all(said == cells for said in on_lists.values())
        assert len(on_lists) == 2 * here
        kinds |= {one.outcome for one in first.values()}
    assert kinds >= {Outcome.NO, Outcome.ASK, Outcome.NOT_NEEDED}
    first = of_office(asked, families[0].pupil.id)["alone"]
    grown = of_page(asked, adults[0].id)["alone"]
    school.lock()
    ask_the_command_line(command_line, school, families[0].pupil.first_name, first)
    ask_the_command_line(command_line, school, adults[0].first_name, grown)


def staff_up(session: Session, rng: Random) -> list[StaffMember]:
    """A teacher, a volunteer, and two who are not here any more; some said some things."""
    today = session.clock.today()
    yesterday = today - timedelta(days=1)
    adults = [
        save_staff(session, draft)
        for draft in (
            StaffDraft("Eef"),
            StaffDraft("Fia", kind=AdultKind.VOLUNTEER, end=today),
            StaffDraft("Gijs", end=yesterday),
            StaffDraft("Hein", left=True),
        )
    ]
    for one in adults:
        say_something(session, rng, one.id, one.id)
    raise_flag(session, rng.choice(adults[1:]).id)
    return adults


def check_adults(
    asked: Asked, adults: list[StaffMember], exported: dict[str, list[str]]
) -> None:
    """The page, a look at this moment and the teacher's list answer alike about adults."""
    session, today = asked.session, asked.session.clock.today()
    for one in adults:
        office = of_page(asked, one.id)
        first = office["alone"]
        assert all(said == first for said in office.values()), one.first_name
        assert one.first_name not in exported
        if one.here_on(today):
            lines = {line.use: told(line) for line in check_pupil(session, one.id).lines}
            assert lines == first
        else:
            assert not any(said.outcome.permits for said in first.values())
            with pytest.raises(Refusal, match="unknown_pupil"):
                check_pupil(session, one.id)


def ask_the_command_line(
    command_line: CommandLine, school: School, name: str, expected: dict[str, Told]
) -> None:
    for use in ("photo:website", "film:website"):
        medium, _, channel = use.partition(":")
        said = command_line.play(
            *("check", str(school.folder), "--user", ADMINISTRATOR.name, "--json"),
            *("--pupil", name, "--channel", channel, "--medium", medium),
            secret=ADMINISTRATOR.password,
        )
        assert said.data["outcome"] == expected[use].outcome
