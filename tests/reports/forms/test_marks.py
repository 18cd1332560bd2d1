from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from app.forms.codes import read_code
from app.forms.geometry import CODE, CORNERS, print_scale
from reports.press import PaperPress
from tests.reports.looking import gray
from tests.reports.papers import consent_form, consent_forms

MM = 25.4


@cache
def page(number: int, dpi: int) -> Image.Image:
    forms = consent_forms(consent_form(1842))
    return Image.fromarray(gray(PaperPress().draw(forms), number, dpi))


def read(picture: Image.Image) -> dict[str, zxingcpp.Barcode]:
    return {code.text: code for code in zxingcpp.read_barcodes(picture)}


def middle(code: zxingcpp.Barcode, dpi: int) -> tuple[float, float]:
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
    x, y = (sum(getattr(corner, axis) for corner in corners) / 4 for axis in "xy")
    return x * MM / dpi, y * MM / dpi


def copied(picture: Image.Image, seed: int) -> Image.Image:
    """What a tired photocopier makes of it: little contrast, noise and specks."""
    chance = np.random.default_rng(seed)
    values = np.asarray(picture, dtype=float) * 0.65 + 50
    values += chance.normal(0, 18, values.shape)
    values[chance.random(values.shape) < 0.002] = 20
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("degrees", [0, -5, 2.5, 5, 180])
def test_page_code_and_corners_are_read_from_a_turned_scan(dpi: int, degrees: float) -> None:
    for number in (0, 1):
        turned = page(number, dpi).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
        found = read(turned)
        assert set(CORNERS) < set(found)
        (code,) = set(found) - set(CORNERS)
        assert read_code(code).page == number + 1


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_page_code_and_corners_survive_a_photocopy(dpi: int, seed: int) -> None:
    """Specks are taken away first; at 150 dpi one mark in five is lost otherwise."""
    turned = page(1, dpi).rotate(seed - 2, Image.Resampling.BICUBIC, fillcolor=255)
    found = read(copied(turned, seed).filter(ImageFilter.MedianFilter(3)))
    assert set(CORNERS) < set(found)
    assert len(found) == len(CORNERS) + 1


def test_marks_stand_where_the_geometry_says() -> None:
    for text, code in read(page(1, 300)).items():
        spot = CORNERS.get(text, CODE)
        assert middle(code, 300) == pytest.approx(spot.centre, abs=0.5)


def test_a_print_at_97_percent_is_noticed() -> None:
    small = page(1, 200)
    width, height = small.size
    shrunk = small.resize((round(width * 0.97), round(height * 0.97)))
    sheet = Image.new("L", small.size, 255)
    sheet.paste(shrunk, (round(width * 0.015), round(height * 0.015)))
    found = {text: middle(code, 200) for text, code in read(sheet).items()}
    assert print_scale(found) == pytest.approx(0.97, abs=0.003)
