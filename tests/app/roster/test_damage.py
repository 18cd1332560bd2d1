"""Whatever a file holds, it is read or refused: nothing else ever comes out."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refusal
from app.roster.read import look_at, read
from app.roster.readers.mapping import Mapping
from app.roster.roster import SourceKind
from app.text import Words
from tests.app.roster.sources import BSN, GROUPS, ONEROSTER, PUPIL, SDS, edex, pupil, teacher

if TYPE_CHECKING:
    import random

ENVELOPE = (
    f'<s:Envelope xmlns:s="urn:s"><s:Body><leerlinggegevens xmlns="urn:a">{GROUPS}'
    f"<leerlingen>{PUPIL}</leerlingen></leerlinggegevens></s:Body></s:Envelope>"
).encode()
MAPPING = Mapping(name="lijst", columns=(("givenName", "pupil.first_name"),))


def in_zip(tables: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in tables.items():
            packed.writestr(name, text.encode())
    return out.getvalue()


SOUND = {
    "EDEX.xml": edex(
        PUPIL + pupil("<achternaam>Bos</achternaam>"), staff=teacher("<rol>IB</rol>")
    ),
    "wide.xml": edex(head='<?xml version="1.0" encoding="UTF-16"?>', encoding="utf-16"),
    "answer.xml": ENVELOPE,
    "sds.zip": in_zip(SDS),
    "set.zip": in_zip(ONEROSTER),
    "users.csv": ONEROSTER["users.csv"].encode(),
}


def survives(files: dict[str, bytes]) -> None:
    """Read the files; a refusal has a sentence in both languages, with all its values."""
    with TemporaryDirectory() as place:
        for name, content in files.items():
            Path(place, name).write_bytes(content)
        paths = [Path(place, name) for name in files]
        try:
            found = look_at(paths)
            roster = read(found, MAPPING if found.kind is SourceKind.LIST else None)
            messages = [fault.message for fault in roster.faults]
        except Refusal as refusal:
            messages = [refusal.message]
    for message in messages:
        for language in ("nl", "en"):
            said = Words(language).of(message)
            assert said != message.id
            assert "{" not in said


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["EDEX.xml", "a.csv", "a.zip", "a.xlsx"]))
def test_any_bytes(content: bytes, name: str) -> None:
    survives({name: content})


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.floats(0, 1))
def test_any_file_cut_off(name: str, part: float) -> None:
    survives({name: SOUND[name][: int(len(SOUND[name]) * part)]})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SOUND)), st.randoms(use_true_random=False))
def test_any_file_with_some_bytes_changed(name: str, chance: random.Random) -> None:
    content = bytearray(SOUND[name])
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    survives({name: bytes(content)})


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([SDS, ONEROSTER]), st.randoms(use_true_random=False))
def test_any_tables_with_lines_lost_doubled_and_mixed(
    tables: dict[str, str], chance: random.Random
) -> None:
    mixed = {}
    for name, text in tables.items():
        lines = text.splitlines()
        for _ in range(chance.randint(0, 2)):
            lines[chance.randrange(len(lines))] = chance.choice(lines)
        if chance.random() < 0.2:
            chance.shuffle(lines)
        if chance.random() > 0.1:
            mixed[name] = "\n".join(lines)
    survives({name: text.encode() for name, text in mixed.items()} or {"a.csv": b"x"})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(SOUND)), min_size=1, max_size=3, unique=True))
def test_any_files_together(names: list[str]) -> None:
    survives({name: SOUND[name] for name in names})


FIELDS = (
    "achternaam",
    "roepnaam",
    "voornamen",
    "voorvoegsel",
    "voorletters-1",
    "geboortedatum",
)


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.sampled_from(FIELDS), st.text(alphabet="aZ9 .-',", max_size=20)),
    st.sampled_from(FIELDS),
    st.sampled_from(["", "x ", "nr. "]),
)
def test_a_number_that_may_not_be_held_comes_out_nowhere(
    fields: dict[str, str], hidden: str, before: str
) -> None:
    texts = fields | {hidden: f"{before}{BSN}"}
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in texts.items())
    with TemporaryDirectory() as place:
        path = Path(place, "EDEX.xml")
        path.write_bytes(edex(PUPIL + pupil(inner, BSN)))
        assert BSN not in repr(read([path]))


@pytest.mark.parametrize("name", sorted(SOUND))
def test_every_sound_file_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SOUND[name])
    assert read([path]).pupils
