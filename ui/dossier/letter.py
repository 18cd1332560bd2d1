"""The side sheet that asks which letter is made from a dossier."""

from app.letters.dossier import dossier_templates
from app.override import override
from app.procedures.procedure import Option
from app.record import Compartment
from ui.dossier.picker import CoursePicker
from ui.kit.label import Muted
from ui.kit.sided import SideSheet
from ui.words import t


class LetterSheet(SideSheet):
    """Each letter with what it is for; `done` gives the key of the chosen one."""

    kind = "letter"

    def __init__(self, compartment: Compartment) -> None:
        super().__init__(t("dossier.letter_of_dossier"))
        letters = dossier_templates(compartment)
        picker = CoursePicker([Option(one.key, one.name, one.explain) for one in letters])
        picker.chosen.connect(self._chosen)
        self.add(Muted(t("dossier.letter_words")), picker)
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        return {}

    def _chosen(self, key: str) -> None:
        self.done.emit(key)
