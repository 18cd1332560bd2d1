"""The paper behind a decision: which files are taken as proof, and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_PROOF = 25 * 1024 * 1024
_TAIL = 1024
_MARK, _END = 0xFF, 0xD9
_RESTARTS = range(0xD0, 0xD8)

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
        Refusal: `consent.proof_large`, `consent.proof_unknown`, or `consent.proof_broken` for a
            file that stops before its end, as one that was not copied to the end does.
    """
    if len(content) > LARGEST_PROOF:
        megabytes = LARGEST_PROOF // (1024 * 1024)
        raise Refusal("consent.proof_large", field="proof", megabytes=megabytes)
    kind = proof_kind(content)
    if not kind:
        raise Refusal("consent.proof_unknown", field="proof")
    if not _ENDS[kind](content):
        raise Refusal("consent.proof_broken", field="proof")
    return content


def _pdf_ends(content: bytes) -> bool:
    """Whether a PDF has its last line; some scanners fill up the block behind it."""
    return b"%%EOF" in content.rstrip(b"\0 \t\r\n")[-_TAIL:]


def _png_ends(content: bytes) -> bool:
    """Whether the chunks of a PNG go on to the one that ends it."""
    place = len(_BEGINNINGS[1][0])
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        if content[place + 4 : place + 8] == b"IEND":
            return True
        place += 12 + length
    return False


def _jpeg_ends(content: bytes) -> bool:
    """Whether the segments of a JPEG go on to its end; a small picture inside is skipped."""
    place = 2
    while place + 2 <= len(content):
        marker = content[place + 1]
        if content[place] != _MARK or marker in {0, _MARK, *_RESTARTS}:
            place = content.find(_MARK, place + 1)
            if place < 0:
                return False
        elif marker == _END:
            return True
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return False


_ENDS: dict[str, Callable[[bytes], bool]] = {
    "pdf": _pdf_ends,
    "png": _png_ends,
    "jpeg": _jpeg_ends,
}
