"""The side sheet that asks which letter is made from a dossier."""

from typing_extensions import override

from app.letters.dossier import dossier_templates
from app.record import Compartment
from ui.dossier.said import wording
from ui.kit.button import Main
from ui.kit.form import Form, Radio, Value
from ui.kit.label import Muted
from ui.kit.sided import SideSheet
from ui.words import t

_WHICH = "template"


class LetterSheet(SideSheet):
    """Asks which letter; `done` gives its key. Nothing is stored."""

    kind = "letter"

    def __init__(self, compartment: Compartment) -> None:
        super().__init__(t("dossier.letter"))
        self._explain = {
            one.key: wording(one.explain) for one in dossier_templates(compartment)
        }
        options = tuple((one.key, wording(one.name)) for one in dossier_templates(compartment))
        self.form = Form(
            (Radio(key=_WHICH, label="dossier.which_letter", required=True, options=options),),
            columns=1,
        )
        self.form.changed.connect(self._chosen)
        self.form.submitted.connect(self._go)
        self._for = Muted("")
        write = Main(t("dossier.write_letter"), "letter")
        write.call_it("sheet_save")
        write.clicked.connect(self.form.submit)
        self.add(Muted(t("dossier.letter_words")), self.form, self._for)
        self.end()
        self.set_actions(write)

    @override
    def typed(self) -> dict[str, object]:
        return {}

    def _chosen(self, _key: str) -> None:
        self._for.setText(self._explain.get(self.form.text(_WHICH), ""))

    def _go(self, values: dict[str, Value]) -> None:
        self.done.emit(str(values[_WHICH]))
