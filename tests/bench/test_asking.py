"""Who has to be asked, out of a whole school, and how many wait."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.asking.ahead import read_ahead
from app.asking.listing import AskingFilter, find_asking
from app.asking.questions import OpenPairs
from app.asking.standing import setting_of
from app.consent.profiles import profile
from app.consent.uses import use_rule
from app.record import Compartment
from db.store.reading import Reading
from tests.bench.table import PROCESSOR, Measured, Slowest, Table, in_turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.consent.records import Channel, Medium
    from app.consent.verdict import UseRule
    from db.register.session import LocalSession

pytestmark = pytest.mark.bench

_BARE = (
    'SELECT pupil_id, guardian_id, answered FROM pair_index WHERE ? BETWEEN start AND "end"',
    "SELECT subject_id, decider_id, answers, stamps FROM standing_index WHERE ? <> ''",
)


@pytest.mark.parametrize("scope", [1, 2], ids=["usual", "widened"])
def test_who_has_to_be_asked(
    session: LocalSession,
    pupils: int,
    table: Table,
    forget: Callable[[LocalSession], None],
    scope: int,
) -> None:
    """In a usual year a few are open; after every use was widened nearly all of them are."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        setting = setting_of(reader, day)
    rules = (rule for rule in setting.rules if rule.use.startswith("photo"))
    setting = replace(setting, rules=tuple(replace(rule, scope=scope) for rule in rules))
    question = OpenPairs(setting, profile().decides_from)

    def ours() -> None:
        forget(session)
        with session.look(Compartment.CONSENT) as reader:
            reader.ask(question)

    def floor() -> None:
        with session.look(Compartment.CONSENT) as reader:
            assert isinstance(reader, Reading)
            for statement in _BARE:
                reader.rows(statement, (day.isoformat(),))

    mine, bare = in_turns(ours, floor, rounds=3, clock=PROCESSOR)
    what = "who has to be asked" if scope == 1 else "who has to be asked, all uses widened"
    table.add(Measured(what, pupils, mine, bare, 3 if scope == 1 else 8))


@pytest.mark.parametrize("what", ["usual", "widened"])
def test_the_list_of_the_page(
    session: LocalSession,
    pupils: int,
    table: Table,
    forget: Callable[[LocalSession], None],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    """The list is read a part at a time; nobody waits for longer than one of these takes."""
    if what == "widened":
        monkeypatch.setattr("app.asking.standing.use_rule", _widened)
    forget(session)
    slices = Slowest(session)
    read_ahead(slices)
    reading = slices.longest
    found = slices.read(partial(find_asking, wanted=AskingFilter()))
    note = f"{len(found)} in the list; its parts alone {reading * 1000:.0f} ms"
    name = f"list of who has to be asked, {what}, longest hold"
    table.add(Measured(name, pupils, slices.longest * 1000, 0, 500, "ms", note=note))


def _widened(channel: Channel, medium: Medium) -> UseRule:
    return replace(use_rule(channel, medium), scope=2)
