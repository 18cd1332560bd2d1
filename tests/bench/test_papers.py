"""A thousand consent forms against plain canvas pages with the same text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from app.forms.issue import FormRequest, prepare_forms, requests_for_pupil
from app.people.questions import PupilIds
from app.record import Compartment
from reports.press import PaperPress
from tests.bench.table import PROCESSOR, Measured, Table

if TYPE_CHECKING:
    from db.register.session import LocalSession

pytestmark = pytest.mark.bench

_FORMS = 1000


def plain(lines: list[list[str]], pages: int) -> bytes:
    """Pages with the same lines, drawn by the barest canvas."""
    from reportlab.pdfgen.canvas import Canvas

    from reports.fonts import prepare

    prepare()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.setFont("NotoSans-Regular", 9)
        for place, words in enumerate(lines[number % len(lines)]):
            canvas.drawString(50, 800 - place * 9, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_thousand_forms(session: LocalSession, pupils: int, table: Table) -> None:
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=session.clock.today()))
    found: list[FormRequest] = []
    for pupil_id in ids:
        found += requests_for_pupil(session, pupil_id)
        if len(found) >= _FORMS:
            break
    requests = tuple(found[:_FORMS])
    press = PaperPress()
    sample = prepare_forms(session, press, requests[:1], "nl").pdf
    document = pypdfium2.PdfDocument(sample.content)
    lines = [page.get_textpage().get_text_range().splitlines() for page in document]
    document.close()
    began = PROCESSOR()
    drawn = prepare_forms(session, press, requests, "nl").pdf
    mine = (PROCESSOR() - began) * 1000
    began = PROCESSOR()
    plain(lines, drawn.pages)
    bare = (PROCESSOR() - began) * 1000
    table.add(Measured(f"{len(requests)} two-page coded forms", pupils, mine, bare, 2.5))
