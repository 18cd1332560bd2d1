"""Forms: reading, refusing, saying what to do."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refusal, Refusals
from tests.robots import part
from ui.kit.editors import DayEditor, SecretEditor
from ui.kit.form import Check, Choice, Day, Form, Line, Notes, Radio, Secret, Several
from ui.kit.page import scrolling

FIELDS = (
    Line(key="name", label="Roepnaam", required=True),
    Day(key="born", label="Geboren"),
    Choice(key="kind", label="Soort", options=(("m", "moeder"), ("f", "vader"))),
    Radio(key="way", label="Hoe", options=(("p", "papier"), ("t", "gesprek"))),
    Several(key="ifs", label="Mits", options=(("n", "geen naam"), ("g", "groep"))),
    Check(key="post", label="Post"),
    Notes(key="note", label="Opmerking"),
    Secret(key="secret", label="Wachtzin"),
)
VALUES = {
    "name": "Zoë",
    "born": date(2021, 5, 4),
    "kind": "f",
    "way": "t",
    "ifs": ("g",),
    "post": True,
    "note": "een\ntwee",
    "secret": " met spaties ",
}


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(FIELDS, columns=2)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def test_gives_back_what_was_shown(form: Form) -> None:
    form.set_values(VALUES)
    assert form.values() == VALUES


def test_empty_form_names_only_what_is_required(form: Form) -> None:
    with pytest.raises(Refusals) as caught:
        form.values()
    assert [each.field for each in caught.value.found] == ["name"]


def test_check_says_at_the_field_what_to_do(form: Form, qtbot: QtBot) -> None:
    assert form.check() is None
    assert form.error("name") == "Roepnaam is nog leeg. Vul dit veld in."
    qtbot.waitUntil(lambda: form.editor("name").hasFocus())
    qtbot.keyClicks(form.editor("name"), "Z")
    assert form.error("name") == ""


def test_enter_submits(form: Form, qtbot: QtBot) -> None:
    form.set_values(VALUES)
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(form.editor("name"), Qt.Key.Key_Return)
    assert told.args == [VALUES]


def test_enter_in_notes_makes_a_line_and_control_enter_submits(
    form: Form, qtbot: QtBot
) -> None:
    form.set_values(VALUES)
    notes = form.editor("note")
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(notes, Qt.Key.Key_Return)
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_tab_leaves_notes(form: Form, qtbot: QtBot) -> None:
    form.editor("note").setFocus()
    qtbot.keyClick(form.editor("note"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not form.editor("note")
    assert form.text("note") == ""


def test_unreadable_day_is_refused_at_its_field(form: Form, qtbot: QtBot) -> None:
    form.set_values({"name": "Zoë"})
    qtbot.keyClicks(form.editor("born"), "31-2-2021")
    assert form.check() is None
    assert form.error("born") == "Deze dag bestaat niet. Kijk dag en maand na."


def test_day_is_typed_in_figures_and_shown_in_words(form: Form, qtbot: QtBot) -> None:
    born = part(form, DayEditor)
    born.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(born, "3-4-2026")
    form.editor("name").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: born.text() == "3 apr 2026")
    born.setFocus(Qt.FocusReason.TabFocusReason)
    assert born.text() == "3-4-2026"


def test_takes_a_refusal_for_its_own_fields_only(form: Form) -> None:
    assert form.take_refusal(Refusal("kit.day_unknown", field="born"))
    assert form.error("born") != ""
    assert not form.take_refusal(Refusal("kit.day_unknown", field="elsewhere"))
    assert not form.take_refusal(Refusal("kit.day_unknown"))


def test_field_that_is_away_is_not_required(form: Form) -> None:
    form.show_field("name", shown=False)
    assert form.check() is not None


def test_secret_is_hidden_until_the_eye_is_pressed(form: Form) -> None:
    secret = part(form, SecretEditor)
    secret.set_value("appel boot")
    assert secret.line.echoMode() is secret.line.EchoMode.Password
    secret._eye.click()
    assert secret.line.echoMode() is secret.line.EchoMode.Normal


def test_columns_stack_when_it_gets_narrow(form: Form, qtbot: QtBot) -> None:
    form.resize(900, 600)
    qtbot.waitUntil(lambda: left(form, "born") > 300)
    form.resize(300, 900)
    qtbot.waitUntil(lambda: left(form, "born") < 20)


def left(form: Form, key: str) -> int:
    """How far from the left a field stands."""
    editor = form.editor(key)
    return editor.mapTo(form, editor.rect().topLeft()).x()


def test_what_is_refused_is_scrolled_to(qtbot: QtBot) -> None:
    form = Form(FIELDS)
    area = scrolling(form)
    qtbot.addWidget(area)
    area.resize(400, 200)
    area.show()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert form.editor("name").visibleRegion().isEmpty()
    form.take_refusal(Refusal("people.bsn", field="name"))
    assert not form.editor("name").visibleRegion().isEmpty()
