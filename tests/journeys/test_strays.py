"""What an interrupted write left among the attached files goes by itself, and nothing else."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from app.consent.records import Decision
from app.record import Compartment
from tests.campaigns.office import PROOF
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from tests.registers import School


def test_strays_go_after_a_day(school: School) -> None:
    session = school.director()
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother, proof=PROOF)
    folder = school.folder / "blobs" / "consent"
    strays = [folder / f"{'0' * 32}.part", folder / ("1" * 32)]
    for stray in strays:
        stray.write_bytes(b"half")
        os.utime(stray, (school.clock.now().timestamp(),) * 2)
    session.verify(Compartment.CONSENT)
    assert all(stray.exists() for stray in strays)
    school.clock.move(timedelta(hours=25))
    assert session.verify(Compartment.CONSENT).in_order
    assert not any(stray.exists() for stray in strays)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.blob(reader.all(Decision)[0].proof) == PROOF
