"""How the window looks: applied at once, remembered on this machine only."""

from typing import cast, get_args

from ui.kit.card import Card
from ui.kit.form import Check, Choice, Form, Radio
from ui.kit.label import Muted
from ui.settings.section import SectionView
from ui.shell.desk import Desk
from ui.shell.shield import CHOICE, OFF, has_shield
from ui.theme import Theme
from ui.theme.dress import PaletteName
from ui.words import t

_SIZES = (100, 110, 125, 150, 175, 200)
_LANGUAGES = (("nl", "Nederlands"), ("en", "English"))


class AppearanceSection(SectionView):
    """Text size, colours and language."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        palettes = tuple((key, t(f"settings.palette_{key}")) for key in get_args(PaletteName))
        sizes = tuple((str(size), t("settings.per_cent", size=size)) for size in _SIZES)
        self.form = Form(
            [
                Choice(key="size", label="settings.text_size", required=True, options=sizes),
                Radio(key="palette", label="settings.palette", required=True, options=palettes),
                Radio(
                    key="language", label="shell.language", required=True, options=_LANGUAGES
                ),
            ],
            columns=3,
        )
        self.capture = Form(
            [Check(key="shield", label="settings.shield", help="settings.shield_help")]
        )
        self.capture.set_values({"shield": desk.choices.recall(CHOICE) != OFF})
        self.capture.changed.connect(self._shielded)
        self.capture.setHidden(not has_shield())
        card = Card(t("settings.appearance"))
        card.add(self.form, Muted(t("settings.appearance_note")), self.capture)
        self.add(card)
        theme = desk.choices.theme
        _, nearest = min((abs(size - theme.text_size), size) for size in _SIZES)
        self.form.set_values(
            {"size": str(nearest), "palette": theme.palette, "language": desk.language}
        )
        self.form.changed.connect(self._changed)

    def _shielded(self, _key: str) -> None:
        shield = self.capture.editor("shield").value()
        self.desk.choices.keep(CHOICE, "" if shield else OFF)

    def _changed(self, key: str) -> None:
        if key == "language":
            self.desk.language_chosen.emit(self.form.text("language"))
            return
        palette = cast("PaletteName", self.form.text("palette"))
        self.desk.theme_chosen.emit(Theme(palette, int(self.form.text("size"))))
