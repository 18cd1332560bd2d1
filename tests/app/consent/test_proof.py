"""Which files are taken as proof."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.consent.proof import LARGEST_PROOF, check_proof, proof_kind
from app.errors import Refusal


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0...", "jpeg"),
        (b"MZ", ""),
        (b"", ""),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content: bytes, kind: str) -> None:
    assert proof_kind(content) == kind


def picture(kind: str, **more: Any) -> bytes:
    """A page with something on it, with a smaller picture of it inside where that can be."""
    page = Image.effect_noise((90, 120), 80).convert("RGB")
    inside, whole = BytesIO(), BytesIO()
    page.resize((30, 40)).save(inside, "JPEG")
    if kind == "JPEG":
        more["comment"] = inside.getvalue()
    page.save(whole, kind, **more)
    return whole.getvalue()


SCANS = {
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "jpeg that comes up in steps": picture("JPEG", progressive=True),
    "pdf": picture("PDF"),
}


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_is_taken_as_it_is(name: str) -> None:
    content = SCANS[name]
    assert check_proof(content) == content
    filled = content + bytes(5000)
    assert check_proof(filled) == filled


@pytest.mark.parametrize("name", SCANS)
@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.99])
def test_a_file_that_stops_halfway_proves_nothing(name: str, share: float) -> None:
    content = SCANS[name]
    with pytest.raises(Refusal, match="proof_broken") as refused:
        check_proof(content[: int(len(content) * share)])
    assert refused.value.field == "proof"


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"MZ program", "proof_unknown"), (b"%PDF-" + bytes(LARGEST_PROOF), "proof_large")],
)
def test_anything_else_is_refused_at_its_field(content: bytes, text: str) -> None:
    with pytest.raises(Refusal, match=text) as refused:
        check_proof(content)
    assert refused.value.field == "proof"
