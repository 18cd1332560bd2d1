"""Counting who has to be asked: the same numbers as the list's, however it is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.asking.questions import Renewal, Selection
from app.consent.records import SafetyFlag
from app.people.records import Guardian, StaffMember
from tests.db.asking.test_open import (
    BASE,
    GUIDE,
    HERE,
    LONG_AGO,
    SETTING,
    answer,
    call,
    counted,
    form,
    found,
    relation,
    tally,
    unreadable,
)
from tests.db.store.hand import START, TODAY, pupil, put

if TYPE_CHECKING:
    from app.consent.verdict import UseRule
    from db.store.compartment import CompartmentFile


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    """Every way to stand: partly, of age, staff, flagged, unreadable, merged, asked, silent."""
    put(file, *BASE, HERE)
    put(file, answer("d1"), form("000001"), call("k1", TODAY, decider_id="m2"))
    for number, born in ((2, 2010), (3, 2010), (4, 2020)):
        one = replace(pupil(f"p{number}"), birth_date=date(born, 1, 1))
        put(file, one, replace(HERE, id=f"e{number}", pupil_id=one.id))
        put(file, relation(f"x{number}", "m1", 1, one.id))
    put(file, answer("d2", decider_id="p3", subject_id="p3"), unreadable("u1", decider="m2"))
    put(file, StaffMember(id="s1", first_name="Rik"), StaffMember(id="s2", first_name="Els"))
    put(file, answer("d3", GUIDE, subject_id="s2", decider_id="s2"))
    put(file, call("k2", LONG_AGO, subject_id="p4"), call("k3", TODAY, subject_id="p2"))
    flag = SafetyFlag(id="f1", pupil_id="p4", start=LONG_AGO, recorded_at=START)
    with file.work("merged") as work:
        work.add(flag)
        work.change(replace(work.get(Guardian, "m2"), merged_into="m1"))
        work.commit()
    return file


@pytest.mark.parametrize("days", [0, 42, 400])
@pytest.mark.parametrize("listed_before", [False, True])
@pytest.mark.parametrize("asked_rules", [SETTING.rules, ()])
def test_what_is_counted_is_what_the_list_shows(
    file: CompartmentFile, days: int, asked_rules: tuple[UseRule, ...], *, listed_before: bool
) -> None:
    setting = replace(SETTING, rules=asked_rules)
    renewals = (Renewal(TODAY, Selection(group_id="g1")),)
    if listed_before:
        found(file, setting, renewals=renewals)
    many = counted(file, days, setting, renewals=renewals)
    assert many == tally(found(file, setting, renewals=renewals), days)
    assert (many.to_ask > 0) is bool(asked_rules)
