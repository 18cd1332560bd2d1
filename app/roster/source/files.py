"""Opens what a person chose: a file, several, a folder or a zip, as members by name.

Nothing is unpacked to the disk and nothing is held in memory whole; a member of a zip is read
straight out of it. What a member is follows from its content, never from its name.
"""

from __future__ import annotations

import errno
import hashlib
import io
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, TypeVar

from typing_extensions import Buffer, override

from app.errors import Message, Refusal, Trouble
from app.roster.roster import Fault, Where
from app.roster.source.kept_out import shown
from app.roster.source.limits import Limit, limit
from app.roster.source.sniff import READABLE, Content, content_of, not_understood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from app.jobs import Progress

_T = TypeVar("_T")

CHUNK = 1 << 16

_LOOK = 4096
_END_OF_ZIP = b"PK\x05\x06"
_TAIL = 22 + 65_535
_SIZE_AT = slice(12, 16)
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WORKBOOK = "xl/workbook.xml"
_BINARY_BOOK, _OFFICE = "xl/workbook.bin", "[Content_Types].xml"
_NUMBERS, _PACKED = ".iwa", (".zip", ".7z", ".rar", ".gz")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file to read.

    Attributes:
        name: its own name, without folders, as messages show it.
        path: where it is, or the zip that it is in.
        inner: its place in the zip, or -1 when it is a file of its own.
        size: bytes, unpacked.
        content: what it holds; a workbook counts as a zip.
    """

    name: str
    path: Path
    inner: int
    size: int
    content: Content

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """A stream that can be read again from its start.

        Raises:
            Refusal: `roster.zip_broken` as soon as something packed turns out to be damaged.
            Trouble: `roster.cannot_open`.
        """
        with _opened(self.path) as file:
            if self.inner < 0:
                yield file
                return
            with _archive(file, self.path) as packed:
                info = _guarded(lambda: packed.infolist()[self.inner], self.path)
                part = _part(packed, info, self.path)
                with part, io.BufferedReader(_Unpacked(part, self), CHUNK) as stream:
                    yield stream


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was found in the files that a person chose.

    Attributes:
        members: what can be read, by name.
        faults: what was passed over, and names that do not fit what is in the file.
    """

    members: tuple[Member, ...]
    faults: tuple[Fault, ...] = ()


class _Unpacked(io.RawIOBase):
    """A member of a zip as a stream; damage is a refusal, and its size is known beforehand."""

    def __init__(self, part: IO[bytes], member: Member) -> None:
        super().__init__()
        self._part = part
        self._member = member
        self._at_end = False

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        if self._at_end:
            return 0
        view = memoryview(buffer)
        chunk = _guarded(lambda: self._part.read(len(view)), self._member.path)
        view[: len(chunk)] = chunk
        return len(chunk)

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._at_end = whence == io.SEEK_END and offset == 0
        if self._at_end:
            return self._member.size
        return _guarded(lambda: self._part.seek(offset, whence), self._member.path)

    @override
    def tell(self) -> int:
        return self._member.size if self._at_end else self._part.tell()


def gather(paths: Iterable[Path]) -> Chosen:
    """Everything readable in the files, folders and zips that a person chose.

    Raises:
        Refusal: nothing of it can be read; the sentence says why.
        Trouble: `roster.cannot_open`.
    """
    members: list[Member] = []
    faults: list[Fault] = []
    refused: Refusal | None = None
    for path in _files(paths):
        try:
            found = _members(path)
        except Refusal as refusal:
            refused = refused or refusal
            faults.append(Fault(Where(shown(path.name)), refusal.message, left_out=True))
            continue
        members += found.members
        faults += found.faults
    if not members:
        raise refused or Refusal("roster.nothing_chosen")
    _refuse_size(members)
    return Chosen(_named_apart(members), tuple(faults))


