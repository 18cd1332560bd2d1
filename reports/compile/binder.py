"""The binder: looks into files, binds copies, reads them back."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Pdf, PdfError

from app.compile.binding import CONTENTS_NAME, Bound, FileLook, Laid, ReadBack
from app.jobs import SILENT, Progress
from reports.compile import bind, files
from reports.compile.digests import digests

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.compile.papers import CompiledPaper

_BROKEN = (PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError)


class PaperBinder:
    """Fulfils `app.compile.binding.Binder`; keeps nothing between copies."""

    def look(self, content: bytes) -> FileLook:
        """What is in a file."""
        return files.look(content)

    def picture(self, content: bytes, page: int) -> bytes:
        """One page of a file, to be looked at."""
        return files.picture(content, page)

    def bind(
        self,
        paper: CompiledPaper,
        load: Callable[[str], bytes],
        contents: Callable[[Laid], bytes] | None,
        progress: Progress = SILENT,
    ) -> Bound:
        """The copy as a document."""
        return bind.bind(paper, load, contents, progress)

    def exchange(self, content: bytes, before: bytes, after: bytes) -> bytes | None:
        """The copy with other contents."""
        return bind.exchange(content, before, after)

    def read(self, content: bytes, progress: Progress = SILENT) -> ReadBack | None:
        """A copy as it is found."""
        try:
            with Pdf.open(BytesIO(content), attempt_recovery=False) as pdf:
                riders = {name: spec.get_file() for name, spec in pdf.attachments.items()}
                own = riders.get(CONTENTS_NAME)
                said = own.read_bytes() if own is not None else None
                return ReadBack(digests(pdf, progress), said, tuple(sorted(riders)))
        except _BROKEN:
            return None
