"""Checks what somebody signed on behalf of a register, without the register at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.keys.canonical import statement
from db.keys.pairs import holds

if TYPE_CHECKING:
    from app.compile.contents import OpenSignature


def vouched(signature: OpenSignature, content: bytes) -> bool:
    """Whether these bytes were signed with the key that the signature shows.

    Whose key that is, only the register can tell.
    """
    try:
        public, value = bytes.fromhex(signature.public), bytes.fromhex(signature.value)
    except ValueError:
        return False
    return holds(public, value, statement(signature.register, content))
