"""The pages with answers: questions with their boxes, conditions, the place to sign.

Places come from `app.forms.geometry` alone. Words that do not fit their place get smaller; when
they would become too small to read the form is refused, never cut short.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.forms.geometry import (
    CODE,
    LEFT,
    RIGHT,
    AnswerPage,
    Asked,
    Band,
    Row,
    Signing,
    Spot,
    Tick,
    answer_pages,
    measures,
)
from reports.fonts import Face
from reports.setting import (
    BODY,
    INK,
    MUTED,
    NAVY,
    NOTE,
    STRONG,
    Style,
    balanced,
    fitted,
    lines,
    wide,
)

if TYPE_CHECKING:
    from app.forms.papers import ConsentForm, ConsentForms, FormLine
    from app.text import Words
    from reports.forms.wording import Wording
    from reports.sheets import Sheets

_NAMES = 50.0
_BETWEEN = 4.0
_STRONG_RULE = 1.0
_SMALLEST = 0.6


@dataclass(frozen=True, slots=True)
class Setting:
    """The styles of the answer pages."""

    title: Style
    pupil: Style
    note: Style
    medium: Style
    column: Style
    use: Style
    explain: Style
    body: Style
    small: Style


_NORMAL = Setting(
    title=Style(Face.BOLD, 14, 6.4, NAVY),
    pupil=STRONG.at(11.5),
    note=NOTE.at(9),
    medium=Style(Face.SEMIBOLD, 12, 5.6, NAVY),
    column=Style(Face.SEMIBOLD, 9.5, 4.4, NAVY),
    use=BODY,
    explain=Style(Face.REGULAR, 8.5, 3.6, MUTED),
    body=Style(Face.REGULAR, 9.5, 4.4),
    small=Style(Face.REGULAR, 8.5, 3.75, INK),
)
_LARGE = Setting(
    title=Style(Face.BOLD, 19, 8.4, NAVY),
    pupil=Style(Face.SEMIBOLD, 18, 8.0),
    note=Style(Face.REGULAR, 18, 8.0, MUTED),
    medium=Style(Face.BOLD, 20, 9.0, NAVY),
    column=Style(Face.SEMIBOLD, 18, 8.2, NAVY),
    use=Style(Face.SEMIBOLD, 18, 8.2),
    explain=Style(Face.REGULAR, 18, 8.0, INK),
    body=Style(Face.REGULAR, 18, 8.0),
    small=Style(Face.REGULAR, 18, 8.0),
)


class Answers:
    """Draws the answer pages of all forms of one paper."""

    def __init__(self, paper: ConsentForms, words: Words) -> None:
        self._paper = paper
        self._words = words
        self._look = _LARGE if paper.large else _NORMAL
        self._sizes = measures(large=paper.large)

    @cached_property
    def pages(self) -> tuple[AnswerPage, ...]:
        """Where everything stands, page by page."""
        asked = tuple(
            Asked(section.medium, tuple(line.use for line in section.lines))
            for section in self._paper.sections
            if section.lines
        )
        conditions = tuple(condition.key for condition in self._paper.conditions)
        return answer_pages(asked, conditions, large=self._paper.large)

    # -- what is the same for everybody

    def fixed(self, sheets: Sheets, page: AnswerPage, wording: Wording) -> None:
        """Draw what all forms of the paper share on one page."""
        for band in page.bands:
            self._band(sheets, band, wording)
        for row in page.rows:
            self._row(sheets, row)
        if page.conditions:
            self._conditions(sheets, page, wording)
        if page.signing is not None:
            self._signing(sheets, page.signing, wording)

    def _band(self, sheets: Sheets, band: Band, wording: Wording) -> None:
        section = next(s for s in self._paper.sections if s.medium == band.medium)
        look, sizes = self._look, self._sizes
        base = band.top + sizes.band - 2.6
        title = section.title
        if band.again:
            title = self._words("paper.form_continued", title=title)
        sheets.text(LEFT, base, title, look.medium)
        start = LEFT + wide(title, look.medium) + _BETWEEN
        room = sizes.yes - 8.0 - start
        explanation = wording.text("explain", band.medium) or section.explanation
        explanation = explanation or wording.text("media", band.medium)
        if explanation and not self._paper.large:
            style = fitted(explanation, look.explain, (room, look.explain.leading), 7.0)
            if style is not None:
                sheets.text(start, base, explanation, style)
        for x, name in ((sizes.yes, "yes"), (sizes.no, "no")):
            word = wording.text("questions", name) or name
            sheets.centre(x, base, word[:1].upper() + word[1:], look.column)
        sheets.rule(LEFT, band.top + sizes.band, RIGHT - LEFT, _STRONG_RULE, NAVY)

    def _row(self, sheets: Sheets, row: Row) -> None:
        line = self._line(row)
        if self._paper.large:
            self._stacked(sheets, row, line)
        else:
            self._beside(sheets, row, line)
        for spot in (row.yes, row.no):
            sheets.frame((spot.x, spot.y), (spot.width, spot.height))
        sheets.rule(LEFT, row.top + self._sizes.row, RIGHT - LEFT)

    def _line(self, row: Row) -> FormLine:
        return next(
            line
            for section in self._paper.sections
            if section.medium == row.medium
            for line in section.lines
            if line.use == row.use
        )

    def _beside(self, sheets: Sheets, row: Row, line: FormLine) -> None:
        look = self._look
        end = self._sizes.yes - 9.0
        start = LEFT + _NAMES + _BETWEEN
        room = _NAMES if line.explanation else end - LEFT
        high = self._sizes.row
        name = Spot(LEFT, row.top, room, high)
        _block(sheets, name, line.name, look.use)
        explanation = Spot(start, row.top, end - start, high)
        _block(sheets, explanation, line.explanation, look.explain)

    def _stacked(self, sheets: Sheets, row: Row, line: FormLine) -> None:
        look = self._look
        room = self._sizes.yes - 12.0 - LEFT
        high = self._sizes.row - 2.0
        name = _fit(line.name, look.use, Spot(LEFT, row.top, room, high * 0.5), 12.0)
        title = lines(line.name, name, room)
        left = high - len(title) * name.leading
        text: tuple[str, ...] = ()
        style = look.explain
        if line.explanation:
            style = _fit(line.explanation, style, Spot(LEFT, row.top, room, left), 11.0)
            text = lines(line.explanation, style, room)
        used = len(title) * name.leading + len(text) * style.leading
        y = _lines(sheets, LEFT, row.top + (self._sizes.row - used) / 2, title, name)
        _lines(sheets, LEFT, y, text, style)

    def _conditions(self, sheets: Sheets, page: AnswerPage, wording: Wording) -> None:
        look = self._look
        y = page.conditions_top
        heading = wording.text("conditions", "heading")
        sheets.text(LEFT, y + look.medium.rise, heading, look.medium)
        text = wording.text("conditions", "text")
        top = y + look.medium.leading
        room = self._sizes.conditions_head - look.medium.leading
        _block(sheets, Spot(LEFT, top, RIGHT - LEFT, room), text, look.small, middle=False)
        for tick in page.conditions:
            self._tick(sheets, tick, wording)

    def _tick(self, sheets: Sheets, tick: Tick, wording: Wording) -> None:
        names = {condition.key: condition.name for condition in self._paper.conditions}
        name = wording.text("condition_names", tick.condition) or names[tick.condition]
        spot = tick.box
        sheets.frame((spot.x, spot.y), (spot.width, spot.height))
        high = self._sizes.condition
        middle = spot.centre[1]
        place = Spot(spot.x + spot.width + 3.0, middle - high / 2, tick.width, high)
        _block(sheets, place, name, self._look.body)

    def _signing(self, sheets: Sheets, place: Signing, wording: Wording) -> None:
        look = self._look
        for spot, name in ((place.name, "name"), (place.place, "place"), (place.day, "date")):
            base = spot.y + spot.height - 2.0
            sheets.text(spot.x, base, wording.text("signature", name), look.note.of(INK))
            start = self._after_label(wording)
            if name != "name":
                sheets.rule(start, base + 0.8, spot.x + spot.width - start, 0.5, INK)
        frame = place.signature
        sheets.frame((frame.x, frame.y), (frame.width, frame.height), 0.6, INK)
        label = wording.text("signature", "signature")
        sheets.text(frame.x + 2.0, frame.y + look.note.leading, label, look.note)
        self._send_back(sheets, place.send_back, wording)

    def _after_label(self, wording: Wording) -> float:
        style = self._look.note
        labels = [wording.text("signature", name) for name in ("name", "place", "date")]
        return LEFT + max(wide(label, style) for label in labels) + _BETWEEN

    def _send_back(self, sheets: Sheets, place: Spot, wording: Wording) -> None:
        by = wording.text("send_back", "by") if self._paper.reply_by else ""
        parts = (wording.text("send_back", "text"), by)
        text = " ".join(part for part in parts if part)
        style = self._look.small
        heading = Style(Face.SEMIBOLD, style.size * 1.06, style.leading, NAVY)
        top = place.y + style.leading * 0.55
        sheets.text(place.x, top + heading.rise, wording.text("send_back", "heading"), heading)
        room = place.height - style.leading * 1.55
        spot = Spot(place.x, top + style.leading, place.width, room)
        _block(sheets, spot, text, style, middle=False)

    # -- what is this person's own

    def head(self, sheets: Sheets, wording: Wording, form: ConsentForm) -> None:
        """Draw whom a page is about, beside the page code."""
        look = self._look
        room = CODE.x - 6.0 - LEFT
        y = 11.0
        for text, style in (
            (wording.text("questions", "heading"), look.title),
            (form.pupil, look.pupil),
            (form.pupil_details, look.note),
            (self._hint(wording), look.note.of(INK)),
        ):
            if text:
                fit = _fit(text, style, Spot(LEFT, y, room, style.leading), style.size * 0.3)
                y = _lines(sheets, LEFT, y, lines(text, fit, room), fit) + 0.6

    def _hint(self, wording: Wording) -> str:
        """How to fill in the boxes, repeated where they are."""
        items = wording.items("fill_in", "items")
        return items[0] if items and not self._paper.large else ""

    def signer(
        self, sheets: Sheets, place: Signing, wording: Wording, form: ConsentForm
    ) -> None:
        """Draw what is signed, and by whom."""
        look, sizes = self._look, self._sizes
        text = wording.text("signature", "declaration")
        style = Style(Face.SEMIBOLD, look.body.size, look.body.leading, INK)
        room = sizes.declaration - 1.0
        spot = Spot(LEFT, place.top, RIGHT - LEFT, room)
        _block(sheets, spot, text, style)
        start = self._after_label(wording)
        line = place.name
        name = Spot(start, line.y, line.x + line.width - start, line.height)
        signer = form.pupil if form.signer.own else form.guardian
        fit = _fit(signer, look.pupil, name.inset(0.5), look.pupil.size * _SMALLEST)
        set_lines = lines(signer, fit, name.width)
        base = line.y + line.height - 2.0 - (len(set_lines) - 1) * fit.leading
        for number, one in enumerate(set_lines):
            sheets.text(start, base + number * fit.leading, one, fit)


def _fit(text: str, style: Style, place: Spot, least: float) -> Style:
    found = fitted(text, style, (place.width, place.height), least)
    if found is None:
        raise Refusal("paper.too_long", text=text)
    return found


def _block(
    sheets: Sheets, place: Spot, text: str, style: Style, *, middle: bool = True
) -> None:
    """Set a text within a place, in its middle or from its top."""
    if not text:
        return
    style = _fit(text, style, place, style.size * _SMALLEST)
    broken = balanced if middle else lines
    found = broken(text, style, place.width)
    free = place.height - len(found) * style.leading
    _lines(sheets, place.x, place.y + (free / 2 if middle else 0.0), found, style)


def _lines(sheets: Sheets, x: float, y: float, found: tuple[str, ...], style: Style) -> float:
    for line in found:
        sheets.text(x, y + style.rise, line, style)
        y += style.leading
    return y
