"""A copy that was changed in any way is found, with and without the register."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from app.compile.compiling import compile_copy
from app.compile.contents import from_bytes, to_bytes
from app.compile.verify import Verified, fingerprint, verify_compiled
from db.keys.canonical import statement
from db.keys.pairs import PrivatePair
from db.register.vouching import vouched
from reports.compile.bind import stored
from tests.app.compile.situations import (
    BINDER,
    CALL,
    TALK,
    decided,
    pdf_file,
    request_of,
    situation,
    with_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.registers import School

LETTER = with_file("brief.pdf", pdf_file("Beste school, dit is een brief.", "Tweede blad."))


@pytest.fixture
def copy(school: School) -> bytes:
    """A copy of a dossier."""
    case = situation(school.director(), TALK, CALL, LETTER)
    return compile_copy(case.session, BINDER, decided(case, request_of(case))).pdf.content


def looked(content: bytes) -> Verified:
    """What verifying says."""
    return verify_compiled(BINDER, vouched, content)


def ids(content: bytes) -> set[str]:
    """The ids of what was found."""
    return {finding.id for finding in looked(content).findings}


def saved(content: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The copy after somebody changed it with another program."""
    out = BytesIO()
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def rider(pdf: pikepdf.Pdf) -> bytes:
    """The contents that ride along."""
    return pdf.attachments["inhoud.json"].get_file().read_bytes()


def test_a_copy_is_in_order(copy: bytes) -> None:
    found = looked(copy)
    assert (found.findings, found.in_order) == ((), True)
    assert found.contents is not None
    assert [piece.kind for piece in found.contents.pieces] == ["call", "talk", "letter_in"]
    assert len(found.contents.pages) == found.pages == 5


def test_the_key_on_the_cover_is_the_one_that_verifying_shows(copy: bytes) -> None:
    from tests.app.compile.test_compiling import words

    found = looked(copy)
    assert found.contents is not None
    assert fingerprint(found.contents.signature.public) in words(copy)


def test_a_page_that_was_changed_is_named(copy: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].contents_add(b"0 0 100 100 re f")

    found = looked(saved(copy, change))
    assert {f.id for f in found.findings} == {"compile.page_changed", "compile.file_changed"}
    assert next(f.values for f in found.findings if f.values) == {"page": 3}


def test_a_picture_that_was_exchanged_is_found(copy: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.pages[3].obj.Resources.XObject["/Sheet"]
        other = pdf.pages[4].obj.Resources.XObject["/Sheet"]
        image.write(other.read_raw_bytes(), filter=pikepdf.Name.DCTDecode)

    assert "compile.page_changed" in ids(saved(copy, change))


def test_a_page_that_was_taken_out_is_found(copy: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[4]

    assert ids(saved(copy, change)) == {"compile.pages_missing", "compile.file_changed"}


def test_pages_that_changed_places_are_found(copy: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[3], pdf.pages[4] = pdf.pages[4], pdf.pages[3]

    assert "compile.page_changed" in ids(saved(copy, change))


def test_a_page_that_was_added_is_found(copy: bytes) -> None:
    assert "compile.pages_added" in ids(saved(copy, lambda pdf: pdf.add_blank_page()))


def test_a_file_that_was_added_is_found(copy: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["meer.txt"] = b"meer"

    assert "compile.file_added" in ids(saved(copy, change))


def test_contents_that_were_changed_are_found(copy: bytes) -> None:
    with pikepdf.Pdf.open(BytesIO(copy)) as pdf:
        said = from_bytes(rider(pdf))
    changed = replace(said, recipient="x" * len(said.recipient))
    forged = copy.replace(stored(to_bytes(said)), stored(to_bytes(changed)))
    assert forged != copy
    assert {"compile.signature_wrong", "compile.file_changed"} <= ids(forged)


def test_the_signature_of_another_is_found(copy: bytes) -> None:
    with pikepdf.Pdf.open(BytesIO(copy)) as pdf:
        said = from_bytes(rider(pdf))
    stranger = PrivatePair.random()
    value = stranger.sign(statement(said.signature.register, said.signed)).hex()
    changed = replace(said, signature=replace(said.signature, value=value))
    forged = copy.replace(stored(to_bytes(said)), stored(to_bytes(changed)))
    assert ids(forged) == {"compile.signature_wrong"}


def test_a_stranger_who_signs_anew_is_unknown_to_the_register(
    copy: bytes, school: School
) -> None:
    stranger = PrivatePair.random()
    with pikepdf.Pdf.open(BytesIO(copy)) as pdf:
        said = from_bytes(rider(pdf))
    blank = replace(
        said, signature=replace(said.signature, public=stranger.public.signing.hex())
    )
    bare = copy.replace(stored(to_bytes(said)), stored(blank.blank))
    hashed = replace(blank, file=hashlib.sha256(bare).hexdigest())
    value = stranger.sign(statement(said.signature.register, hashed.signed)).hex()
    whole = replace(hashed, signature=replace(hashed.signature, value=value))
    forged = bare.replace(stored(blank.blank), stored(to_bytes(whole)))
    assert ids(forged) == set()
    known = verify_compiled(BINDER, vouched, forged, school.teacher())
    assert [finding.id for finding in known.findings] == ["compile.signer_unknown"]


def test_the_register_knows_the_signer(copy: bytes, school: School) -> None:
    found = verify_compiled(BINDER, vouched, copy, school.teacher())
    assert (found.findings, found.signer) == ((), "Jan de Wit")


def test_the_register_still_knows_a_signer_whose_access_was_renewed(
    copy: bytes, school: School
) -> None:
    session = school.director()
    other = session.add_user("Mira Prins", ("director",))
    school.lock()
    second = school.vault.enrol(school.folder, "Mira Prins", other, "zwaan op het dak zit stil")
    school.keep(second)
    jan = next(user for user in second.users() if user.name == "Jan de Wit")
    second.reissue(jan.id)
    assert verify_compiled(BINDER, vouched, copy, second).signer == "Jan de Wit"


@pytest.mark.parametrize("part", [1, 2, 10, 100])
def test_a_copy_that_was_cut_off_is_found(copy: bytes, part: int) -> None:
    assert ids(copy[: len(copy) - len(copy) // part if part > 1 else 0]) == {
        "compile.unreadable"
    }


def test_bytes_behind_the_end_are_found(copy: bytes) -> None:
    assert ids(copy + b"\n% meer\n") & {"compile.file_changed", "compile.unreadable"}


def test_any_byte_that_changes_is_found(copy: bytes) -> None:
    step = len(copy) // 40
    for place in range(0, len(copy), step):
        changed = bytearray(copy)
        changed[place] ^= 1
        assert not looked(bytes(changed)).in_order, place


def test_another_document_is_no_copy() -> None:
    assert ids(pdf_file("Zomaar een brief.")) == {"compile.no_contents"}
    assert ids(b"") == ids(b"geen pdf") == {"compile.unreadable"}


@pytest.mark.parametrize("said", [b"", b"{}", b"[]", b'{"format": 1}', b"[" * 90_000])
def test_contents_of_somebody_else_are_told(copy: bytes, said: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["inhoud.json"].get_file().obj.write(said)

    assert ids(saved(copy, change)) == {"compile.contents_damaged"}
