"""The side sheets for pupils, their place, and staff."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeAlias

from app.override import override
from app.people.admit import admit
from app.people.card import Places, PupilCard
from app.people.people import PupilDraft, StaffDraft, save_pupil, save_staff
from app.people.places import EnrolmentDraft, end_visit, enrol, leave
from app.people.records import AdultKind, EnrolmentKind, Pupil, StaffMember
from app.people.undo import places_now, put_places_back, put_pupil_back
from app.ports import Session
from ui.kit.editors import ChoiceEditor
from ui.kit.form import Check, Choice, Day, Field, Line, Radio, Value
from ui.kit.label import Muted
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.words import t

Undo: TypeAlias = Callable[[Session], object]
"""What takes a change back, to be done on the storage thread."""

_ENDS = {"leave": leave, "end_visit": end_visit}
_STAFF = (
    *("first_name", "initials", "prefix", "surname", "function", "email", "left"),
    *("kind", "site_id", "start", "end"),
)
_PUPIL = ("first_name", "prefix", "surname", "birth_date", "number")


class PlacedSheet(FormSheet):
    """A form in which a site and one of its groups are chosen."""

    def __init__(self, desk: Desk, title: str, verb: str, places: Places) -> None:
        super().__init__(desk, title, verb)
        self._places = places

    def begin(self, site_id: str = "", group_id: str = "") -> None:
        """Offer the groups of the site that is chosen; a school with one site has no choice."""
        sites = self._places.sites
        only = sites[0].id if len(sites) == 1 else ""
        self.form.set_values({"site_id": site_id or only, "start": self.desk.clock.today()})
        self.form.changed.connect(self._follow_site)
        self._follow_site("site_id")
        self.form.set_values({"group_id": group_id})

    @override
    def put(self, values: Mapping[str, object]) -> None:
        if "site_id" in values:
            super().put({"site_id": values["site_id"]})
            self._follow_site("site_id")
        super().put(values)

    def _follow_site(self, key: str) -> None:
        editor = self.form.editor("group_id")
        if key == "site_id" and isinstance(editor, ChoiceEditor):
            groups = self._places.groups_of(self.form.text("site_id"))
            editor.set_options(tuple((group.id, group.name) for group in groups))


class PupilSheet(PlacedSheet):
    """Adds a pupil with a first place, or changes the names and numbers of one.

    Signals:
        done(answer): the pupil that was added, or what undoes the change.
    """

    kind = "pupil"
    wide = 560

    def __init__(self, desk: Desk, places: Places, card: PupilCard | None = None) -> None:
        title = t("people.edit_pupil") if card else t("people.add_pupil")
        super().__init__(desk, title, t("people.save") if card else t("people.add"), places)
        self._card = card
        self.lay_out((*_pupil_fields(), *(() if card else _first_place(places))), columns=2)
        if card is None:
            self.begin()
            self.form.set_values({"kind": EnrolmentKind.ENROLLED.value})
            self.form.changed.connect(self._arrange)
            self._arrange()
        else:
            self.form.set_values({key: getattr(card.pupil, key) for key in _PUPIL})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        draft = PupilDraft(
            first_name=str(values["first_name"]),
            prefix=str(values["prefix"]),
            surname=str(values["surname"]),
            birth_date=_day(values["birth_date"]),
            number=str(values["number"]),
            id=self._card.pupil.id if self._card else "",
        )
        if self._card:
            self.ask(partial(_change_pupil, draft=draft, before=self._card.pupil))
        else:
            place = EnrolmentDraft(
                pupil_id="",
                site_id=str(values["site_id"]),
                group_id=str(values["group_id"]),
                kind=EnrolmentKind(str(values["kind"])),
                start=_day(values["start"]),
                end=_day(values["end"]) if self._visits() else None,
            )
            self.ask(partial(admit, draft=draft, place=place))

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        if self._card is None:
            self._arrange()

    def _visits(self) -> bool:
        return self.form.text("kind") == EnrolmentKind.VISITING

    def _arrange(self, _key: str = "") -> None:
        self.form.show_field("end", shown=self._visits())


class PlaceSheet(PlacedSheet):
    """Puts a pupil in another group, notes a visit, or notes the last day.

    Signals:
        done(undo): what undoes it.
    """

    kind = "place"
    wide = 560

    def __init__(self, desk: Desk, places: Places, card: PupilCard) -> None:
        title = t("people.place_title", name=card.name)
        super().__init__(desk, title, t("people.save"), places)
        self._card = card
        self.add(Muted(_now_words(card)))
        again = t("people.place_enrol") if card.present else t("people.place_again")
        kinds = [("enrolled", again), ("visiting", t("people.place_visit"))]
        if card.visiting and card.present:
            kinds.append(("end_visit", t("people.place_end_visit")))
        if card.present:
            kinds.append(("leave", t("people.place_leave")))
        options = Radio(
            key="kind", label="people.place_what", options=kinds, required=True, wide=True
        )
        last = Day(key="last_day", label="people.last_day", required=True)
        end = Day(key="end", label="people.place_end", help="people.place_end_help")
        self.lay_out((options, *_place_fields(places), end, last), columns=2)
        last_place = card.place
        if last_place is None:
            self.begin()
        else:
            self.begin(last_place.site_id, "" if card.present else last_place.group_id)
        self.form.set_values({"kind": "enrolled", "last_day": desk.clock.today()})
        self.form.changed.connect(self._arrange)
        self._arrange()
        self.end()

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._arrange()

    @override
    def send(self, values: dict[str, Value]) -> None:
        pupil_id = self._card.pupil.id
        ending = _ENDS.get(str(values["kind"]))
        if ending is not None:
            last = _day(values["last_day"]) or self.desk.clock.today()
            self._do(partial(ending, pupil_id=pupil_id, last_day=last))
            return
        draft = EnrolmentDraft(
            pupil_id=pupil_id,
            site_id=str(values["site_id"]),
            group_id=str(values["group_id"]),
            kind=EnrolmentKind(str(values["kind"])),
            start=_day(values["start"]),
            end=_day(values["end"]),
        )
        self._do(partial(enrol, draft=draft))

    def _do(self, work: Undo) -> None:
        self.ask(partial(_move, pupil_id=self._card.pupil.id, work=work))

    def _arrange(self, _key: str = "") -> None:
        leaving = self.form.text("kind") in _ENDS
        for key in ("site_id", "group_id", "start", "end"):
            self.form.show_field(key, shown=not leaving)
        self.form.show_field("last_day", shown=leaving)


class StaffSheet(FormSheet):
    """Adds a member of staff, or changes one."""

    kind = "staff"
    wide = 560

    def __init__(self, desk: Desk, places: Places, member: StaffMember | None = None) -> None:
        title = t("people.edit_staff") if member else t("people.add_staff")
        super().__init__(desk, title, t("people.save") if member else t("people.add"))
        self._member = member
        fields: tuple[Field, ...] = (
            Line(key="first_name", label="people.first_name"),
            Line(key="initials", label="people.initials"),
            Line(key="prefix", label="people.prefix"),
            Line(key="surname", label="people.surname"),
            Line(key="function", label="people.function"),
            Line(key="email", label="people.email"),
            Choice(
                key="kind", label="people.adult_kind", options=_adult_kinds(), required=True
            ),
            Choice(
                key="site_id",
                label="people.site",
                options=tuple((site.id, site.name) for site in places.sites),
                help="people.staff_site_help",
            ),
            Day(key="start", label="people.here_from"),
            Day(key="end", label="people.here_until"),
        )
        if member is not None:
            fields += (Check(key="left", label="people.left_school"),)
        self.lay_out(fields, columns=2)
        self.form.set_values({"kind": AdultKind.STAFF.value})
        if member is not None:
            self.form.set_values({key: getattr(member, key) for key in _STAFF})
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "staff_id": self._member.id if self._member else ""} if found else {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        draft = StaffDraft(
            first_name=str(values["first_name"]),
            initials=str(values["initials"]),
            prefix=str(values["prefix"]),
            surname=str(values["surname"]),
            function=str(values["function"]),
            email=str(values["email"]),
            left=bool(values.get("left")),
            id=self._member.id if self._member else "",
            kind=AdultKind(str(values["kind"])),
            start=_day(values["start"]),
            end=_day(values["end"]),
            site_id=str(values["site_id"]),
        )
        self.ask(partial(save_staff, draft=draft))


def _adult_kinds() -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, t(f"people.kind_{kind}")) for kind in AdultKind)


def _change_pupil(session: Session, draft: PupilDraft, before: Pupil) -> Undo:
    save_pupil(session, draft)
    return partial(put_pupil_back, before=before)


def _move(session: Session, pupil_id: str, work: Undo) -> Undo:
    before = places_now(session, pupil_id)
    work(session)
    return partial(put_places_back, pupil_id=pupil_id, before=before)


def _pupil_fields() -> tuple[Field, ...]:
    return (
        Line(key="first_name", label="people.first_name", required=True, wide=True),
        Line(key="prefix", label="people.prefix", hint="people.prefix_hint"),
        Line(key="surname", label="people.surname"),
        Day(key="birth_date", label="people.birth_date", help="people.birth_help"),
        Line(key="number", label="people.number", help="people.number_help"),
    )


def _first_place(places: Places) -> tuple[Field, ...]:
    """Where a new pupil is taught, or visits."""
    kinds = (
        (EnrolmentKind.ENROLLED.value, t("people.kind_enrolled")),
        (EnrolmentKind.VISITING.value, t("people.kind_visiting")),
    )
    return (
        Radio(key="kind", label="people.kind", options=kinds, required=True, wide=True),
        *_place_fields(places),
        Day(key="end", label="people.visit_end", required=True, help="people.visit_end_help"),
    )


def _place_fields(places: Places) -> tuple[Field, ...]:
    sites = tuple((site.id, site.name) for site in places.sites)
    return (
        Choice(key="site_id", label="people.site", options=sites, required=True),
        Choice(key="group_id", label="people.group"),
        Day(key="start", label="people.start", required=True),
    )


def _now_words(card: PupilCard) -> str:
    if card.place is None:
        return t("people.placed_never")
    text = "people.placed_before"
    if card.present:
        text = "people.visits_now" if card.visiting else "people.placed_now"
    return t(text, group=card.group or t("people.no_group"), site=card.site)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
