"""Folders for campaigns: in memory where the disk itself is not what is tried."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TORTURE = os.environ.get("BOORDBOEK_PROFILE") == "torture"
MEMORY = Path("/dev/shm")


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory; on the disk for the long tests and where there is no such thing.

    A killed process loses nothing that it gave to the system, so that both show the same.
    """
    if TORTURE:
        yield otherwise
        return
    with memory_folder(otherwise) as folder:
        yield folder


@contextmanager
def memory_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory, where there is such a thing."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
