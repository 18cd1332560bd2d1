"""Which files are taken as proof."""

from __future__ import annotations

import pytest

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


def test_a_scan_is_taken_as_it_is() -> None:
    assert check_proof(b"%PDF-1.7") == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"MZ program", "proof_unknown"), (b"%PDF-" + bytes(LARGEST_PROOF), "proof_large")],
)
def test_anything_else_is_refused_at_its_field(content: bytes, text: str) -> None:
    with pytest.raises(Refusal, match=text) as refused:
        check_proof(content)
    assert refused.value.field == "proof"
