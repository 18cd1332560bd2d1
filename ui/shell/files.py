"""Files that a person chose, read for the register."""

from pathlib import Path

from app.breach.evidence import LARGEST_FILE, EvidenceFile
from app.errors import Refusal, Trouble


def read_file(path: Path) -> EvidenceFile:
    """A file that was chosen; one that is far too large is not read at all.

    Raises:
        Refusal: `breach.file_too_large`.
        Trouble: `breach.file_unreadable`.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            most = LARGEST_FILE // (1024 * 1024)
            raise Refusal("breach.file_too_large", name=path.name, most=most)
        return EvidenceFile(path.name, path.read_bytes())
    except OSError as error:
        raise Trouble("breach.file_unreadable", name=path.name) from error
