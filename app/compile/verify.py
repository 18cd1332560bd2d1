"""Verifies a copy: whether it is what somebody of the school compiled and signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.compile.binding import CONTENTS_NAME
from app.compile.contents import Contents, UnreadableError, from_bytes, to_bytes
from app.errors import Message
from app.jobs import SILENT, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.compile.binding import Binder, ReadBack
    from app.compile.contents import OpenSignature
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class Verified:
    """What came out of verifying a copy.

    Attributes:
        contents: what the copy says of itself, or None when that cannot be read.
        pages: how many it has.
        findings: what does not fit, as sentences; empty when all is in order.
        signer: name of the user of the register who signed it; "" when no register was asked.
    """

    contents: Contents | None
    pages: int
    findings: tuple[Message, ...]
    signer: str = ""

    @property
    def in_order(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def fingerprint(public: str) -> str:
    """A public key as people compare it: "7F3A-91C2-0B5D-E6A1"."""
    code = hashlib.sha256(public.encode()).hexdigest()[:16].upper()
    return "-".join(code[place : place + 4] for place in range(0, 16, 4))


def verify_compiled(
    binder: Binder,
    vouched: Callable[[OpenSignature, bytes], bool],
    content: bytes,
    session: Session | None = None,
    progress: Progress = SILENT,
) -> Verified:
    """Look at a copy, and with a register at hand also at who signed it.

    Args:
        binder: reads the document.
        vouched: checks a signature with the key that it shows.
        content: the file.
        session: a register that may know the signer, or None.
        progress: told page by page.
    """
    found = binder.read(content, progress)
    if found is None:
        return Verified(None, 0, (Message("compile.unreadable"),))
    if found.contents is None:
        return Verified(None, len(found.pages), (Message("compile.no_contents"),))
    try:
        contents = from_bytes(found.contents)
    except UnreadableError:
        damaged = Message("compile.contents_damaged")
        return Verified(None, len(found.pages), (damaged,))
    findings = [
        *_pages(contents, found),
        *_riders(found),
        *_whole(binder, content, contents, found.contents),
    ]
    if not vouched(contents.signature, contents.signed):
        findings.append(Message("compile.signature_wrong"))
    signer = ""
    if session is not None:
        signer, more = _signer(session, contents.signature)
        findings += more
    return Verified(contents, len(found.pages), tuple(findings), signer)


def _pages(contents: Contents, found: ReadBack) -> Iterator[Message]:
    """Which pages are others, missing, or too many; a moved page is another one."""
    listed, there = contents.pages, found.pages
    if len(there) < len(listed):
        yield Message("compile.pages_missing", {"pages": len(there), "listed": len(listed)})
    elif len(there) > len(listed):
        yield Message("compile.pages_added", {"pages": len(there), "listed": len(listed)})
    for number, (said, is_) in enumerate(zip(listed, there, strict=False), 1):
        if said != is_:
            yield Message("compile.page_changed", {"page": number})


def _riders(found: ReadBack) -> Iterator[Message]:
    for name in found.names:
        if name != CONTENTS_NAME:
            yield Message("compile.file_added", {"name": name})


def _whole(
    binder: Binder, content: bytes, contents: Contents, written: bytes
) -> Iterator[Message]:
    if written != to_bytes(contents):
        yield Message("compile.contents_damaged")
        return
    blank = binder.exchange(content, written, contents.blank)
    if blank is None or hashlib.sha256(blank).hexdigest() != contents.file:
        yield Message("compile.file_changed")


def _signer(session: Session, signature: OpenSignature) -> tuple[str, list[Message]]:
    if signature.register != session.register.id:
        return "", [Message("compile.other_register")]
    known = session.signing_key(signature.user, signature.key)
    if known is None or known.hex() != signature.public:
        return "", [Message("compile.signer_unknown")]
    names = {user.id: user.name for user in session.users()}
    return names.get(signature.user, ""), []