def digest(members: Iterable[Member], progress: Progress) -> str:
    """SHA-256 over the files that hold the members: of the file itself when it is one.

    Raises:
        Trouble: `roster.cannot_open`.
    """
    paths = sorted({member.path for member in members}, key=lambda path: (path.name, path))
    done, sums = 0, []
    for path in paths:
        each = hashlib.sha256()
        with _opened(path) as file:
            total = done + file.seek(0, io.SEEK_END)
            file.seek(0)
            while chunk := file.read(CHUNK * 16):
                each.update(chunk)
                done += len(chunk)
                progress.step(done, total)
        sums.append(each.hexdigest())
    if len(sums) == 1:
        return sums[0]
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as chosen, and those that stand directly in a chosen folder."""
    for path in paths:
        try:
            yield from _inside(path) if path.is_dir() else (path,)
        except OSError as error:
            raise Trouble("roster.cannot_open", file=shown(path.name)) from error


def _inside(folder: Path) -> list[Path]:
    files = sorted(each for each in folder.iterdir() if each.is_file())
    found = [each for each in files if not each.name.startswith((".", "~$"))]
    if not found:
        raise Refusal("roster.folder_empty", folder=shown(folder.name))
    return found


def _members(path: Path) -> Chosen:
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise not_understood(Content.OTHER, path.name)
    with _opened(path) as file:
        start = file.read(_LOOK)
        content = content_of(start)
        size = file.seek(0, io.SEEK_END)
        if content is Content.ZIP:
            directory = _directory(file, path)
            if not any(info.filename == _WORKBOOK for info in directory):
                _refuse_document(path, [info.filename for info in directory])
                return _from_zip(file, path, directory)
    if content not in READABLE:
        raise not_understood(content, path.name)
    member = Member(shown(path.name), path, -1, size, content)
    return Chosen((member,), _misnamed(member))


def _directory(file: IO[bytes], path: Path) -> list[zipfile.ZipInfo]:
    """The list of members, unless it alone is too large, or something in it is not right.

    Raises:
        Refusal: `roster.zip_broken`, `roster.zip_locked`, `roster.zip_method`,
            `roster.zip_bomb`, `roster.zip_members`.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    at = tail.rfind(_END_OF_ZIP)
    if at < 0:
        raise Refusal("roster.zip_broken", file=shown(path.name))
    if int.from_bytes(tail[at:][_SIZE_AT], "little") > limit(Limit.DIRECTORY):
        raise Refusal("roster.zip_members", file=shown(path.name), limit=limit(Limit.MEMBERS))
    with _archive(file, path) as packed:
        found = packed.infolist()
    for info in found:
        _refuse_member(info, path)
    return found


def _refuse_member(info: zipfile.ZipInfo, path: Path) -> None:
    name = shown(path.name)
    if info.flag_bits & _ENCRYPTED:
        raise Refusal("roster.zip_locked", file=name)
    if info.compress_type not in _METHODS:
        raise Refusal("roster.zip_method", file=name)
    packed = max(info.compress_size, 1)
    large = info.file_size > limit(Limit.RATIO_FROM)
    if large and info.file_size > packed * limit(Limit.RATIO):
        raise Refusal("roster.zip_bomb", file=name)


def _refuse_document(path: Path, names: list[str]) -> None:
    """Refuse what is packed as a zip and is no set of files, with what to do instead."""
    name = shown(path.name)
    if _BINARY_BOOK in names:
        raise Refusal("roster.kind_excel_other", file=name)
    if any(each.endswith(_NUMBERS) for each in names):
        raise Refusal("roster.kind_numbers", file=name)
    if _OFFICE in names:
        raise not_understood(Content.OTHER, path.name)
    if names and all(each.casefold().endswith(_PACKED) for each in names):
        raise Refusal("roster.zip_nested", file=name)


