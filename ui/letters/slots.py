"""The slots that a letter's text can have, to put where the cursor stands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.letters.template import Template
from ui.kit.button import Plain
from ui.kit.editors import ChoiceEditor
from ui.kit.form import Choice, Form
from ui.kit.label import Muted
from ui.words import t, words

_SLOT = "slot"


class SlotPicker(QWidget):
    """A closed list: slots and conditions of one letter. `chosen` gives what to write."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.form = Form((Choice(key=_SLOT, label="letters.slot"),), columns=1)
        put = Plain(t("letters.slot_put"), "plus", fit="small")
        put.call_it("slot_put")
        put.clicked.connect(self._put)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(put)
        column.addWidget(Muted(t("letters.slot_words")))

    def offer(self, template: Template) -> None:
        """Offer the slots of a letter; those that must stay are named so."""
        options = tuple(
            (f"{{{slot.key}}}", _name(slot.name.said(words().language), required=slot.required))
            for slot in template.slots
            if slot.where == "text"
        )
        conditions = tuple((f"[if {one}]", f"[if {one}]") for one in template.conditions)
        editor = self.form.editor(_SLOT)
        if isinstance(editor, ChoiceEditor):
            editor.set_options((*options, *conditions, ("[signature]", "[signature]")))

    def _put(self) -> None:
        written = self.form.text(_SLOT)
        if written:
            self.chosen.emit(written)


def _name(name: str, *, required: bool) -> str:
    return t("letters.slot_required", name=name) if required else name
