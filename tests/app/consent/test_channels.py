"""The school's channels: what raises the scope, so that an old yes covers them no longer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from app.consent.channels import save_channel
from app.consent.records import Channel
from app.languages import texts_of
from app.record import Compartment
from tests.journeys.families import settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School


KRANT = texts_of({"nl": {"name": "Krant"}})


def newsletter(session: Session, **fields: Any) -> Channel:
    """The newsletter, a closed channel, with some fields changed."""
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key="newsletter")
    plain = replace(channel, audience="closed", lenient=False, outside_eea=False)
    return replace(plain, **fields)


@pytest.fixture
def session(school: School) -> Session:
    """The administrator, with a closed newsletter of scope 1."""
    session = school.administrator()
    settle(session)
    save_channel(session, newsletter(session))
    return session


@pytest.mark.parametrize("before", ["closed", "print", "internal"])
@pytest.mark.parametrize("audience", ["public", "social", "press"])
def test_going_public_always_asks_again(session: Session, before: str, audience: str) -> None:
    kept = save_channel(session, newsletter(session, audience=before))
    changed = replace(kept, audience=audience)
    assert save_channel(session, changed).scope == 2
    assert save_channel(session, replace(changed, audience="closed")).scope == 2
    assert save_channel(session, changed, widened=True).scope == 3


def test_leaving_the_eea_asks_again(session: Session) -> None:
    assert save_channel(session, newsletter(session, outside_eea=True)).scope == 2


@pytest.mark.parametrize("fields", [{"texts": KRANT}, {"active": False}, {"audience": "print"}])
def test_other_changes_ask_nobody_again(session: Session, fields: dict[str, object]) -> None:
    assert save_channel(session, newsletter(session, **fields)).scope == 1


def test_the_scope_never_goes_back(session: Session) -> None:
    old = newsletter(session)
    save_channel(session, old, widened=True)
    assert save_channel(session, old).scope == 2
