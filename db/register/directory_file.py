"""The directory on disk, kept twice: a save that is cut off leaves the other copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Message, Refusal, Trouble
from db.keys.canonical import MalformedError
from db.register.directory import Directory
from db.register.envelope import NewerError
from db.register.files import Files, leftovers, read
from db.register.membership import AlteredError

if TYPE_CHECKING:
    from pathlib import Path

    from db.register.folder import Layout


class DirectoryFile:
    """Reads and saves the two copies.

    Attributes:
        findings: what was wrong with one copy when it was read; the other was used.
    """

    def __init__(self, layout: Layout, files: Files) -> None:
        self._layout = layout
        self._files = files
        self._newest: Path | None = None
        self.findings: tuple[Message, ...] = ()

    def demand_there(self) -> None:
        """Return when there is a directory, in whatever state.

        Raises:
            Refusal: `register.not_a_register`.
        """
        if not any(path.exists() for path in self._layout.directories):
            raise Refusal("register.not_a_register")

    def load(self) -> Directory:
        """The newest directory of which every signature holds.

        Raises:
            Refusal: `register.not_a_register` or `register.newer`.
            Trouble: `register.directory_damaged` when neither copy can be used.
        """
        found: list[tuple[Path, Directory]] = []
        findings = []
        for path in self._layout.directories:
            try:
                found.append((path, Directory.read(read(path))))
            except NewerError as error:
                raise Refusal("register.newer") from error
            except FileNotFoundError:
                findings.append(Message("register.directory_copy_missing", {"file": path.name}))
            except (MalformedError, AlteredError):
                findings.append(Message("register.directory_copy_damaged", {"file": path.name}))
        if not found:
            self.demand_there()
            raise Trouble("register.directory_damaged")
        found.sort(key=lambda pair: len(pair[1].log))
        self._newest, newest = found[-1]
        if not newest.has_passed(found[0][1].head):
            findings.append(Message("register.directory_copies_differ"))
        self.findings = tuple(findings)
        return newest

    def save(self, directory: Directory) -> None:
        """Replace both copies, the older first: with that one the change has happened.

        Raises:
            Trouble: `register.disk_full` and the like; both copies are as they were.
        """
        content = directory.written()
        older, newer = sorted(self._layout.directories, key=lambda path: path == self._newest)
        self._files.write(older, content)
        self._newest = older
        self._refresh(newer, content)

    def heal(self, directory: Directory) -> None:
        """Make the copy that is behind, damaged or missing equal to the newest."""
        content = directory.written()
        for path in self._layout.directories:
            if path != self._newest and not _equals(path, content):
                self._refresh(path, content)

    def _refresh(self, path: Path, content: bytes) -> None:
        try:
            self._files.write(path, content)
        except Trouble:
            return  # the other copy stands; the next start tries again


def _equals(path: Path, content: bytes) -> bool:
    try:
        return read(path) == content
    except (FileNotFoundError, Trouble):
        return False


def clean(layout: Layout, files: Files) -> None:
    """Remove what interrupted saves left behind."""
    for folder in layout.own_folders():
        for path in leftovers(folder):
            files.remove(path)
