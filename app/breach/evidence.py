"""Files that go with a report: their names, how large they may be, what they can do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.active import dangers, refused
from app.breach.sealed import EvidenceNote, tidy_line
from app.breach.texts import line_faults
from app.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_TOGETHER = 50 * 1024 * 1024
MOST_FILES = 20
LONGEST_FILE_NAME = 120
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that goes with a report.

    Attributes:
        name: its name, for people; never used as a path.
        obtained: how the reporter came by it.
        arrived_at: when it was taken into the program, or None when that is not known.
        warnings: what it is kept with a warning for, as far as it was looked into already.
    """

    name: str
    content: bytes
    obtained: str = ""
    arrived_at: datetime | None = None
    warnings: tuple[str, ...] = ()


def check_file(file: EvidenceFile) -> tuple[str, ...]:
    """Keys of what a file is kept with a warning for; see `app.breach.active`.

    Raises:
        Refusal: `breach.file_empty`, `breach.file_too_large`, or `breach.file_program` and
            `breach.file_shortcut` for what is not taken whatever its name is.
    """
    collected = list(_own_faults(file))
    if collected:
        raise collected[0]
    return dangers(file.content)


def file_faults(files: tuple[EvidenceFile, ...]) -> Iterator[Refusal]:
    """What is not right in files: empty, too large, a program, or not said how obtained."""
    for file in files:
        name = file_name(file.name)
        yield from _own_faults(file)
        if not tidy_line(file.obtained):
            yield Refusal("breach.obtained_missing", field="files", name=name)
        yield from line_faults([("files", file.obtained), ("files", name)])
    if len(files) > MOST_FILES:
        yield Refusal("breach.too_many_files", field="files", most=MOST_FILES)
    if sum(len(file.content) for file in files) > LARGEST_TOGETHER:
        most = LARGEST_TOGETHER // MEGABYTE
        yield Refusal("breach.files_too_large", field="files", most=most)


def evidence_note(file: EvidenceFile, now: datetime) -> EvidenceNote:
    """What a report says of a file: its hash, when it arrived, and what it can do."""
    return EvidenceNote(
        name=file_name(file.name),
        obtained=tidy_line(file.obtained),
        digest=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        arrived_at=file.arrived_at or now,
        warnings=dangers(file.content),
    )


def file_name(name: str) -> str:
    """A name as shown and stored: without folders, not too long, its ending kept."""
    bare = tidy_line(name.replace("\\", "/").rpartition("/")[2]) or "-"
    if len(bare) <= LONGEST_FILE_NAME:
        return bare
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > LONGEST_FILE_NAME // 4:
        return bare[:LONGEST_FILE_NAME]
    return stem[: LONGEST_FILE_NAME - len(ending) - 1] + dot + ending


def _own_faults(file: EvidenceFile) -> Iterator[Refusal]:
    name = file_name(file.name)
    if not file.content:
        yield Refusal("breach.file_empty", field="files", name=name)
    if len(file.content) > LARGEST_FILE:
        most = LARGEST_FILE // MEGABYTE
        yield Refusal("breach.file_too_large", field="files", name=name, most=most)
    elif kind := refused(dangers(file.content)):
        yield Refusal(f"breach.file_{kind}", field="files", name=name)
