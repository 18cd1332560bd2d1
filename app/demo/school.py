"""Makes the sample school as a register of its own, with three documented users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import resources
from app.check.publish import keep_published
from app.consent.channels import begin_channels
from app.demo.adults import adult, adults_decide
from app.demo.asking import ask_some
from app.demo.dossiers import deal_with_some, report_some
from app.demo.families import ALL_MEDIA_UP_TO, Batch, Families
from app.demo.publications import publish_some
from app.demo.users import DemoUser, demo_users
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.people.records import Group, SchoolYear, Site
from app.record import Compartment
from app.register.records import School
from app.register.school import save_school

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Session, Vault
    from app.record import Record

__all__ = ["SAMPLE_SIZE", "DemoUser", "demo_users", "make_demo"]

SAMPLE_SIZE = 60
_BATCH = 5000
_GROUP_SIZE = 22
_REPORTER = "teacher"


def make_demo(
    vault: Vault,
    folder: Path,
    pupils: int = SAMPLE_SIZE,
    seed: int = 1,
    progress: Progress = SILENT,
    *,
    cases: bool = False,
) -> Session:
    """Make the sample school in an empty folder and return it with the director signed in.

    Args:
        vault: where registers stand.
        folder: an empty or missing folder.
        pupils: how many pupils, up to 100,000; above 2,000 parents answered about photos only.
        seed: decides names and answers.
        progress: told how many pupils are made.
        cases: with what the director has to deal with, and a report in his inbox.

    Raises:
        Refusal: as `Vault.create`.
    """
    director, *others = demo_users()
    sample = resources.sample_school()
    session, code = vault.create(folder, sample["name"], director.name, director.phrase)
    session.confirm_recovery(code.text)
    save_school(session, _school(sample))
    channels = begin_channels(session)
    groups = _places(session, sample, pupils)
    families = Families(
        seed, session.clock.today(), groups, channels, large=pupils > ALL_MEDIA_UP_TO
    )
    _fill(session, families, pupils, progress)
    adults_decide(session)
    if pupils <= ALL_MEDIA_UP_TO:
        ask_some(session)
        publish_some(session)
    keep_published(session)
    codes = [(user, session.add_user(user.name, (user.role,))) for user in others]
    session.lock()
    reported: tuple[str, ...] = ()
    for user, one_time in codes:
        own = vault.enrol(folder, user.name, one_time, user.phrase)
        if cases and user.role == _REPORTER:
            reported = report_some(own)
        own.lock()
    session = vault.unlock(folder, director.name, director.phrase)
    if reported:
        deal_with_some(session, reported)
    return session


def _school(sample: dict[str, Any]) -> School:
    postcode, _, town = sample["address"][1].partition("  ")
    return School(
        id="school",
        name=sample["name"],
        board=sample["controller"],
        street=sample["address"][0],
        postcode=postcode,
        town=town.title(),
        email="kantoor@dewalvis.example",
        phone="078 000 00 00",
        privacy_contact=sample["contact"],
        complaint_route=sample["complaint_route"],
        protocol=sample["protocol"],
    )


def _places(
    session: Session, sample: dict[str, Any], pupils: int
) -> list[tuple[Group, int, int]]:
    """Sites, year, groups and staff; a large school gets more groups of the same kinds."""
    year = sample["school_year"]
    begin, end = year["from"], year["to"]
    school_year = SchoolYear(id=new_id(), name=year["name"], start=begin, end=end)
    sites = {
        item["key"]: Site(id=new_id(), name=item["name"], town=item["name"])
        for item in sample["sites"]
    }
    kinds = sample["groups"]
    rounds = max(1, -(-pupils // (_GROUP_SIZE * len(kinds))))
    groups = []
    for turn in range(rounds):
        for position, item in enumerate(kinds):
            name = item["name"] if turn == 0 else f"{item['name']} {turn + 1}"
            group = Group(
                id=new_id(),
                site_id=sites[item["site"]].id,
                school_year_id=school_year.id,
                name=name,
                position=position,
            )
            groups.append((group, item["ages"][0], item["ages"][1]))
    with session.work(Compartment.CONSENT, "sample_places") as work:
        work.add(school_year, *sites.values(), *(group for group, _, _ in groups))
        people = (*sample["users"], *sample["staff"])
        work.add(*(adult(person, sites) for person in people))
        work.commit()
    return groups


def _fill(session: Session, families: Families, pupils: int, progress: Progress) -> None:
    batch = Batch()
    families.first(batch)
    made = 1
    if pupils >= SAMPLE_SIZE:
        made += families.hard(batch)
    while made < pupils:
        made += families.family(batch, pupils - made)
        if len(batch.people) > _BATCH:
            _write(session, batch)
            batch = Batch()
            progress.step(made, pupils)
    _write(session, batch)


def _write(session: Session, batch: Batch) -> None:
    records: list[Record] = [*batch.people, *batch.facts, *batch.decisions]
    with session.work(Compartment.CONSENT, "sample_families") as work:
        work.add(*records)
        work.commit()
