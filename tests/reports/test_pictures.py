from __future__ import annotations

from io import BytesIO

from PIL import Image

from reports.pictures import pictures
from reports.press import PaperPress
from tests.reports.papers import consent_forms


def test_every_page_becomes_a_picture_of_a4() -> None:
    found = pictures(PaperPress().draw(consent_forms()).content, dpi=100)
    sizes = [Image.open(BytesIO(one)).size for one in found]
    assert sizes == [(827, 1170)] * 2
