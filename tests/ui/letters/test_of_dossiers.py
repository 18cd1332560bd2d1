"""A director makes a letter from a dossier, without a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.record import Compartment
from tests.robots.dossier import DossierRobot
from tests.robots.letter import LetterRobot
from tests.ui.desks import desk_for
from tests.ui.letters.test_journey import STAFF, end, filed, reported
from ui.dossier.letter import LetterSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.sample import Sample


def begun(qtbot: QtBot, sample: Sample, key: str = "police_cover") -> LetterRobot:
    """A letter of a dossier, chosen on the page of the dossier."""
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    dossier = DossierRobot(qtbot, desk, filed(qtbot, desk))
    dossier.press("dossier_letter")
    assert isinstance(dossier.page.sheet, LetterSheet)
    dossier.press(f"course_{key}")
    page_id, what = dossier.went[-1]
    assert (page_id, what["template"]) == ("letter", key)
    return LetterRobot(qtbot, desk, what)


def test_a_letter_of_a_dossier_is_issued_and_stands_in_it(qtbot: QtBot, sample: Sample) -> None:
    letter = begun(qtbot, sample)
    assert not letter.button("letter_issue").isEnabled()
    letter.fill(
        to="other", to_name="Politie", to_address="Bureau 1\n3311 AA  D", known_day=None
    )
    assert letter.page.form is not None
    assert not letter.button("letter_issue").isEnabled()
    known = letter.desk.clock.today()
    letter.page.form.set_values({"known_day": known})
    letter.page._draw()
    letter.settle()
    assert letter.button("letter_issue").isEnabled()
    letter_id = letter.issue()
    assert letter.bytes.startswith(b"%PDF")

    again = LetterRobot(qtbot, letter.desk, {"compartment": STAFF, "letter_id": letter_id})
    assert again.bytes == letter.bytes
    again.press("letter_case")
    page_id, what = again.went[-1]
    assert (page_id, what["compartment"]) == ("dossier", str(Compartment.STAFF_DOSSIER))
    again.press("letter_correct")
    _, what = again.went[-1]
    new = LetterRobot(qtbot, letter.desk, what)
    assert new.page.form is not None
    assert new.page.form.text("to_name") == "Politie"
    end(letter.desk, sample)


def test_a_name_is_asked_of_somebody_else_only(qtbot: QtBot, sample: Sample) -> None:
    letter = begun(qtbot, sample)
    form = letter.page.form
    assert form is not None
    assert not form.editor("to_name").isVisibleTo(form)
    form.set_values({"to": "other"})
    letter.page._show_whom()
    assert form.editor("to_name").isVisibleTo(form)


def test_a_finding_leads_to_its_field(qtbot: QtBot, sample: Sample) -> None:
    letter = begun(qtbot, sample)
    form = letter.page.form
    assert form is not None
    assert "facts" in letter.page.findings.missing
    letter.fill(to="other", known_day=letter.desk.clock.today(), facts="")
    assert letter.page.findings.missing == ("facts",)
    letter.press("field_of_facts")
    assert form.editor("facts").hasFocus()
