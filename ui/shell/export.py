"""The side sheet with which a list leaves the register as a file for a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from app.consent.asof import AsOf, as_of
from app.errors import Refusal
from app.jobs import Progress
from app.override import override
from app.ports import Session
from app.roster.sending.send import Export, Wanted, export_consent, export_groups, export_people
from app.roster.sending.sheets import Format
from ui.kit import ask
from ui.kit.form import Day, Field, Radio, Value
from ui.kit.label import Muted, Text
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.words import t, words

PEOPLE, GROUPS, CONSENT = "people", "groups", "consent"


class ExportSheet(FormSheet):
    """Asks which list, as what file and of which day, then where to save it.

    Signals:
        done(words): the file is there; where it is and what to mind.
    """

    kind = "export"
    wide = 480

    def __init__(
        self, desk: Desk, lists: Sequence[str], group_id: str = "", site_id: str = ""
    ) -> None:
        """Offer `lists`, some of PEOPLE, GROUPS, CONSENT; perhaps of one group or site only."""
        super().__init__(desk, t("shell.export_title"), t("shell.export_save"))
        self._lists = tuple(lists)
        self._narrowed = group_id, site_id
        self._export: Export | None = None
        self._path = Path()
        self.lay_out(_fields(self._lists))
        self.form.set_values(
            {"list": self._lists[0], "format": Format.XLSX.value, "day": desk.clock.today()}
        )
        if group_id or site_id:
            self.add(Text(t("shell.export_narrowed")))
        self.add(Muted(t("shell.export_care")))
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        return {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        group_id, site_id = self._narrowed
        try:
            at = self._looked_at(values)
        except Refusal as refusal:
            self.hear_refusal(refusal)
            return
        wanted = Wanted(
            day=at.day,
            known_at=at.known_at,
            format=Format(str(values["format"])),
            language=words().language,
            group_id=group_id,
            site_id=site_id,
        )
        which = str(values.get("list") or self._lists[0])
        work = partial(_make, which=which, wanted=wanted)
        self.wait_for(self._send)
        task = self.desk.ask_long(work, self._made, self, t("shell.export_making"))
        task.finished.connect(self._answered)

    def _looked_at(self, values: dict[str, Value]) -> AsOf:
        """The day that is wanted, and as known at the end of which day.

        Raises:
            Refusal: `consent.known_later`.
        """
        today = self.desk.clock.today()
        day, known = values.get("day"), values.get("known_on")
        known_on = known if isinstance(known, date) else None
        return as_of(day if isinstance(day, date) else today, known_on, "", today)

    def _made(self, export: Export) -> None:
        """Ask where it goes; declined, the sheet waits and nothing has left."""
        self._export = export
        suffix = Path(export.name).suffix
        filters = t("shell.export_filter", kind=suffix.removeprefix(".").upper(), suffix=suffix)
        ask.save_file(self, t("shell.export_where"), export.name, self._chosen, filters)

    def _chosen(self, path: Path) -> None:
        export = self._export
        if export is not None:
            self._path = path
            self.desk.save_document(path, export.content, export.leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        rows = self._export.rows if self._export else 0
        self._export = None
        said = t(
            "shell.export_saved",
            count=rows,
            name=self._path.name,
            folder=str(self._path.parent),
        )
        self.stored(said)


def _make(session: Session, progress: Progress, which: str, wanted: Wanted) -> Export:
    if which == GROUPS:
        return export_groups(session, wanted)
    if which == CONSENT:
        return export_consent(session, wanted, progress)
    return export_people(session, wanted, progress)


def _fields(lists: tuple[str, ...]) -> tuple[Field, ...]:
    formats = (
        (Format.XLSX.value, t("shell.export_xlsx")),
        (Format.CSV.value, t("shell.export_csv")),
    )
    which = tuple((key, t(f"shell.export_{key}")) for key in lists)
    fields: list[Field] = [
        Radio(key="format", label="shell.export_format", options=formats, required=True)
    ]
    if len(lists) > 1:
        fields.insert(
            0, Radio(key="list", label="shell.export_list", options=which, required=True)
        )
    if lists == (CONSENT,):
        fields.append(
            Day(
                key="day",
                label="shell.export_day",
                required=True,
                help="shell.export_day_help",
            )
        )
        fields.append(
            Day(key="known_on", label="shell.export_known", help="shell.export_known_help")
        )
    return tuple(fields)
