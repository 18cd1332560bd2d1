"""The paper behind a decision: which files are taken as proof, and what they are."""

from __future__ import annotations

from app.errors import Refusal

LARGEST_PROOF = 25 * 1024 * 1024

_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)


def proof_kind(content: bytes) -> str:
    """What a file is by its first bytes: "pdf", "png", "jpeg", or "" for anything else."""
    return next((kind for start, kind in _BEGINNINGS if content.startswith(start)), "")


def check_proof(content: bytes) -> bytes:
    """The same bytes, when they can be kept as proof.

    Raises:
        Refusal: `consent.proof_large`, `consent.proof_unknown`.
    """
    if len(content) > LARGEST_PROOF:
        megabytes = LARGEST_PROOF // (1024 * 1024)
        raise Refusal("consent.proof_large", field="proof", megabytes=megabytes)
    if not proof_kind(content):
        raise Refusal("consent.proof_unknown", field="proof")
    return content
