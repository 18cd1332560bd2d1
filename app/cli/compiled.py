"""The command that verifies a copy of a dossier, with or without a register at hand."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from app.cli.console import Console, Shown
from app.cli.registers import FINDINGS, FINE, signed_in
from app.compile.purposes import purposes
from app.compile.verify import Verified, fingerprint, verify_compiled
from app.errors import Refusal, Trouble

if TYPE_CHECKING:
    from app.cli.arguments import Given
    from app.cli.tools import Tools
    from app.compile.contents import Contents

_WRONG_USE = 2
_LARGEST = 1024 * 1024 * 1024


def verify_copy(tools: Tools, console: Console, given: Given) -> int:
    """Say whether a copy is what was signed; with a register also whether it knows who did."""
    if bool(given.text("dir")) != bool(given.text("user")):
        console.warn(console.words("cli.dir_with_user"))
        return _WRONG_USE
    content = _content(given)
    progress = Shown(console, console.words("cli.verifying"))
    known = signed_in(tools, console, given) if given.text("dir") else nullcontext()
    with known as session:
        found = verify_compiled(tools.binder(), tools.vouched, content, session, progress)
    _tell(console, found)
    _give(console, found)
    return FINE if found.in_order else FINDINGS


def _content(given: Given) -> bytes:
    path = given.path("file")
    try:
        if path.stat().st_size > _LARGEST:
            raise Refusal("cli.file_too_large", name=path.name)
        return path.read_bytes()
    except OSError as error:
        raise Trouble("cli.file_unreadable", name=path.name) from error


def _tell(console: Console, found: Verified) -> None:
    words = console.words
    console.say(words("cli.copy_fine" if found.in_order else "cli.copy_not_fine"))
    for finding in found.findings:
        console.say("  " + words.of(finding))
    if found.contents is not None:
        _tell_contents(console, found.contents, found.pages)
    if found.signer:
        console.say(words("cli.copy_signer_known", name=found.signer))


def _tell_contents(console: Console, said: Contents, pages: int) -> None:
    words = console.words
    named = {each.key: each.name.said(words.language) for each in purposes()}
    console.say(words("cli.copy_title", title=said.title, school=said.school))
    console.say(
        words(
            "cli.copy_for",
            recipient=said.recipient,
            purpose=named.get(said.purpose, said.purpose),
        )
    )
    console.say(words("cli.copy_pieces", count=len(said.pieces), pages=pages))
    console.say(words("cli.copy_head", head=said.head))
    console.say(
        words(
            "cli.copy_signed",
            name=said.signer,
            at=said.made_at,
            key=fingerprint(said.signature.public),
        )
    )


def _give(console: Console, found: Verified) -> None:
    said = found.contents
    console.give(
        {
            "in_order": found.in_order,
            "findings": [{"id": finding.id, **finding.values} for finding in found.findings],
            "pages": found.pages,
            "id": said.id if said else "",
            "title": said.title if said else "",
            "purpose": said.purpose if said else "",
            "recipient": said.recipient if said else "",
            "school": said.school if said else "",
            "signer": said.signer if said else "",
            "made_at": said.made_at if said else "",
            "head": said.head if said else "",
            "key": fingerprint(said.signature.public) if said else "",
            "signer_known": found.signer,
            "pieces": [
                {
                    "number": piece.number,
                    "day": piece.day,
                    "title": piece.title,
                    "page": piece.page,
                    "digest": piece.digest,
                }
                for piece in (said.pieces if said else ())
            ],
        }
    )
