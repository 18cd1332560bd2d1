"""The sheets of paper under the pen: the only module that drives the drawing library.

Millimetres from the left top corner of the page. Text is drawn as it is; nothing parses it.
What is the same on many pages is drawn once and stamped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from reports.fonts import Face, prepare
from reports.setting import BLACK, HAIR, MM, Colour, Style, wide

if TYPE_CHECKING:
    from app.paper import Attachment

_HIGH = float(A4[1])
_DARK = re.compile(rb"\x01+")

Modules = Sequence[Sequence[int]]
Points = Sequence[tuple[float, float]]
"""Points in millimetres."""


class Sheets:
    """A document in the making, in memory.

    Args:
        title: title of the document, without names of people.
        language: of the document.

    Attributes:
        attached: files that ride along.
    """

    def __init__(self, title: str, language: str) -> None:
        prepare()
        self.attached: tuple[Attachment, ...] = ()
        self.title = title
        self.language = language
        self._out = BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=A4,
            pageCompression=1,
            invariant=1,
            lang=language,
            initialFontName=Face.REGULAR.value,  # type: ignore[arg-type]  # stub says float
        )
        self._canvas.setTitle(title)
        self._stamps: dict[Hashable, str] = {}
        self.pages = 0

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Set one line with its baseline at y, from x to the right."""
        if text:
            pen = self._canvas
            pen.setFillColorRGB(*style.colour)
            pen.setFont(style.face.value, style.size)
            pen.drawString(x * MM, _HIGH - y * MM, text, charSpace=style.tracking)

    def right(self, x: float, y: float, text: str, style: Style) -> None:
        """Set one line that ends at x."""
        self.text(x - wide(text, style), y, text, style)

    def centre(self, x: float, y: float, text: str, style: Style) -> None:
        """Set one line with its middle at x."""
        self.text(x - wide(text, style) / 2, y, text, style)

    def rule(
        self, x: float, y: float, length: float, weight: float = 0.4, colour: Colour = HAIR
    ) -> None:
        """Draw a level line of a weight in points."""
        pen = self._canvas
        pen.setStrokeColorRGB(*colour)
        pen.setLineWidth(weight)
        pen.line(x * MM, _HIGH - y * MM, (x + length) * MM, _HIGH - y * MM)

    def frame(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        weight: float = 0.7,
        colour: Colour = BLACK,
    ) -> None:
        """Draw an empty rectangle; the middle of its line runs along the measures given."""
        (x, y), (width, height) = corner, size
        pen = self._canvas
        pen.setStrokeColorRGB(*colour)
        pen.setLineWidth(weight)
        pen.rect(x * MM, _HIGH - (y + height) * MM, width * MM, height * MM, stroke=1, fill=0)

    def polygon(
        self, points: Points, *, fill: Colour | None = None, weight: float = 0.7
    ) -> None:
        """Draw a closed shape in black: filled, or as a line of a weight in points."""
        pen = self._canvas
        path = pen.beginPath()
        self._trace(path, points)
        path.close()
        pen.setStrokeColorRGB(*BLACK)
        pen.setLineWidth(weight)
        pen.setFillColorRGB(*(fill or BLACK))
        pen.drawPath(path, stroke=1, fill=int(fill is not None))

    def stroke(self, points: Points, weight: float, colour: Colour = BLACK) -> None:
        """Draw a line through points, of a weight in points, with round ends."""
        pen = self._canvas
        path = pen.beginPath()
        self._trace(path, points)
        pen.saveState()
        pen.setStrokeColorRGB(*colour)
        pen.setLineWidth(weight)
        pen.setLineCap(1)
        pen.setLineJoin(1)
        pen.drawPath(path, stroke=1, fill=0)
        pen.restoreState()

    def circle(self, x: float, y: float, radius: float, weight: float) -> None:
        """Draw a circle in black around a point, of a weight in points."""
        pen = self._canvas
        pen.setStrokeColorRGB(*BLACK)
        pen.setLineWidth(weight)
        pen.circle(x * MM, _HIGH - y * MM, radius * MM, stroke=1, fill=0)

    def _trace(self, path: PDFPathObject, points: Points) -> None:
        first, *rest = ((x * MM, _HIGH - y * MM) for x, y in points)
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)

    def modules(self, matrix: Modules, x: float, y: float, side: float) -> None:
        """Draw a code: dark modules as runs in one path, `side` wide without white around.

        The path counts in whole modules: the drawing library writes fractions slowly.
        """
        step = side * MM / len(matrix)
        runs = [
            f"{run.start()} {-number} {run.end() - run.start()} 1 re"
            for number, row in enumerate(matrix, 1)
            for run in _DARK.finditer(bytes(row))
        ]
        pen = self._canvas
        pen.saveState()
        pen.translate(x * MM, _HIGH - y * MM)
        pen.scale(step, step)
        pen.setFillColorRGB(*BLACK)
        pen.drawPath(PDFPathObject(["n", *runs]), stroke=0, fill=1)
        pen.restoreState()

    def stamp(self, key: Hashable, draw: Callable[[], None], down: float = 0.0) -> None:
        """Draw what is the same on many pages: kept under the key, moved down by millimetres.

        The drawing itself happens once per document; every other time it is only referred to.
        """
        name = self._stamps.get(key)
        pen = self._canvas
        if name is None:
            name = self._stamps[key] = f"stamp{len(self._stamps)}"
            pen.beginForm(name, 0, 0, A4[0], A4[1])
            draw()
            pen.endForm()
        if down:
            pen.saveState()
            pen.translate(0, -down * MM)
        pen.doForm(name)
        if down:
            pen.restoreState()

    def turn(self) -> None:
        """Finish the page and take the next."""
        self._canvas.showPage()
        self.pages += 1

    def finish(self) -> bytes:
        """The document as the drawing library writes it; every page must have been turned."""
        self._canvas.save()
        return self._out.getvalue()