def _from_zip(file: IO[bytes], path: Path, directory: list[zipfile.ZipInfo]) -> Chosen:
    members: list[Member] = []
    faults: list[Fault] = []
    inside = [(place, info) for place, info in enumerate(directory) if _may_read(info)]
    if not inside:
        raise Refusal("roster.zip_nothing", file=shown(path.name))
    if len(inside) > limit(Limit.MEMBERS):
        raise Refusal("roster.zip_members", file=shown(path.name), limit=limit(Limit.MEMBERS))
    if sum(info.file_size for _, info in inside) > limit(Limit.TOTAL):
        raise Refusal("roster.zip_bomb", file=shown(path.name))
    with _archive(file, path) as packed:
        for place, info in inside:
            with _part(packed, info, path) as part:
                content = content_of(_guarded(partial(part.read, _LOOK), path))
            name = shown(info.filename.replace("\\", "/").rpartition("/")[2])
            if content in READABLE and not (content is Content.ZIP and not _is_book(name)):
                members.append(Member(name, path, place, info.file_size, content))
                faults += _misnamed(members[-1])
            elif content is not Content.EMPTY:
                faults.append(Fault(Where(name), Message("roster.member_passed_over")))
    if not members:
        raise Refusal("roster.zip_nothing", file=shown(path.name))
    return Chosen(tuple(members), tuple(faults))


def _may_read(info: zipfile.ZipInfo) -> bool:
    """Whether a member stands inside the zip, and is no folder or note of a system."""
    parts = info.filename.replace("\\", "/").split("/")
    outside = ".." in parts or not parts[0] or ":" in parts[0]
    hidden = parts[-1].startswith((".", "~$")) or "__MACOSX" in parts
    return not (info.is_dir() or outside or hidden)


def _is_book(name: str) -> bool:
    return name.casefold().endswith((".xlsx", ".xlsm"))


def _misnamed(member: Member) -> tuple[Fault, ...]:
    """A fault when the ending of the name promises something else than the file holds."""
    ending = member.name.casefold().rpartition(".")[2]
    promised = _ENDINGS.get(ending)
    if promised is None or promised is member.content:
        return ()
    held = Message(f"roster.content_{member.content}")
    return (Fault(Where(member.name), Message("roster.other_content", {"content": held})),)


_ENDINGS = {
    "xml": Content.XML,
    "csv": Content.TEXT,
    "txt": Content.TEXT,
    "xlsx": Content.ZIP,
    "xls": Content.OLD_EXCEL,
}


def _named_apart(members: list[Member]) -> tuple[Member, ...]:
    """Members in the order of their names; namesakes are told apart by a number."""
    seen: dict[str, int] = {}
    found = []
    for member in sorted(members, key=lambda each: (each.name.casefold(), each.inner)):
        count = seen[member.name] = seen.get(member.name, 0) + 1
        name = member.name if count == 1 else f"{member.name} ({count})"
        found.append(Member(name, member.path, member.inner, member.size, member.content))
    return tuple(found)


def _refuse_size(members: list[Member]) -> None:
    largest = max(members, key=lambda each: each.size)
    total = sum(each.size for each in members)
    if largest.size > limit(Limit.FILE) or total > limit(Limit.TOTAL):
        most = limit(Limit.FILE) // 1_000_000
        raise Refusal("roster.file_too_big", file=largest.name, limit=most)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise Trouble("roster.cannot_open", file=shown(path.name)) from error


@contextmanager
def _archive(file: IO[bytes], path: Path) -> Iterator[zipfile.ZipFile]:
    file.seek(0)
    with _guarded(lambda: zipfile.ZipFile(file), path) as packed:
        yield packed


def _part(packed: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> IO[bytes]:
    return _guarded(lambda: packed.open(info), path)


def _guarded(act: Callable[[], _T], path: Path) -> _T:
    """Do something with a zip; that it is damaged is a refusal."""
    try:
        return act()
    except _BROKEN as error:
        raise Refusal("roster.zip_broken", file=shown(path.name)) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # that is a place in the file which cannot be
            raise
        raise Refusal("roster.zip_broken", file=shown(path.name)) from error
