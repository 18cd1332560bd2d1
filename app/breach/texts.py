"""What is not right in texts that somebody typed, in reports and in dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.breach.sealed import LONGEST_LINE, LONGEST_TEXT, tidy_line, tidy_text
from app.bsn import holds_bsn
from app.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def line_faults(lines: Iterable[tuple[str, str]]) -> Iterator[Refusal]:
    """What is not right in texts of one line: too long, or a citizen service number in them."""
    for field, text in lines:
        if len(tidy_line(text)) > LONGEST_LINE:
            yield Refusal("breach.too_long", field=field, longest=LONGEST_LINE)
        if holds_bsn(text):
            yield Refusal("people.bsn", field=field)


def text_faults(texts: Iterable[tuple[str, str]]) -> Iterator[Refusal]:
    """What is not right in texts in paragraphs: too long, or a citizen service number."""
    for field, text in texts:
        if len(tidy_text(text)) > LONGEST_TEXT:
            yield Refusal("breach.too_long", field=field, longest=LONGEST_TEXT)
        if holds_bsn(text):
            yield Refusal("people.bsn", field=field)
