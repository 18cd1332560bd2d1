"""What this machine remembers of a register, outside of it, so that an old copy is noticed.

Heads of journals and of the directory, and the root fingerprint, stand in a small file of this
user and, where there is one, in the keyring. Nothing here is secret, and nothing is needed to
open a register.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import Trouble
from app.ids import new_id
from app.ports import Head
from app.record import Compartment

if TYPE_CHECKING:
    from pathlib import Path

    from db.keys.canonical import Json
    from db.keys.device import KeyringBox
    from db.register.files import Files

DIRECTORY = "directory"
_ROOT = "root"
_MOST = 8
_PARTS = (*(part.value for part in Compartment), DIRECTORY)


@dataclass(slots=True)
class Anchors:
    """What is remembered of one register.

    Attributes:
        device: id of this installation.
        root: hash of the first entry of the directory; "" before it was seen.
        heads: heads that once were the newest, oldest first, by compartment or `DIRECTORY`.
    """

    device: str
    root: str = ""
    heads: dict[str, list[Head]] = field(default_factory=dict)

    def remember(self, part: str, head: Head) -> None:
        """Remember a head; never in the place of one that is further on."""
        known = self.heads.setdefault(part, [])
        if head.number < 1 or head in known or any(old.number > head.number for old in known):
            return
        known.append(head)
        del known[1 : 1 + len(known) - _MOST]

    def settle(self, part: str, head: Head) -> None:
        """Remember this head alone, after everything before it was verified."""
        self.heads[part] = [head] if head.number > 0 else []

    def of(self, part: str) -> tuple[Head, ...]:
        """The heads that are remembered of one part."""
        return tuple(self.heads.get(part, ()))


class AnchorFile:
    """Keeps the anchors of one register on this machine."""

    def __init__(
        self, folder: Path, register: str, files: Files, keyring: KeyringBox | None
    ) -> None:
        self._path = folder / f"{register}.json"
        self._service = f"Boordboek anchor {register}"
        self._files = files
        self._keyring = keyring
        self._told: dict[str, str] = {}

    def load(self) -> Anchors:
        """What is remembered; a fresh installation when nothing is."""
        anchors = _read(self._path) or Anchors(new_id())
        if self._keyring is None:
            return anchors
        for part in _PARTS:
            text = self._keyring.read(self._service, part)
            head = _head(text)
            if text and head:
                self._told[part] = text
                _merge(anchors, part, head)
        anchors.root = anchors.root or self._keyring.read(self._service, _ROOT) or ""
        return anchors

    def save(self, anchors: Anchors) -> None:
        """Remember; on a machine that keeps nothing this does nothing."""
        heads: dict[str, Json] = {
            part: [[head.number, head.digest] for head in known]
            for part, known in anchors.heads.items()
        }
        whole = {"device": anchors.device, "root": anchors.root, "heads": heads}
        try:
            self._files.make_folder(self._path.parent)
            self._files.write(self._path, json.dumps(whole).encode("ascii"))
            self._tell_keyring(anchors)
        except Trouble:
            return

    def _tell_keyring(self, anchors: Anchors) -> None:
        if self._keyring is None or self._keyring.is_shut:
            return
        texts = {
            part: f"{known[-1].number} {known[-1].digest}"
            for part, known in anchors.heads.items()
            if known
        }
        for part, text in {**texts, _ROOT: anchors.root}.items():
            if text and self._told.get(part) != text:
                self._keyring.write(self._service, part, text)
                self._told[part] = text


def _merge(anchors: Anchors, part: str, head: Head) -> None:
    known = anchors.heads.setdefault(part, [])
    if head not in known:
        known.append(head)
        known.sort(key=lambda found: found.number)


def _read(path: Path) -> Anchors | None:
    try:
        found = json.loads(path.read_bytes())
        heads = {
            str(part): [Head(int(number), str(digest)) for number, digest in known]
            for part, known in found["heads"].items()
        }
        return Anchors(str(found["device"]), str(found["root"]), heads)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _head(text: str | None) -> Head | None:
    number, _, digest = (text or "").partition(" ")
    return Head(int(number), digest) if number.isdecimal() and digest else None
