"""A flipped bit anywhere in a register is told, in both languages; nothing wrong is ever shown.

Every page of every file and every part of the directory, the attached files and the sealed
reports is struck in turn. Missing, exchanged, cut off and newer files are tried beside the code
that opens them.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from app.consent.records import Decision
from app.errors import BoordboekError
from app.journal.verify import verify_all
from app.record import Compartment
from app.text import LANGUAGES, Words
from tests.campaigns.office import PROOF, REPORT, Office, decide, report
from tests.campaigns.places import TORTURE, quick_folder
from tests.registers import DIRECTOR, School

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.errors import Message
    from db.register.vault import LocalVault

PAGE = 4096
SEED = 20261122
BITS, STEP = (8, 1) if TORTURE else (1, 2)
"""Bits in a page, and every how many pages."""


@pytest.fixture(scope="module")
def lived_in(
    template_school: School, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[School]:
    """A register with decisions, a scan and a sealed report, locked."""
    with quick_folder(tmp_path_factory.mktemp("damage")) as folder:
        copy = template_school.copied(folder)
        office = Office(copy, Random(SEED))
        office.prepare()
        decide(office, 1)
        report(office, 2)
        copy.lock()
        yield copy


def places(path: Path, random: Random) -> list[tuple[int, int]]:
    """Byte and bit: some in every page, or in every other one."""
    size = path.stat().st_size
    first = random.randrange(STEP) * PAGE if size > PAGE else 0
    pages = range(first, size, STEP * PAGE)
    return [
        (random.randrange(page, min(page + PAGE, size)), random.randrange(8))
        for page in pages
        for _ in range(BITS)
    ]


def flip(path: Path, at: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)


def told_by(school: School, vault: LocalVault) -> list[Message]:
    """Everything the director is told who opens, reads and verifies the register."""
    try:
        session = school.keep(vault.unlock(school.folder, DIRECTOR.name, DIRECTOR.password))
        found = [finding for each in verify_all(session) for finding in each.findings]
        with session.look(Compartment.CONSENT) as reader:
            assert all(reader.blob(one.proof) == PROOF for one in reader.all(Decision))
        for card in session.waiting(REPORT):
            session.unseal(REPORT, card.id)
    except BoordboekError as error:
        return [error.message]
    else:
        return found
    finally:
        school.lock()


def in_words(message: Message) -> list[str]:
    """The sentence in every language; a text that is missing would show its id."""
    said = [Words(language).of(message) for language in LANGUAGES]
    assert all(" " in text and message.id not in text for text in said), message
    assert len(set(said)) == len(LANGUAGES)
    return said


def files_of(school: School) -> list[Path]:
    """Everything but what users keep for themselves: that is passed over when it is damaged."""
    return sorted(
        path
        for path in school.folder.rglob("*")
        if path.is_file() and path.name != "opened" and "own" not in path.parts
    )


def test_an_untouched_register_has_nothing_to_tell(lived_in: School) -> None:
    assert told_by(lived_in, lived_in.vault) == []


def test_a_flipped_bit_is_told_wherever_it_is(lived_in: School) -> None:
    random, missed, struck = Random(SEED), [], 0
    vault = lived_in.vault
    for path in files_of(lived_in):
        whole = path.read_bytes()
        for at, bit in places(path, random):
            flip(path, at, bit)
            found = told_by(lived_in, vault)
            if not found:
                missed.append((path.name, at, bit))
            for message in found:
                in_words(message)
            struck += 1
            path.write_bytes(whole)
    print(f"bits flipped: {struck}, not told: {len(missed)}, seed {SEED}")
    assert not missed
    assert struck > 80
    assert told_by(lived_in, lived_in.vault) == []
