"""What a user keeps for himself: drafts and copies, encrypted with his own key, padded."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from app.ports import Kept
from db.keys.canonical import MalformedError, packed, unpacked
from db.keys.derive import from_key
from db.keys.wrap import WontOpenError, unwrap, wrap
from db.register.files import read
from db.register.padding import padded, unpadded

if TYPE_CHECKING:
    from pathlib import Path

    from db.register.files import Files
    from db.register.holder import Holder

_NAME_LENGTH = 32
_PARTS = 4

Parts: TypeAlias = "list[bytes | str | int]"


class OwnThings:
    """One user's own things, one file each."""

    def __init__(self, folder: Path, holder: Holder, files: Files) -> None:
        self._folder = folder
        self._holder = holder
        self._files = files

    def keep(self, kind: str, key: str, content: bytes, at: datetime) -> None:
        """Keep something, replacing what had the same kind and key.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`.
        """
        name = self._name(kind, key)
        plain = padded(packed(kind, key, at.isoformat(), content))
        with self._holder.own_key() as secret:
            sealed = wrap(secret, plain, "own thing", self._holder.user, name)
        self._files.make_folder(self._folder)
        self._files.write(self._folder / name, sealed, quiet=True)

    def kept(self, kind: str) -> tuple[Kept, ...]:
        """What is kept of a kind, oldest first; what an older key encrypted is passed over."""
        found = [_kept(parts, kind) for _, parts in self._all() if parts]
        return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.key)))

    def lost(self, *, drop: bool = False) -> int:
        """How many things cannot be read; with `drop` they are taken away."""
        lost = [path for path, parts in self._all() if parts is None]
        for path in lost if drop else ():
            self._files.remove(path)
        return len(lost)

    def drop(self, kind: str, key: str) -> None:
        """Forget something; no error when it is not there."""
        path = self._folder / self._name(kind, key)
        if path.exists():
            self._files.remove(path)

    def _all(self) -> list[tuple[Path, Parts | None]]:
        """Everything that is kept, with what is in it, or None when it does not open."""
        if not self._folder.is_dir():
            return []
        paths = [p for p in sorted(self._folder.iterdir()) if len(p.name) == _NAME_LENGTH]
        return [(path, self._opened(path)) for path in paths]

    def _opened(self, path: Path) -> Parts | None:
        try:
            with self._holder.own_key() as secret:
                sealed = unwrap(secret, read(path), "own thing", self._holder.user, path.name)
            with sealed:
                parts = unpacked(unpadded(bytes(sealed.raw)))
        except FileNotFoundError:
            return []
        except (WontOpenError, MalformedError):
            return None
        return parts if len(parts) == _PARTS else None

    def _name(self, kind: str, key: str) -> str:
        with self._holder.own_key() as secret, from_key(secret, "name", kind, key) as name:
            return hashlib.sha256(bytes(name.raw)).hexdigest()[:_NAME_LENGTH]


def _kept(parts: Parts, kind: str) -> Kept | None:
    if parts[0] != kind or not isinstance(parts[3], bytes):
        return None
    return Kept(str(parts[1]), datetime.fromisoformat(str(parts[2])), parts[3])
