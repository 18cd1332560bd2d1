"""A school in which the asking has yet to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.asking.ask import take_back
from app.asking.records import Request
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session
    from tests.sample import Sample


@pytest.fixture
def unasked(sample: Sample) -> Session:
    """The sample school, in which nobody was asked yet."""
    session = sample.administrator()
    with session.look(Compartment.CONSENT) as reader:
        known = reader.all(Request)
    take_back(session, known)
    return session
