"""Pages as pictures, from the very bytes that are printed."""

from __future__ import annotations

from io import BytesIO

import pypdfium2


def pictures(content: bytes, dpi: int = 110) -> tuple[bytes, ...]:
    """Every page of a document as a PNG file, in memory."""
    with pypdfium2.PdfDocument(content) as document:
        return tuple(_picture(page, dpi) for page in document)


def _picture(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    out = BytesIO()
    page.render(scale=dpi / 72).to_pil().save(out, "PNG")
    return out.getvalue()
