"""Writing many records at once, and verifying many journal entries."""

from __future__ import annotations

import hashlib
import secrets
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.ids import new_id
from app.people.records import Guardian, Pupil, Relation
from tests.bench.imports import measured
from tests.bench.places import KEPT, SIZES
from tests.bench.table import PROCESSOR, Measured, Table, in_turns
from tests.db.store.hand import Shelf

pytestmark = pytest.mark.bench

_MANY = 20_000
_ENTRIES = 1_500
_COLUMNS = 6


def people(many: int) -> list[Pupil | Guardian | Relation]:
    """Pupils with a guardian each."""
    found: list[Pupil | Guardian | Relation] = []
    for number in range(many):
        pupil = Pupil(id=new_id(), first_name=f"Kind{number}", surname=f"Naam{number % 977}")
        guardian = Guardian(id=new_id(), first_name="Ouder", surname=pupil.surname)
        relation = Relation(
            id=new_id(), pupil_id=pupil.id, guardian_id=guardian.id, kind="parent"
        )
        found += [pupil, guardian, relation]
    return found


def test_adding_many_records(tmp_path: Path, table: Table) -> None:
    shelf = Shelf(tmp_path)
    file = shelf.create()
    raw = file._opened.raw
    raw.execute(
        "CREATE TABLE bench_floor (id TEXT PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT)"
    )
    rounds = count()

    def ours() -> None:
        with file.work("bench", str(next(rounds))) as work:
            work.add(*people(_MANY // 3))
            work.commit()

    def floor() -> None:
        rows = [(new_id(), *(f"waarde {i % 97}" for _ in range(5))) for i in range(_MANY)]
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany("INSERT INTO bench_floor VALUES (?,?,?,?,?,?)", rows)
        raw.execute("COMMIT")

    mine, bare = in_turns(ours, floor, rounds=5)
    file.close()
    table.add(Measured("20,000 records added, sealed and indexed", 0, mine, bare, 6))


def test_verifying_a_journal(tmp_path: Path, table: Table) -> None:
    file = Shelf(tmp_path).create()
    for number in range(_ENTRIES):
        with file.work("bench", str(number)) as work:
            work.add(Pupil(id=new_id(), first_name=f"Kind{number}", surname="Naam"))
            work.commit()
    key = Ed25519PrivateKey.generate()
    public = key.public_key()
    signed = [
        (body := secrets.token_bytes(400), key.sign(body), secrets.token_bytes(200))
        for _ in range(_ENTRIES)
    ]

    def floor() -> None:
        for body, signature, row in signed:
            hashlib.sha256(body + signature).digest()
            hashlib.sha256(row).digest()
            public.verify(signature, body)

    mine, bare = in_turns(file.verify, floor, rounds=7, clock=PROCESSOR)
    file.close()
    table.add(Measured("journal verification, 1,500 entries and rows", 0, mine, bare, 1.5))


@pytest.fixture(scope="module", params=SIZES)
def imported(request: pytest.FixtureRequest) -> tuple[int, dict[str, Any]]:
    """What it took to bring a whole school in from one list."""
    pupils = int(request.param)
    KEPT.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=KEPT, prefix="run-") as place:
        return pupils, measured(Path(place), pupils)


def test_bringing_a_school_in(imported: tuple[int, dict[str, Any]], table: Table) -> None:
    pupils, took = imported
    parts = ("reading", "comparing", "writing")
    seconds = {name: took[name] / 1000 for name in (*parts, "publishing")}
    note = (
        "; ".join(f"{name} {value:.1f} s" for name, value in seconds.items())
        + f", all of the processor; {took['people']} people"
    )
    whole = sum(took[name] for name in parts)
    what = "pupils with guardians read, compared, sealed, indexed"
    table.add(Measured(what, pupils, whole, took["floor"], 6, note=note))


def test_bringing_a_school_in_takes_little_room(
    imported: tuple[int, dict[str, Any]], table: Table
) -> None:
    pupils, took = imported
    table.add(Measured("most memory while importing", pupils, took["peak"], 0, 400, "MB"))
    table.add(Measured("longest without a step", pupils, took["longest"], 0, 100, "ms"))
