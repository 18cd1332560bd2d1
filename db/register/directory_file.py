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
            raise self._nothing()
        found.sort(key=lambda pair: len(pair[1].log))
        self._newest, newest = found[-1]
        if not newest.has_passed(found[0][1].head):
            findings.append(Message("register.directory_copies_differ"))
        self.findings = tuple(findings)
        return newest

    def save(self, directory: Directory) -> None:
        """Replace both copies, the older first.

        Once the first is in place the change has happened, also when the second fails.
        """
        content = directory.written()
        copies = sorted(self._layout.directories, key=lambda path: path == self._newest)
        for path in copies:
            self._files.write(path, content)
            self._newest = path
        self.findings = ()

    def _nothing(self) -> Refusal | Trouble:
        if any(path.exists() for path in self._layout.directories):
            return Trouble("register.directory_damaged")
        return Refusal("register.not_a_register")


def clean(layout: Layout, files: Files) -> None:
    """Remove what interrupted saves left behind."""
    for path in leftovers(layout.folder):
        files.remove(path)
