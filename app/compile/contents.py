"""The signed contents of a copy: what rides along in it, and by which it is verified.

Two hashes are signed with the list of pieces: one of every page, which tells which page
is another one, and one of the whole file, which nothing escapes. In the file the signature and
its hash cannot count; in their place stand zeros while the hash is taken.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

FORMAT = "boordboek.compiled"
VERSION = 1
_ZEROS = "0" * 64
_SIGNED = "0" * 128


@dataclass(frozen=True, slots=True)
class OpenSignature:
    """A signature that can be checked without the register.

    Attributes:
        user, key: ids of the user and of his key; public: that key, raw, in hexadecimal.
        register: id of the register on whose behalf it was made.
        value: the signature, hexadecimal.
    """

    user: str
    key: str
    public: str
    register: str
    value: str = _SIGNED


@dataclass(frozen=True, slots=True)
class Listed:
    """One piece in the contents.

    Attributes:
        page: the page on which it begins, from 1.
        digest: SHA-256 of the file of the entry as it stands in the dossier, or "".
    """

    number: int
    id: str
    kind: str
    day: str
    title: str
    page: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is signed.

    Attributes:
        id: of the entry that keeps the copy in the dossier.
        head: stamp of the journal head before it was compiled.
        pages: digest of every page.
        file: SHA-256 of the whole file, zeros in its own place and in that of the signature.
    """

    id: str
    title: str
    purpose: str
    recipient: str
    school: str
    signer: str
    made_at: str
    head: str
    pieces: tuple[Listed, ...]
    pages: tuple[str, ...]
    signature: OpenSignature
    file: str = _ZEROS

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return to_bytes(replace(self, signature=replace(self.signature, value=_SIGNED)))

    @property
    def blank(self) -> bytes:
        """The bytes that stand in the file while its hash is taken."""
        unsigned = replace(self.signature, value=_SIGNED)
        return to_bytes(replace(self, signature=unsigned, file=_ZEROS))


class UnreadableError(ValueError):
    """Contents that are not what this program writes."""


def to_bytes(contents: Contents) -> bytes:
    """Contents as they ride along; the same contents give the same bytes."""
    said = {"format": FORMAT, "version": VERSION, **asdict(contents)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode()


def from_bytes(content: bytes) -> Contents:
    """Contents that were found.

    Raises:
        UnreadableError: when they are not ours, or not whole.
    """
    try:
        said = json.loads(content)
        return _contents(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError from error


def _contents(said: dict[str, Any]) -> Contents:
    if said.pop("format") != FORMAT or said.pop("version") != VERSION:
        raise UnreadableError
    signature = OpenSignature(**{key: str(value) for key, value in said["signature"].items()})
    pieces = tuple(Listed(**row) for row in said["pieces"])
    pages = tuple(str(digest) for digest in said["pages"])
    texts = {
        key: str(value)
        for key, value in said.items()
        if key not in ("signature", "pieces", "pages")
    }
    found = Contents(signature=signature, pieces=pieces, pages=pages, **texts)
    if len(found.file) != len(_ZEROS) or len(signature.value) != len(_SIGNED):
        raise UnreadableError
    return found
