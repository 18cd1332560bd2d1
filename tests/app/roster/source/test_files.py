"""Files, folders and zips as people choose them, and what is done to harm with a zip."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal, Trouble
from app.jobs import SILENT, CancelledError
from app.roster.read import look_at, read
from app.roster.roster import SourceKind
from app.roster.source import files, limits
from tests.app.roster.sources import (
    BSN,
    ONEROSTER,
    PUPIL,
    SDS,
    edex,
    folder,
    saved,
    told,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read([path])
    return caught.value.message.id.removeprefix("roster.")


def packed(place: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return place


@pytest.mark.parametrize(
    ("content", "text_id"),
    [
        (b"", "file_empty"),
        (b"  \r\n\t", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"%PDF-1.7\n", "kind_pdf"),
        (
            b"PK\x03\x04"
            + bytes(26)
            + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "kind_open_document",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"<html><table><tr><td>Naam", "kind_page"),
        (b"<!DOCTYPE html><p>x", "kind_page"),
        (b"\x1f\x8b\x08\x00", "kind_packed"),
        (b"7z\xbc\xaf\x27\x1c", "kind_packed"),
        (b"\x89PNG\r\n\x1a\n", "kind_picture"),
        (bytes(range(32)) * 9, "kind_other"),
        (b"\x00" * 400, "kind_other"),
        (b'{"leerlingen": [{"naam": "Tom Bos"}]}', "kind_other"),
        (b"BEGIN:VCARD\r\nFN:Tom Bos\r\n", "kind_other"),
        (b"PK\x03\x04 and then nothing", "zip_broken"),
    ],
)
@pytest.mark.parametrize("name", ["EDEX.xml", "lijst.csv"])
def test_a_wrong_kind_under_a_right_name(
    tmp_path: Path, name: str, content: bytes, text_id: str
) -> None:
    assert refused(saved(tmp_path, content, name)) == text_id


def test_the_content_counts_and_the_name_is_told(tmp_path: Path) -> None:
    roster = read([saved(tmp_path, edex(), "leerlingen.csv")])
    assert roster.kind is SourceKind.EDEXML
    assert told(roster) == [("other_content", 0, "")]


def test_what_does_not_belong_to_it_is_passed_over(tmp_path: Path) -> None:
    place = folder(tmp_path / "map", SDS | {"leesmij.txt": "Zie de handleiding.\n"})
    (place / "handleiding.pdf").write_bytes(b"%PDF-1.7")
    (place / ".verborgen").write_bytes(b"x")
    (place / "leeg.csv").write_bytes(b"")
    found = look_at([place])
    assert found.kind is SourceKind.SDS
    assert {(fault.where.file, fault.message.id) for fault in found.faults} == {
        ("handleiding.pdf", "roster.kind_pdf"),
        ("leeg.csv", "roster.file_empty"),
    }


def test_an_empty_folder_and_no_file_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path) == "folder_empty"
    with pytest.raises(Refusal, match="nothing_chosen"):
        read([])


def test_a_file_that_is_gone_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot_open"):
        read([tmp_path / "weg.xml"])


def test_a_file_that_goes_after_the_look_is_trouble(tmp_path: Path) -> None:
    path = saved(tmp_path, edex())
    found = look_at([path])
    path.unlink()
    with pytest.raises(Trouble, match="cannot_open"):
        read(found)


def test_other_xml_beside_an_export_is_passed_over(tmp_path: Path) -> None:
    place = tmp_path / "map"
    place.mkdir()
    saved(place, edex())
    saved(place, b"<schema/>", "EDEXML.xsd")
    assert told(read([place])) == [("member_passed_over", 0, "")]
    saved(place, b"<kapot", "kapot.xml")
    roster = read([place])
    assert {fault for fault, _, _ in told(roster)} == {"member_passed_over", "xml_cut_off"}
    assert not roster.whole  # what could not be read may hold anybody


def test_kinds_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    answer = edex().replace(b"EDEX>", b"leerlinggegevens>")
    one, two = saved(tmp_path, edex(), "a.xml"), saved(tmp_path, answer, "b.xml")
    with pytest.raises(Refusal, match="several_kinds"):
        read([one, two])


def test_a_zip_that_changed_after_the_look_is_refused(tmp_path: Path) -> None:
    found = look_at([zipped(tmp_path / "a.zip", SDS)])
    packed(tmp_path / "a.zip", ("EDEX.xml", edex()))
    with pytest.raises(Refusal, match="zip_broken"):
        read(found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "EDEX.xml")
    assert refused(tmp_path / "EDEX.xml") == "kind_other"


def test_who_is_missing_is_told_of_the_right_file(tmp_path: Path) -> None:
    head = SDS["users.csv"].partition("\n")[0]
    with pytest.raises(Refusal, match="nobody") as caught:
        read([folder(tmp_path / "sds", SDS | {"users.csv": f"{head}\n"})])
    assert caught.value.message.values == {"file": "users.csv"}


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, edex())
    assert read([path]).digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_digest_of_a_folder_changes_with_any_file(tmp_path: Path) -> None:
    place = folder(tmp_path / "map", SDS)
    before = files.digest(files.gather([place]).members, SILENT)
    (place / "courses.csv").write_bytes(b"sourcedId,title\n1,x\n")
    assert files.digest(files.gather([place]).members, SILENT) != before


@pytest.mark.parametrize(
    "name", ["../EDEX.xml", "/EDEX.xml", "C:/EDEX.xml", "a/../../EDEX.xml"]
)
def test_a_member_outside_the_zip_is_ignored(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.zip", (name, edex()))
    assert refused(path) == "zip_nothing"
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_what_a_mac_adds_is_ignored(tmp_path: Path) -> None:
    members = (("__MACOSX/._EDEX.xml", b"\x00\x05"), ("map/EDEX.xml", edex()), ("map/", b""))
    found = look_at([packed(tmp_path / "a.zip", *members)])
    assert [member.name for member in found.members] == ["EDEX.xml"]
    assert found.faults == ()


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = packed(tmp_path / "b.zip", ("EDEX.xml", edex())).read_bytes()
    assert refused(packed(tmp_path / "a.zip", ("b.zip", inner))) == "zip_nested"


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ("xl/workbook.bin", "kind_excel_other"),
        ("word/document.xml", "kind_other"),
        ("Index/Document.iwa", "kind_numbers"),
    ],
)
def test_a_document_of_another_program_is_called_by_its_own_name(
    tmp_path: Path, member: str, reason: str
) -> None:
    parts = (("[Content_Types].xml", b"<Types/>"), (member, b"<x/>"))
    with pytest.raises(Refusal, match=reason) as caught:
        read([packed(tmp_path / "lijst.xlsb", *parts)])
    assert caught.value.message.values == {"file": "lijst.xlsb"}


def test_namesakes_in_a_zip_are_told_apart(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("x/EDEX.xml", edex()), ("y/EDEX.xml", edex()))
    names = [member.name for member in look_at([path]).members]
    assert names == ["EDEX.xml", "EDEX.xml (2)"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = b"<EDEX>" + b" " * 50_000_000
    assert refused(packed(tmp_path / "a.zip", ("EDEX.xml", bomb))) == "zip_bomb"


def test_many_large_members_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "limit", lambda which: 5_000)
    members = [(f"{n}.csv", os.urandom(900).hex().encode()) for n in range(4)]
    assert refused(packed(tmp_path / "a.zip", *members)) == "zip_bomb"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    members = [(f"{n}.csv", b"a;b\n1;2\n") for n in range(501)]
    assert refused(packed(tmp_path / "a.zip", *members)) == "zip_members"


def test_an_endless_list_of_members_is_not_even_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("EDEX.xml", edex()))
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 0x7FFFFFFF)
    path.write_bytes(content)
    assert refused(path) == "zip_members"


def test_a_locked_zip_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("EDEX.xml", edex()))
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + at] |= 1
    path.write_bytes(content)
    assert refused(path) == "zip_locked"


def test_another_way_of_packing_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("EDEX.xml", edex())
    assert refused(tmp_path / "a.zip") == "zip_method"


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def spoilt(content: bytes) -> bytes:
    return content[:60] + bytes(40) + content[100:]


@pytest.mark.parametrize("damage", [half, spoilt])
def test_a_damaged_zip_is_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = packed(tmp_path / "a.zip", ("EDEX.xml", edex()))
    path.write_bytes(damage(path.read_bytes()))
    assert refused(path) == "zip_broken"


def test_a_member_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("EDEX.xml", edex()))
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    assert refused(path) in ("zip_broken", "xml_cut_off")


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "limit", lambda which: 100)
    assert refused(saved(tmp_path, edex())) == "file_too_big"


def test_every_limit_has_a_number() -> None:
    assert all(limits.limit(which) > 0 for which in limits.Limit)


def test_a_member_can_be_read_again_from_its_start(tmp_path: Path) -> None:
    found = look_at([zipped(tmp_path / "a.zip", ONEROSTER)])
    member = next(each for each in found.members if each.name == "users.csv")
    with member.open() as stream:
        assert stream.seek(0, io.SEEK_END) == member.size
        assert stream.read() == b""
        stream.seek(0)
        first = stream.read()
        stream.seek(0)
        assert stream.read() == first == ONEROSTER["users.csv"].encode()


def test_a_number_in_the_name_of_a_file_is_not_repeated(tmp_path: Path) -> None:
    roster = read([saved(tmp_path, edex(PUPIL + "<leerling/>"), f"leerling {BSN}.xml")])
    assert BSN not in repr(roster)


class _Stops:
    """A person who stops at some step."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self, done: int, total: int) -> None:
        self.left -= 1
        if not self.left:
            raise CancelledError


@pytest.mark.parametrize("at", [1, 2])
def test_the_reading_can_be_stopped(tmp_path: Path, at: int) -> None:
    with pytest.raises(CancelledError):
        read([saved(tmp_path, edex())], progress=_Stops(at))
    with pytest.raises(CancelledError):
        read([zipped(tmp_path / "a.zip", SDS)], progress=_Stops(at))


class _Notes:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.seen: list[float] = []

    def step(self, done: int, total: int) -> None:
        self.seen.append(done / total)


@pytest.mark.parametrize("tables", [SDS, ONEROSTER])
def test_the_progress_only_grows(tmp_path: Path, tables: dict[str, str]) -> None:
    notes = _Notes()
    read([folder(tmp_path / "set", tables)], progress=notes)
    assert notes.seen == sorted(notes.seen)
    assert 0 <= notes.seen[0] <= notes.seen[-1] <= 1
