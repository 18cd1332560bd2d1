"""What the school says on its forms in its own words, and until when a yes holds."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from app.consent.records import FormSetting
from app.forms.content import EXTRA, EXTRA_HEADING, OWN_TEXTS, PURPOSE
from app.forms.versions import save_form_setting
from app.languages import texts_of
from app.override import override
from app.text import PAPER_LANGUAGES
from ui.forms.wording import language_choices, left
from ui.kit.choice import Segments
from ui.kit.form import Day, Field, Line, Notes, Value
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.words import day, t, words


class OwnWordsSheet(FormSheet):
    """Changes the period and the school's own words, one language at a time.

    Signals:
        done(setting): it was stored.
    """

    kind = "own_words"
    wide = 520

    def __init__(self, desk: Desk, setting: FormSetting) -> None:
        super().__init__(desk, t("forms.own_words"), t("forms.save"))
        self._setting = setting
        self.languages = Segments(language_choices(), t("forms.text_language"))
        self.languages.chosen.connect(self._turn)
        self.add(left(self.languages))
        self.lay_out(_fields())
        self.form.set_values({"valid_until": setting.valid_until})
        for name in OWN_TEXTS:
            for language in PAPER_LANGUAGES:
                self.form.set_values(
                    {f"{name}_{language}": setting.texts.exactly(name, language)}
                )
        self._turn(self.languages.key)
        self.end()

    def _turn(self, language: str) -> None:
        for name in OWN_TEXTS:
            for one in PAPER_LANGUAGES:
                self.form.show_field(f"{name}_{one}", shown=one == language)

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._turn(self.languages.key)

    @override
    def send(self, values: dict[str, Value]) -> None:
        spoken = {
            language: {name: str(values[f"{name}_{language}"]) for name in OWN_TEXTS}
            for language in PAPER_LANGUAGES
        }
        until = values["valid_until"]
        setting = replace(
            self._setting,
            valid_until=until if not isinstance(until, (str, bool, tuple)) else None,
            texts=texts_of(spoken),
        )
        self.ask(partial(save_form_setting, setting=setting))


def _fields() -> list[Field]:
    fields: list[Field] = [
        Day(key="valid_until", label="forms.valid_until", help="forms.valid_until_help")
    ]
    for language in PAPER_LANGUAGES:
        fields += [
            Notes(
                key=f"{PURPOSE}_{language}",
                label="forms.own_purpose",
                help="forms.own_purpose_help",
            ),
            Line(key=f"{EXTRA_HEADING}_{language}", label="forms.own_extra_heading"),
            Notes(key=f"{EXTRA}_{language}", label="forms.own_extra"),
        ]
    return fields


def own_facts(setting: FormSetting) -> list[tuple[str, str]]:
    """The school's own words as facts, in the language of the screen."""
    until = setting.valid_until
    said = setting.texts.said
    return [
        (t("forms.fact_until"), day(until) if until else t("forms.fact_open")),
        (t("forms.own_purpose"), said(PURPOSE, words().language)),
        (said(EXTRA_HEADING, words().language), said(EXTRA, words().language)),
    ]
