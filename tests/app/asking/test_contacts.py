"""When somebody was asked and reminded; whom one envelope reaches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asking.contacts import Contact, asked, counts_from
from app.asking.household import home_of, households
from app.asking.needs import Cause, Need
from app.people.records import Guardian

DAY = date(2026, 11, 23)
WEB, GUIDE = "photo:website", "photo:guide"
NARROW, WIDE = {WEB: 1, GUIDE: 1}, {WEB: 2, GUIDE: 1}
SCOPES = {1: NARROW, 2: WIDE}


def need(use: str = WEB, scope: int = 1, not_before: date = date.min) -> Need:
    return Need(use, scope, Cause.NEVER, not_before)


def contact(days: int, version: int = 1, how: str = "form") -> Contact:
    return Contact(DAY + timedelta(days=days), how, version)


FIRST, SECOND, WIDER = contact(-30), contact(-10, how="phone"), contact(-5, 2)
CASES = {
    "nobody asked": ((need(),), (), None),
    "asked once": ((need(),), (FIRST,), (FIRST, ())),
    "what follows reminds": ((need(),), (SECOND, FIRST), (FIRST, (SECOND,))),
    "the wording was narrower": ((need(scope=2),), (FIRST,), None),
    "the wording covers it": ((need(scope=2),), (FIRST, WIDER), (WIDER, ())),
    "one of two questions is enough": ((need(scope=2), need(GUIDE)), (FIRST,), (FIRST, ())),
    "the use was not on the form": ((need("film:website"),), (FIRST,), None),
    "a form version that nobody knows": ((need(),), (contact(-3, 9),), None),
    "without wording about all": ((need("x", 9),), (contact(0, 0),), (contact(0, 0), ())),
    "before the answer lapsed": ((need(not_before=DAY - timedelta(20)),), (FIRST,), None),
    "on the first day that counts": ((need(not_before=FIRST.day),), (FIRST,), (FIRST, ())),
    "nothing is open": ((), (FIRST,), None),
}


@pytest.mark.parametrize(("needs", "contacts", "expected"), CASES.values(), ids=CASES)
def test_when_somebody_was_asked(needs: Any, contacts: Any, expected: Any) -> None:
    found = asked(needs, contacts, SCOPES)
    assert (found and (found.first, found.reminders)) == expected


def test_the_newest_contact() -> None:
    found, alone = asked((need(),), (FIRST, SECOND), SCOPES), asked((need(),), (FIRST,), SCOPES)
    assert found
    assert found.last == SECOND
    assert alone
    assert alone.last == FIRST


def test_a_contact_never_counts_for_what_it_does_not_cover() -> None:
    assert counts_from((need(scope=2),), NARROW) is None
    assert counts_from((need(), need(GUIDE, 1, DAY)), NARROW) == date.min
    assert counts_from((), None) is None


CONTACTS = st.lists(st.builds(contact, st.integers(-99, 0), st.integers(0, 3)), max_size=6)


@given(CONTACTS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(known: list[Contact], chance: Any) -> None:
    mixed = list(known)
    chance.shuffle(mixed)
    assert asked((need(scope=2),), mixed, SCOPES) == asked((need(scope=2),), known, SCOPES)


# -- households -------------------------------------------------------------------------------


def lives(street: str = "", town: str = "", ship: str = "", postcode: str = "") -> str:
    return home_of(Guardian(id="g", street=street, town=town, ship=ship, postcode=postcode))


def test_addresses_compare_however_they_are_typed() -> None:
    typed = lives("Kade 1", "Dordrecht", postcode="3311 AA")
    assert typed == lives("KADE 1", "dordrecht", "", "3311AA")
    assert lives("Kade 1", "Dordrecht") != lives("Kade 2", "Dordrecht")
    assert lives(ship="Volharding") == lives(ship="volharding") != ""
    assert lives() == ""


HOUSES = {
    "together": ([("a", "mum"), ("a", "dad")], {"mum": "x", "dad": "x"}, [0, 0]),
    "apart": ([("a", "mum"), ("a", "dad")], {"mum": "x", "dad": "y"}, [0, 1]),
    "brother and sister": ([("a", "mum"), ("b", "mum")], {"mum": "x"}, [0, 0]),
    "no address is no household": (
        [("a", "mum"), ("a", "dad")],
        {"mum": "", "dad": ""},
        [0, 1],
    ),
    "neighbours at one mooring": (
        [("a", "mum"), ("b", "aunt")],
        {"mum": "x", "aunt": "x"},
        [0, 1],
    ),
    "through a half-brother": (
        [("a", "mum"), ("a", "dad"), ("b", "dad"), ("b", "stepmum")],
        {"mum": "x", "dad": "x", "stepmum": "x"},
        [0, 0, 0, 0],
    ),
    "twins with one address": (
        [("a", "mum"), ("a", "dad"), ("b", "mum"), ("b", "dad")],
        {"mum": "x", "dad": "x"},
        [0, 0, 0, 0],
    ),
}


@pytest.mark.parametrize(("pairs", "homes", "expected"), HOUSES.values(), ids=HOUSES)
def test_who_lives_together(pairs: Any, homes: dict[str, str], expected: list[int]) -> None:
    numbers = households(pairs, homes)
    assert [numbers[pair] for pair in pairs] == expected
