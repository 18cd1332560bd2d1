"""The side sheet that adds an entry to a dossier, or corrects one."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from app.dossier.dossiers import CaseLine
from app.dossier.entries import ADDABLE, KINDS, LETTER_IN, NewEntry, add_entry
from app.dossier.items import TimelineItem
from app.dossier.records import Entry
from app.dossier.subjects import Parent, parents_of
from app.override import override
from app.record import Compartment
from ui.dossier.said import wording
from ui.dossier.taking import FileTaker
from ui.kit.button import Main
from ui.kit.editors import ChoiceEditor
from ui.kit.form import Choice, Day, Field, Form, Line, Notes, Value
from ui.kit.label import Muted, Strong
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk
from ui.words import day, t

_ENTRY = ("kind", "happened_on", "arrived_on", "about", "title", "body", "case_id", "reason")


class EntrySheet(SideSheet):
    """Adds a talk, a call, a note or a letter that came in; or corrects one, with a reason."""

    kind = "entry"

    def __init__(
        self,
        desk: Desk,
        place: tuple[Compartment, str, str],
        cases: Sequence[CaseLine],
        replaces: TimelineItem | None = None,
    ) -> None:
        """Args: `place` is the compartment, the dossier's id and its subject's id."""
        title = t("dossier.correct_entry" if replaces else "dossier.add_entry")
        super().__init__(title)
        self._desk = desk
        self._compartment, self._dossier, subject_id = place
        self._replaces = replaces
        self._parents: dict[str, Parent] = {}
        self._about = ""
        pupil = self._compartment is Compartment.PUPIL_DOSSIER
        self.form = Form(_fields(cases, pupil=pupil, correcting=replaces is not None))
        self.form.changed.connect(self.touch)
        self.form.changed.connect(self._follow)
        self.form.submitted.connect(self._send)
        self.form.set_values({"happened_on": desk.clock.today()})
        if replaces is not None:
            self._put_old(replaces)
        self.file = FileTaker(desk)
        self.file.taken.connect(self.touch)
        save = Main(t("dossier.save_entry"))
        save.call_it("sheet_save")
        save.clicked.connect(self.form.submit)
        self._save = save
        words = "dossier.correct_entry_words" if replaces else "dossier.entry_words"
        self.add(Muted(t(words)), self.form, Strong(t("dossier.file")), self.file)
        self.end()
        self.set_actions(save)
        self._follow("kind")
        if pupil and replaces is None:
            desk.ask(partial(parents_of, pupil_id=subject_id), self._offer, self)

    @override
    def typed(self) -> dict[str, object]:
        return (
            typed_in(self.form, _keys(self.form)) if self.touched and not self._replaces else {}
        )

    @override
    def put(self, values: Mapping[str, object]) -> None:
        self._about = str(values.get("about") or "")
        put_in(self.form, values)
        self._follow("kind")
        self.touched = True

    def _put_old(self, old: TimelineItem) -> None:
        self.form.set_values(
            {
                "happened_on": old.day,
                "arrived_on": old.arrived,
                "title": old.title,
                "body": old.body,
            }
        )

    def _offer(self, parents: tuple[Parent, ...]) -> None:
        self._parents = {parent.person.id: parent for parent in parents}
        editor = self.form.editor("about")
        if isinstance(editor, ChoiceEditor):
            editor.set_options(
                [
                    (p.person.id, f"{p.person.name} · {t(f'people.relation_{p.relation}')}")
                    for p in parents
                ]
            )
        if self._about:
            self.form.set_values({"about": self._about})

    def _follow(self, key: str) -> None:
        """Ask for the day of arrival of a letter only."""
        if key == "kind" and "arrived_on" in self.form.keys:
            self.form.show_field("arrived_on", shown=self._kind() == LETTER_IN)

    def _kind(self) -> str:
        return self._replaces.kind if self._replaces else self.form.text("kind")

    def _send(self, values: dict[str, Value]) -> None:
        replaces = self._replaces
        kind = self._kind()
        parent = self._parents.get(str(values.get("about") or ""))
        entry = NewEntry(
            kind=kind,
            happened_on=_day(values["happened_on"]),
            arrived_on=_day(values.get("arrived_on")) if kind == LETTER_IN else None,
            title=str(values["title"]),
            body=str(values["body"]),
            case_id=str(values.get("case_id") or ""),
            about=parent.person if parent else None,
            file=self.file.file,
            replaces=replaces.id if replaces else "",
            reason=str(values.get("reason") or ""),
        )
        self.bar.clear()
        self.wait_for(self._save)
        work = partial(
            add_entry, compartment=self._compartment, dossier_id=self._dossier, entry=entry
        )
        self._desk.ask(work, self._stored, self)

    def _stored(self, entry: Entry) -> None:
        self.touched = False
        self.done.emit(entry)


def kind_options() -> tuple[tuple[str, str], ...]:
    """The kinds of entries that a person adds."""
    return tuple((kind, t(KINDS[kind])) for kind in ADDABLE)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _keys(form: Form) -> tuple[str, ...]:
    return tuple(key for key in _ENTRY if key in form.keys)


def _fields(cases: Sequence[CaseLine], *, pupil: bool, correcting: bool) -> tuple[Field, ...]:
    numbers = tuple(
        (case.id, f"{case.number} · {wording(case.procedure)} · {day(case.opened_on)}")
        for case in cases
    )
    kind: tuple[Field, ...] = (
        Choice(key="kind", label="dossier.kind", required=True, options=kind_options()),
    )
    about: tuple[Field, ...] = (
        Choice(key="about", label="dossier.about_parent", help="dossier.about_parent_help"),
    )
    case: tuple[Field, ...] = (Choice(key="case_id", label="dossier.in_case", options=numbers),)
    reason: tuple[Field, ...] = (
        Notes(
            key="reason",
            label="dossier.correct_reason",
            help="dossier.correct_reason_help",
            required=True,
            lines=2,
        ),
    )
    return (
        *(() if correcting else kind),
        Day(key="happened_on", label="dossier.happened_on", required=True),
        Day(key="arrived_on", label="dossier.arrived_on", help="dossier.arrived_help"),
        *(about if pupil and not correcting else ()),
        Line(key="title", label="dossier.subject", required=True),
        Notes(key="body", label="dossier.body", help="dossier.body_help", lines=7),
        *(() if correcting or not cases else case),
        *(reason if correcting else ()),
    )
