"""Who may sign which measure, as the board's papers say; recorded by a director."""

from functools import partial

from app.letters.mandates import (
    BOARD,
    Measure,
    NewMandate,
    mandates,
    measures,
    record_mandate,
    signing_roles,
)
from app.letters.records import Mandate
from app.override import override
from app.ports import Session
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.form import Day, Line, Several, Value
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.settings.roles import role_names
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.words import day, t, words


class MandatesSection(SectionView):
    """Every measure about which the board decides, with who may sign it for the board."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = Lines(shares=(2, 4))
        card = Card(t("settings.mandates_title"))
        card.add(Muted(t("settings.mandates_words")), self._lines)
        self._kept: dict[str, Mandate] = {}
        self.add(card)

    @override
    def read(self) -> None:
        self.desk.ask(mandates, self._show, self)

    def _show(self, kept: dict[str, Mandate]) -> None:
        self._kept = kept
        self._lines.clear()
        for measure in _of_board():
            button = Plain(t("settings.mandate_record"), fit="small")
            button.call_it(f"mandate_{measure.key}")
            button.setAccessibleName(f"{t('settings.mandate_record')}: {_name(measure)}")
            button.clicked.connect(partial(self._ask, measure))
            found = kept.get(measure.key)
            mark = Mark.ASK if found is None else Mark.YES if found.roles else Mark.NO
            self._lines.add(_name(measure), _said(found), button, mark=mark)
        self.take_up()

    @override
    def edit_again(self, about: str) -> None:
        found = next((one for one in _of_board() if one.key == about), None)
        if found is not None:
            self._ask(found)

    def _ask(self, measure: Measure, _on: object = None) -> None:
        sheet = MandateSheet(self.desk, measure, self._kept.get(measure.key))
        sheet.done.connect(self._recorded)
        self.open_sheet(sheet)

    def _recorded(self, _record: object) -> None:
        self.shut_sheet()
        self.read()
        self.done(t("settings.mandate_recorded"))


class MandateSheet(SettingsSheet):
    """Records who may sign one measure.

    Signals:
        done(record): it was recorded.
    """

    def __init__(self, desk: Desk, measure: Measure, kept: Mandate | None) -> None:
        super().__init__(desk, _name(measure), measure.key, t("settings.mandate_record"))
        self._measure = measure
        self.add(Muted(t("settings.mandate_help")))
        options = tuple((role, role_names((role,))) for role in signing_roles())
        self.lay_out(
            (
                Several(key="roles", label="settings.mandate_roles", options=options),
                Line(
                    key="basis",
                    label="settings.mandate_basis",
                    required=True,
                    help="settings.mandate_basis_help",
                ),
                Day(key="start", label="settings.mandate_start"),
                Day(key="end", label="settings.mandate_end"),
            )
        )
        if kept is not None:
            values = {"roles": kept.roles, "basis": kept.basis, "start": kept.start}
            self.form.set_values({**values, "end": kept.end})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        self.ask(partial(_record, self._measure.key, values))


def _record(measure: str, values: dict[str, Value], session: Session) -> Mandate:
    roles, start, end = values["roles"], values["start"], values["end"]
    typed = NewMandate(
        measure,
        roles if isinstance(roles, tuple) else (),
        str(values["basis"]),
        None if isinstance(start, (str, bool, tuple)) else start,
        None if isinstance(end, (str, bool, tuple)) else end,
    )
    return record_mandate(session, typed)


def _of_board() -> tuple[Measure, ...]:
    return tuple(one for one in measures() if one.decides == BOARD)


def _name(measure: Measure) -> str:
    name = measure.name.said(words().language)
    return name[:1].upper() + name[1:]


def _said(kept: Mandate | None) -> str:
    if kept is None:
        return t("settings.mandate_open")
    until = t("settings.mandate_until", day=day(kept.end)) if kept.end else ""
    whose = role_names(kept.roles) if kept.roles else t("settings.mandate_board")
    since = t("settings.mandate_since", day=day(kept.start))
    return " · ".join(part for part in (whose, kept.basis, since, until) if part)
