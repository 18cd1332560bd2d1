"""The page of one pupil: who it is, who may decide, and everything about consent."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from app.consent.overview import PupilConsent
from app.override import override
from app.people.card import Places, PupilCard, Tie, places
from app.people.people import end_relation, restore_relation
from app.people.records import Relation
from app.ports import Session
from app.record import Compartment
from app.roster.unmerge import undo_merger
from ui.kit.button import Button, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Flow
from ui.kit.lines import Facts
from ui.kit.sided import SideSheet
from ui.people.family import FamilyRows
from ui.people.guardian_sheets import (
    AuthoritySheet,
    GuardianSheet,
    RelateSheet,
    RelationSheet,
)
from ui.people.merge import merge_pupil
from ui.people.mergers import MergersCard
from ui.people.merging import Side
from ui.people.sheets import PlaceSheet, PupilSheet, Undo
from ui.people.wording import joined
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.parts import asking_part, publications_part, pupil_part
from ui.words import day, t


class PupilPage(DeskedPage):
    """One pupil, as the office sees it."""

    page_id = "pupil"
    help_topic = "consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("people.pupil"))
        self._pupil_id = ""
        self._card: PupilCard | None = None
        self._places = Places((), ())
        self._draft_wanted = False
        self._given_up = ""
        self._writes = desk.user.may("consent.write")
        self._consent = pupil_part(desk, self)
        self._consent.shown.connect(self._show)
        asking, self._asking = asking_part(desk, self)
        shown_in, self._shown_in = publications_part(desk)
        self._family = FamilyCard()
        self._data = DataCard()
        self._mergers = MergersCard(desk, writes=self._writes)
        self._mergers.taken_apart.connect(self._taken_apart)
        self._wire()
        self.set_actions(*self._consent.actions)
        sides = Columns(self._family, self._consent.notices, weights=(7, 3), narrow=760)
        self.add(self._consent.band, sides, self._consent.card)
        self.add(asking, shown_in, self._data, self._mergers)

    @override
    def what(self) -> dict[str, str]:
        return {"pupil_id": self._pupil_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the pupil with `pupil_id`."""
        pupil_id = what.get("pupil_id", self._pupil_id)
        if pupil_id != self._pupil_id:
            self.shut_sheet()
            self.bar.clear()
            self.set_title(t("people.pupil"))
            self._pupil_id, self._card = pupil_id, None
            self._consent.show_pupil(pupil_id)
        self._given_up = what.get("given_up", "")
        self._draft_wanted = True

    @override
    def read(self) -> None:
        if self._pupil_id:
            self.desk.ask(_places, self._placed, self)
            self._consent.refresh()

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if self._card is None:
            return None
        about = str(values.get("guardian_id", ""))
        if kind == "authority":
            self._note_authority(about)
            return self.sheet
        if kind == "relation":
            self._change_relation(about)
            return self.sheet
        makers = {
            "pupil": self._edit,
            "place": self._move,
            "guardian": self._add_guardian,
            "relate": self._relate,
            "merge": self._merge,
        }
        if kind in makers:
            makers[kind]()
            return self.sheet
        return self._consent.sheet_for(kind, values)

    def _wire(self) -> None:
        family, data = self._family, self._data
        family.add_button.clicked.connect(self._add_guardian)
        family.relate_button.clicked.connect(self._relate)
        family.rows.guardian_asked.connect(self._open_guardian)
        family.rows.authority_asked.connect(self._note_authority)
        family.rows.relation_asked.connect(self._change_relation)
        data.edit_button.clicked.connect(self._edit)
        data.move_button.clicked.connect(self._move)
        data.merge_button.clicked.connect(self._merge)

    def _show(self, found: PupilConsent) -> None:
        if found.adult:
            self.desk.goto("staff", staff_id=found.card.pupil.id)
            return
        card = found.card
        if card.pupil.id != self._pupil_id:
            return
        if card.pupil.merged_into:
            self.desk.goto("pupil", pupil_id=card.pupil.merged_into)
            return
        self._card = card
        self.set_title(card.name, _identity(card))
        editable = self._writes and not self._consent.past
        self._family.show_card(card, editable=editable)
        self._data.show_card(card, editable=editable)
        self._mergers.show_record(card.pupil.id)
        self._asking.show_subject(card.pupil.id, past=self._consent.past)
        self._shown_in.show_subject(card.pupil.id)
        self._offer_to_take_apart(card.name)
        if self._draft_wanted:
            self._draft_wanted = False
            self.look_for_draft()

    def _placed(self, found: Places) -> None:
        self._places = found

    def _edit(self) -> None:
        if self._card:
            sheet = PupilSheet(self.desk, self._places, self._card)
            self.show_sheet(sheet, self._saved)

    def _move(self) -> None:
        if self._card:
            self.show_sheet(PlaceSheet(self.desk, self._places, self._card), self._moved)

    def _merge(self) -> None:
        if self._card:
            pupil = self._card.pupil
            sheet = merge_pupil(self.desk, pupil.id, pupil.surname or pupil.first_name)
            self.show_sheet(sheet, self._merged)

    def _merged(self, sides: tuple[Side, Side]) -> None:
        kept, given_up = sides
        self._pupil_id = kept.id
        self.desk.goto("pupil", pupil_id=kept.id, given_up=given_up.id)

    def _offer_to_take_apart(self, name: str) -> None:
        """Right after a merger; later the card of mergers offers it."""
        if self._given_up:
            undo = partial(undo_merger, given_up=self._given_up)
            self.offer_undo(t("people.merged", name=name), undo)
            self._given_up = ""

    def _taken_apart(self, name: str) -> None:
        self.bar.done(t("people.merger_undone", name=name))

    def _add_guardian(self) -> None:
        self.show_sheet(GuardianSheet(self.desk, self._pupil_id), self._guardian_added)

    def _relate(self) -> None:
        if self._card:
            sheet = RelateSheet(self.desk, self._pupil_id, self._card.name)
            self.show_sheet(sheet, self._guardian_added)

    def _note_authority(self, guardian_id: str) -> None:
        tie = self._tie(guardian_id)
        if tie and self._card:
            sheet = AuthoritySheet(self.desk, self._pupil_id, self._card.name, tie)
            self.show_sheet(sheet, self._authority_noted)

    def _change_relation(self, guardian_id: str) -> None:
        tie = self._tie(guardian_id)
        if tie is None:
            return
        sheet = RelationSheet(self.desk, tie)
        sheet.end_asked.connect(self._end_relation)
        self.show_sheet(sheet, self._saved)

    def _end_relation(self, relation_id: str) -> None:
        self.shut_sheet()
        self.desk.ask(partial(end_relation, relation_id=relation_id), self._ended, self)

    def _ended(self, relation: Relation) -> None:
        undo = partial(restore_relation, relation_id=relation.id)
        self.offer_undo(t("people.relation_ended"), undo)

    def _tie(self, guardian_id: str) -> Tie | None:
        ties = self._card.ties if self._card else ()
        return next((tie for tie in ties if tie.guardian.id == guardian_id), None)

    def _open_guardian(self, guardian_id: str) -> None:
        self.desk.goto("guardian", guardian_id=guardian_id)

    def _saved(self, undo: Undo) -> None:
        self.offer_undo(t("people.saved"), undo)

    def _moved(self, undo: Undo) -> None:
        self.offer_undo(t("people.place_saved"), undo)

    def _guardian_added(self, _answer: object) -> None:
        self.bar.done(t("people.guardian_added"))

    def _authority_noted(self, undo: Undo) -> None:
        self.offer_undo(t("people.authority_noted"), undo)


