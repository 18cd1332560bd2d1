"""The page of one member of staff or other adult: who decides alone about recordings."""

from collections.abc import Mapping
from functools import partial

from app.names import full_name
from app.override import override
from app.people.card import Places, places
from app.people.records import StaffMember
from app.ports import Session
from app.record import Compartment
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.label import Muted
from ui.kit.lines import Facts
from ui.kit.sided import SideSheet
from ui.people.sheets import StaffSheet
from ui.people.wording import joined
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.parts import asking_part, leave_part, publications_part, pupil_part
from ui.words import day, t


class StaffPage(DeskedPage):
    """One adult, as the office sees him or her."""

    page_id = "staff"
    help_topic = "staff"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("shell.staff_member"))
        self._staff_id = ""
        self.member: StaffMember | None = None
        self._places = Places((), ())
        self._draft_wanted = False
        self._consent = pupil_part(desk, self)
        self._consent.shown.connect(self._shown)
        asking, self._asking = asking_part(desk, self)
        leave, self._leave = leave_part(desk, self)
        shown_in, self._shown_in = publications_part(desk)
        edit = Plain(t("people.edit"), fit="small")
        edit.call_it("edit_staff")
        edit.clicked.connect(self._edit)
        edit.setVisible(desk.user.may("consent.write"))
        self._facts = Facts()
        form = Plain(t("people.staff_form"), fit="small")
        form.call_it("staff_form")
        form.clicked.connect(self._make_form)
        form.setVisible(desk.user.may("consent.write"))
        data = Card(t("people.staff_data"), form, edit)
        data.add(self._facts, Muted(t("people.staff_free")))
        self.set_actions(*self._consent.actions)
        sides = Columns(data, self._consent.notices, weights=(3, 2), narrow=760)
        self.add(self._consent.band, sides, self._consent.card, leave, asking, shown_in)

    @override
    def what(self) -> dict[str, str]:
        return {"staff_id": self._staff_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the person with `staff_id`."""
        staff_id = what.get("staff_id", self._staff_id)
        if staff_id != self._staff_id:
            self.shut_sheet()
            self.bar.clear()
            self._staff_id, self.member = staff_id, None
            self._consent.show_pupil(staff_id)
        self._draft_wanted = True

    @override
    def read(self) -> None:
        if self._staff_id:
            self.desk.ask(partial(_member, staff_id=self._staff_id), self._show, self)
            self._consent.refresh()
            self._leave.show_subject(self._staff_id)
            self._shown_in.show_subject(self._staff_id)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if self.member is None:
            return None
        if kind == StaffSheet.kind:
            self._edit()
            return self.sheet
        found = self._leave.sheet_for(kind, values)
        return found or self._consent.sheet_for(kind, values)

    def _show(self, found: tuple[StaffMember, Places]) -> None:
        member, places = found
        if member.id != self._staff_id:
            return
        self.member, self._places = member, places
        name = full_name(member.first_name, member.prefix, member.surname)
        kind = t(f"people.kind_{member.kind}")
        self.set_title(name, joined((kind, member.function)))
        self._facts.show_facts(
            (
                (t("people.adult_kind"), kind),
                (t("people.function"), member.function),
                (t("people.email"), member.email),
                (t("people.site"), places.site_name(member.site_id)),
                (t("people.here_from"), day(member.start) if member.start else ""),
                (t("people.here_until"), day(member.end) if member.end else ""),
                (t("people.state"), t("people.staff_left") if member.left else ""),
            )
        )

    def _shown(self, _found: object) -> None:
        self._asking.show_subject(self._staff_id, past=self._consent.past)
        if self._draft_wanted and self.member is not None:
            self._draft_wanted = False
            self.look_for_draft()

    def _edit(self) -> None:
        if self.member is not None:
            self.show_sheet(StaffSheet(self.desk, self._places, self.member), self._saved)

    def _make_form(self) -> None:
        self.desk.goto("forms", staff_id=self._staff_id)

    def _saved(self, _member: object) -> None:
        self.bar.done(t("people.staff_saved"))


def _member(session: Session, staff_id: str) -> tuple[StaffMember, Places]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.get(StaffMember, staff_id), places(reader, session.clock.today())
