"""What this machine remembers: an older copy of a register is noticed, and work goes on."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ports import Head
from app.record import Compartment
from app.register.records import School as SchoolRecord
from db.register.anchors import DIRECTORY, AnchorFile, Anchors
from db.register.files import Files
from tests.db.keys.keyrings import MemoryKeyring, box

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registers import School

CONSENT = Compartment.CONSENT


def write(school: School, name: str) -> None:
    session = school.administrator()
    with session.work(CONSENT, "school_changed") as work:
        work.add(SchoolRecord(id=name, name=name))
        work.commit()
    school.lock()


def saved(school: School, place: Path) -> Path:
    school.lock()
    shutil.copytree(school.folder, place)
    return place


def put_back(school: School, place: Path) -> None:
    school.lock()
    shutil.rmtree(school.folder)
    shutil.copytree(place, school.folder)


def findings(school: School, part: Compartment) -> list[str]:
    return [one.id for one in school.director().verify(part).findings]


def test_an_untouched_register_has_nothing_to_tell(school: School) -> None:
    write(school, "one")
    assert findings(school, CONSENT) == findings(school, Compartment.CHECK) == []


def test_an_older_copy_of_everything_is_noticed(school: School, tmp_path: Path) -> None:
    write(school, "one")
    old = saved(school, tmp_path / "old")
    write(school, "two")
    put_back(school, old)
    assert findings(school, CONSENT) != []


def test_writing_on_does_not_hide_an_older_copy(school: School, tmp_path: Path) -> None:
    old = saved(school, tmp_path / "old")
    write(school, "one")
    put_back(school, old)
    for name in ("other", "and", "more"):
        write(school, name)
    assert findings(school, CONSENT) != []


def test_one_older_file_is_noticed(school: School, tmp_path: Path) -> None:
    write(school, "one")
    old = saved(school, tmp_path / "old")
    write(school, "two")
    shutil.copy(old / "consent.db", school.folder / "consent.db")
    assert findings(school, CONSENT) != []


def test_an_older_directory_is_noticed(school: School, tmp_path: Path) -> None:
    old = saved(school, tmp_path / "old")
    school.director().add_user("Klaas", ("teacher",))
    school.lock()
    for letter in "ab":
        shutil.copy(old / f"directory.{letter}", school.folder / f"directory.{letter}")
    assert findings(school, Compartment.CHECK) == ["register.older_directory"]


def test_a_machine_that_remembers_nothing_opens_as_always(school: School) -> None:
    write(school, "one")
    shutil.rmtree(school.remembered)
    assert findings(school, CONSENT) == []


@pytest.mark.parametrize("content", [b"", b"rubbish", b"[]", b'{"device":1}', b'{"heads":[1]}'])
def test_a_damaged_memory_counts_as_none(school: School, content: bytes) -> None:
    (path,) = school.remembered.iterdir()
    path.write_bytes(content)
    assert findings(school, CONSENT) == []
    assert json.loads(path.read_bytes())["device"]


def test_another_root_is_noticed(school: School) -> None:
    (path,) = school.remembered.iterdir()
    known = json.loads(path.read_bytes())
    path.write_text(json.dumps({**known, "root": "0" * 64}))
    assert findings(school, Compartment.CHECK) == ["register.other_root"]


def test_the_installation_keeps_its_name(school: School) -> None:
    first = school.director().register.device
    assert school.teacher().register.device == first


numbers = st.lists(st.integers(0, 50), max_size=40)


@given(numbers)
def test_the_furthest_head_is_never_forgotten(found: list[int]) -> None:
    anchors = Anchors("device")
    for number in found:
        anchors.remember("consent", Head(number, f"digest {number}"))
    known = [head.number for head in anchors.of("consent")]
    assert max(known, default=0) == max(found, default=0)
    assert known == sorted(known)
    assert len(known) <= 8


def test_the_keyring_remembers_when_the_file_is_gone(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    anchors = Anchors("device", "root")
    anchors.remember(CONSENT.value, Head(7, "d" * 64))
    anchors.remember(DIRECTORY, Head(3, "e" * 64))
    AnchorFile(tmp_path / "a", "reg", Files(), box(keyring)).save(anchors)
    assert max(map(len, keyring.kept.values())) < 200
    again = AnchorFile(tmp_path / "elsewhere", "reg", Files(), box(keyring)).load()
    assert again.of(CONSENT.value) == (Head(7, "d" * 64),)
    assert again.root == "root"


def test_a_keyring_that_fails_disturbs_nobody(tmp_path: Path) -> None:
    keyring = MemoryKeyring(locked=True)
    file = AnchorFile(tmp_path, "reg", Files(), box(keyring))
    file.save(Anchors("device", "root"))
    assert file.load().device == "device"