class FamilyCard(Card):
    """Guardians and authority; says what belongs there when there is nobody yet."""

    def __init__(self) -> None:
        super().__init__(t("people.family"))
        self.rows = FamilyRows()
        self.add_button = Plain(t("people.add_guardian"), "plus", fit="small")
        self.add_button.call_it("add_guardian")
        self.relate_button = Plain(t("people.relate_known"), fit="small")
        self.relate_button.call_it("relate_guardian")
        self._nobody = EmptyState("group", t("people.nobody"), t("people.nobody_words"))
        self._buttons = _line(self.add_button, self.relate_button)
        self._buttons.hide()
        self._nobody.hide()
        self.add(self.rows, self._nobody, self._buttons)

    def show_card(self, card: PupilCard, *, editable: bool) -> None:
        """Show the guardians of a pupil."""
        self.rows.show_ties(card.ties, editable=editable)
        self._buttons.setVisible(editable)
        self.rows.setVisible(bool(card.ties))
        self._nobody.setVisible(not card.ties)


class DataCard(Card):
    """What is kept about the pupil, and where it is taught."""

    def __init__(self) -> None:
        self.edit_button = Plain(t("people.edit"), fit="small")
        self.edit_button.call_it("edit_pupil")
        self.move_button = Plain(t("people.move"), fit="small")
        self.move_button.call_it("move_pupil")
        self.merge_button = Plain(t("people.merge_with"), fit="small")
        self.merge_button.call_it("merge_with")
        super().__init__(t("people.data"))
        self._facts = Facts()
        self._buttons = _line(self.edit_button, self.move_button, self.merge_button)
        self._buttons.hide()
        self.add(self._facts, self._buttons)

    def show_card(self, card: PupilCard, *, editable: bool) -> None:
        """Show the data of a pupil."""
        self._buttons.setVisible(editable)
        self.move_button.setText(t("people.move") if card.present else t("people.enrol_again"))
        pupil, place = card.pupil, card.place
        self._facts.show_facts(
            (
                (t("people.first_name"), pupil.first_name),
                (t("people.surname"), f"{pupil.prefix} {pupil.surname}".strip()),
                (t("people.birth_date"), day(pupil.birth_date)),
                (t("people.number"), pupil.number),
                (t("people.placed"), joined((card.group, card.site))),
                (t("people.place_since"), _period(card) if place else t("people.placed_never")),
            )
        )


def _identity(card: PupilCard) -> str:
    born = t("people.born_on", day=day(card.pupil.birth_date)) if card.pupil.birth_date else ""
    number = t("people.number_of", number=card.pupil.number) if card.pupil.number else ""
    group = t("people.in_group", group=card.group) if card.group else ""
    return joined((group, card.site, _stay(card), born, number))


def _stay(card: PupilCard) -> str:
    """That a pupil only visits, goes, or has gone; nothing for one who simply is enrolled."""
    if card.place is None or card.place.end is None:
        return ""
    if not card.present:
        return t("people.not_here")
    text = "people.visits_until" if card.visiting else "people.stays_until"
    return t(text, day=day(card.place.end))


def _period(card: PupilCard) -> str:
    place = card.place
    if place is None:
        return ""
    visiting = card.visiting
    if place.end is None:
        return t("people.since", day=place.start)
    text = "people.visit_period" if visiting else "people.period"
    return t(text, start=place.start, end=place.end)


def _line(*buttons: Button) -> QWidget:
    row = QWidget()
    flow = Flow(row, gap=8)
    for button in buttons:
        flow.addWidget(button)
    return row


def _places(session: Session) -> Places:
    with session.look(Compartment.CONSENT) as reader:
        return places(reader, session.clock.today())
