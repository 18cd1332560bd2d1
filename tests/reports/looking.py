"""Looks at finished documents the way a reader, a printer and a scanner do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.forms.geometry import Spot
    from app.paper import Pdf


def texts(pdf: Pdf) -> list[str]:
    """The text of every page, blanks and line ends evened out."""
    with pypdfium2.PdfDocument(pdf.content) as document:
        found = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.replace("\ufffe", "-").split()) for text in found]


def gray(pdf: Pdf, page: int, dpi: int = 200) -> NDArray[np.uint8]:
    """One page as a gray picture, pages counted from 0."""
    with pypdfium2.PdfDocument(pdf.content) as document:
        picture = document[page].render(scale=dpi / 72, grayscale=True)
        return np.array(picture.to_numpy()).reshape(picture.height, picture.width)


def darkest(picture: NDArray[np.uint8], spot: Spot, dpi: int) -> int:
    """The darkest value within a rectangle on the page."""
    scale = dpi / 25.4
    rows = slice(round(spot.y * scale), round((spot.y + spot.height) * scale))
    columns = slice(round(spot.x * scale), round((spot.x + spot.width) * scale))
    return int(picture[rows, columns].min())
