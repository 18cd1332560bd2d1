"""A secret that can be wiped: bytes that are overwritten when they are no longer needed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Self

from app.override import override

if TYPE_CHECKING:
    from types import TracebackType

KEY_LENGTH = 32


class SecretBytes:
    """Secret bytes in one place in memory; wiped by `close` or at the end of a `with` block.

    Shows nothing of itself when printed, and cannot be pickled or compared by accident.
    """

    __slots__ = ("_content",)

    def __init__(self, content: bytes | bytearray) -> None:
        self._content = bytearray(content)

    @classmethod
    def random(cls, length: int = KEY_LENGTH) -> SecretBytes:
        """Fresh random bytes."""
        return cls(secrets.token_bytes(length))

    @property
    def raw(self) -> bytearray:
        """The secret itself, not a copy: wiped with this object."""
        return self._content

    def copy(self) -> SecretBytes:
        """The same secret in another place, wiped on its own."""
        return SecretBytes(self._content)

    def close(self) -> None:
        """Overwrite the secret; afterwards it is empty."""
        for at in range(len(self._content)):
            self._content[at] = 0
        del self._content[:]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._content)

    @override
    def __repr__(self) -> str:
        return "SecretBytes(…)"

    @override
    def __reduce__(self) -> str:
        raise TypeError
