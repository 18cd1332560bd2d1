"""Enters the answers of a whole group, as on a meeting evening; recorded with one press."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from app.consent.decide import TOLD_WAYS
from app.consent.groupwise import (
    GroupAnswers,
    GroupRecorded,
    Said,
    group_answers,
    record_group,
    take_back_group,
)
from app.forms.listing import FormGroup, form_groups
from app.override import override
from ui.consent.groupgrid import GroupGrid
from ui.consent.takenby import taken_by
from ui.consent.wording import condition_options, way_options
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.editors import ChoiceEditor
from ui.kit.form import Choice, Day, Form, Line
from ui.kit.label import Muted, Small
from ui.kit.sided import put_in, typed_in
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.drafts import Draft
from ui.words import say, t

_FIELDS = ("signed_on", "how", "taken_by", "note")


class EnterGroupPage(DeskedPage):
    """A group in a grid: pupils and who decides in rows, uses in columns."""

    page_id = "enter_group"
    help_topic = "entering"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("consent.enter_group"), fill=True)
        self._wanted = ""
        self._last = GroupRecorded(())
        self._draft: Draft | None = None
        self._fields = Form(_fields(), columns=3)
        self._fields.set_values(
            {
                "signed_on": desk.clock.today(),
                "how": "conversation",
                "taken_by": desk.user.name,
            }
        )
        self._fields.changed.connect(self._changed)
        self._record = Main(t("consent.record"))
        self._record.call_it("record_group")
        self._record.clicked.connect(self._send)
        self._record.setEnabled(False)
        conditions = condition_options()
        self.grid = GroupGrid([key for key, _ in conditions])
        self.grid.changed.connect(self._typed)
        self.grid.finished.connect(self._record.click)
        self._count = Muted()
        self._count.setObjectName("group_count")
        self.set_actions(self._record)
        numbered = ", ".join(f"{n} {name}" for n, (_, name) in enumerate(conditions, 1))
        head, card = Card(), Card(fill=True)
        head.add(self._fields)
        card.add(
            Small(t("consent.group_hint")),
            Small(t("consent.group_conditions", conditions=numbered)),
            self.grid,
            self._count,
        )
        self.add(head, card)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show a group: `group_id`."""
        self._wanted = what.get("group_id", "")
        self.desk.find_draft(self.page_id, self._offered, self)
        self.desk.ask(form_groups, self._show_groups, self)

    @override
    def leave(self) -> None:
        typed = self.grid.table.typed()
        if typed:
            values: dict[str, object] = {
                **typed_in(self._fields, _FIELDS),
                "group": self._fields.text("group"),
                "typed": typed,
                "conditions": self.grid.table.conditions(),
            }
            self.desk.keep_draft(Draft(self.page_id, t("consent.enter_group"), values))

    @override
    def read(self) -> None:
        group = self._fields.text("group")
        if group:
            self.desk.ask_long(
                partial(group_answers, group_id=group),
                self._show,
                self,
                t("consent.group_reading"),
            )

    def _offered(self, draft: Draft | None) -> None:
        self._draft = draft
        if draft is not None:
            self._wanted = str(draft.values.get("group") or "")

    def _show_groups(self, groups: tuple[FormGroup, ...]) -> None:
        editor = self._fields.editor("group")
        if isinstance(editor, ChoiceEditor):
            editor.set_options([(g.id, _group_words(g, groups)) for g in groups])
        known = [group.id for group in groups]
        if self._wanted in known:
            self._fields.set_values({"group": self._wanted})
            self.read()

    def _show(self, found: GroupAnswers) -> None:
        if found.group_id != self._fields.text("group"):
            return
        self.grid.show_group(found)
        draft, self._draft = self._draft, None
        if draft is not None:
            typed, ticked = draft.values.get("typed"), draft.values.get("conditions")
            put_in(self._fields, {key: draft.values.get(key, "") for key in _FIELDS})
            self.grid.table.put(
                typed if isinstance(typed, dict) else {},
                ticked if isinstance(ticked, dict) else {},
            )
            self.bar.notice(t("consent.group_goes_on"))
        self.grid.setFocus()
        self._typed()

    def _changed(self, key: str) -> None:
        if key == "group":
            self.grid.table.forget()
            self.read()
        if key == "how":
            told = self._fields.text("how") in TOLD_WAYS
            self._fields.show_field("taken_by", shown=told)

    def _typed(self) -> None:
        typed = self.grid.table.typed()
        count = sum(len(some) for some in typed.values())
        self._record.setEnabled(bool(count))
        self._count.setText(
            t("consent.group_typed", count=count) if count else t("consent.group_none_typed")
        )

    def _send(self) -> None:
        values = self._fields.check()
        if values is None:
            return
        self._record.setEnabled(False)
        how = str(values["how"])
        signed = values["signed_on"]
        said = Said(
            signed_on=signed if isinstance(signed, date) else self.desk.clock.today(),
            how=how,
            note=str(values["note"]),
            taken_by=str(values.get("taken_by") or ""),
        )
        rows = self.grid.table.answers()
        work = partial(record_group, rows=rows, said=said)
        self.desk.ask_long(work, self._recorded, self, t("consent.group_recording"))

    def _recorded(self, done: GroupRecorded) -> None:
        refused = dict(done.refused)
        names = {row.pupil_id: row.pupil for row in self.grid.table.rows}
        self.grid.table.forget(frozenset(names) - frozenset(refused))
        self._last = done
        count = sum(len(some) for some in done.decisions)
        words = t("consent.group_recorded", count=count, pupils=len(done.decisions))
        if refused:
            pupil, why = next(iter(refused.items()))
            some = t("consent.group_refused", name=names.get(pupil, ""), why=say(why))
            words = f"{words} {some}"
        if not refused:
            self.desk.drop_draft(Draft(self.page_id, "", {}))
        self._typed()
        if done.decisions:
            self.bar.done(words, self._undo_all)
        else:
            self.bar.refused(words)
        self.read()

    def _undo_all(self) -> None:
        reason = t("consent.undo_reason")
        work = partial(take_back_group, recorded=self._last.decisions, reason=reason)
        self.desk.ask_long(work, self._undone, self, t("consent.group_undoing"))

    def _undone(self, _count: int) -> None:
        self.bar.done(t("shell.taken_back"))
        self.read()


def _group_words(group: FormGroup, groups: tuple[FormGroup, ...]) -> str:
    sites = {one.site for one in groups}
    return f"{group.name} · {group.site}" if len(sites) > 1 else group.name


def _fields() -> tuple[Choice | Day | Line, ...]:
    return (
        Choice(key="group", label="consent.column_group", required=True),
        Day(key="signed_on", label="consent.signed_on", required=True),
        Choice(key="how", label="consent.how", options=way_options(), required=True),
        taken_by(),
        Line(key="note", label="consent.note"),
    )
