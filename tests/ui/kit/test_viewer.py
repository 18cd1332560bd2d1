"""Looking at a picture: the way up, as large as is needed to read what is on it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.robots import part
from ui.kit.button import Quiet
from ui.kit.viewer import FileView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TURNED = 6
"""What a telephone notes that was held upright: turn a quarter to the right."""


def photo(turned: int = 1) -> bytes:
    """A picture of 1200 by 800, with what the camera noted of the way up."""
    noted = Image.Exif()
    noted[0x0112] = turned
    kept = BytesIO()
    Image.new("L", (1200, 800), 200).save(kept, "JPEG", exif=noted)
    return kept.getvalue()


@pytest.fixture
def view(qtbot: QtBot) -> FileView:
    view = FileView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    return view


def press(view: FileView, name: str) -> tuple[int, int]:
    """Press one of the buttons; how large the picture is then."""
    part(view, Quiet, f"viewer_{name}").click()
    return view.picture.shown.toTuple()


@pytest.mark.parametrize(("turned", "upright"), [(1, False), (TURNED, True)])
def test_a_photo_stands_the_way_its_camera_noted(
    view: FileView, turned: int, upright: bool
) -> None:
    view.show_file("bewijs.jpeg", photo(turned))
    size = view.picture.shown
    assert (size.height() > size.width()) is upright


def test_what_lies_on_its_side_is_turned(view: FileView) -> None:
    view.show_file("bewijs.jpeg", photo())
    wide, high = press(view, "turn")
    assert high > wide
    assert press(view, "turn") > (high, wide)


def test_it_is_shown_larger_up_to_its_own_size_and_smaller_down_to_what_fits(
    view: FileView,
) -> None:
    view.show_file("bewijs.jpeg", photo())
    fits = view.picture.shown.toTuple()
    sizes = [press(view, "zoom_in") for _ in range(9)]
    assert fits < sizes[0] < sizes[-1] == (1200, 800)
    assert view.picture.width() >= 1200
    assert [press(view, "zoom_out") for _ in range(9)][-1][0] <= fits[0]
    assert view.picture.minimumWidth() < 600


def test_only_pictures_are_turned(view: FileView) -> None:
    turn = part(view, Quiet, "viewer_turn")
    view.show_file("bewijs.jpeg", photo())
    assert turn.isVisible()
    view.show_file("notitie.txt", b"niets")
    assert not turn.isVisible()
