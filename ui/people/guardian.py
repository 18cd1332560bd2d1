"""The page of one guardian: every child at this school, authority over them, the address."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal

from app.override import override
from app.people.card import Child, GuardianCard, guardian_card
from app.people.records import Guardian
from app.ports import Session
from app.record import Compartment
from app.roster.unmerge import undo_merger
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.lines import Facts, Lines
from ui.kit.sided import SideSheet
from ui.people.guardian_sheets import AuthoritySheet, GuardianSheet
from ui.people.merge import merge_guardian
from ui.people.mergers import MergersCard
from ui.people.merging import Side
from ui.people.sheets import Undo
from ui.people.wording import (
    authority_mark,
    authority_words,
    joined,
    language_options,
    relation_words,
    seen_words,
    whereabouts,
)
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t


class GuardianPage(DeskedPage):
    """One guardian, with all children."""

    page_id = "guardian"
    help_topic = "pupils"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("people.guardian"))
        self._guardian_id = ""
        self._card: GuardianCard | None = None
        self._draft_wanted = False
        self._given_up = ""
        edit = Plain(t("people.edit"))
        edit.call_it("edit_guardian")
        edit.clicked.connect(self._edit)
        if desk.user.may("consent.write"):
            merge = Plain(t("people.merge_with"))
            merge.call_it("merge_with")
            merge.clicked.connect(self._merge)
            self.set_actions(merge, edit)
        self._children = ChildrenCard(writes=desk.user.may("consent.write"))
        self._children.pupil_asked.connect(self._open_pupil)
        self._children.authority_asked.connect(self._note_authority)
        self._data = Facts()
        address = Card(t("people.address"))
        address.add(self._data)
        self._mergers = MergersCard(desk, writes=desk.user.may("consent.write"))
        self._mergers.taken_apart.connect(self._taken_apart)
        self.add(Columns(self._children, address, weights=(3, 2), narrow=760), self._mergers)

    @override
    def what(self) -> dict[str, str]:
        return {"guardian_id": self._guardian_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the guardian with `guardian_id`."""
        guardian_id = what.get("guardian_id", self._guardian_id)
        if guardian_id != self._guardian_id:
            self.shut_sheet()
            self.bar.clear()
            self._guardian_id, self._card = guardian_id, None
        self._given_up = what.get("given_up", "")
        self._draft_wanted = True

    @override
    def read(self) -> None:
        if self._guardian_id:
            work = partial(_read, guardian_id=self._guardian_id)
            self.desk.ask(work, self._show, self)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if kind == "guardian":
            self._edit()
        elif kind == "merge":
            self._merge()
        elif kind == "authority":
            self._note_authority(str(values.get("pupil_id", "")))
        return self.sheet

    def _show(self, card: GuardianCard) -> None:
        if card.guardian.id != self._guardian_id:
            return
        if card.guardian.merged_into:
            self.desk.goto("guardian", guardian_id=card.guardian.merged_into)
            return
        self._card = card
        guardian = card.guardian
        institution = guardian.institution if guardian.institution != card.name else ""
        self.set_title(card.name, joined((institution, whereabouts(guardian))))
        self._children.show_children(card.children)
        self._data.show_facts(_facts(guardian))
        self._mergers.show_record(guardian.id)
        self._offer_to_take_apart(card.name)
        if self._draft_wanted:
            self._draft_wanted = False
            self.look_for_draft()

    def _edit(self) -> None:
        if self._card:
            sheet = GuardianSheet(self.desk, guardian=self._card.guardian)
            self.show_sheet(sheet, self._saved)

    def _merge(self) -> None:
        if self._card:
            guardian = self._card.guardian
            words = guardian.surname or self._card.name
            self.show_sheet(merge_guardian(self.desk, guardian.id, words), self._merged)

    def _merged(self, sides: tuple[Side, Side]) -> None:
        kept, given_up = sides
        self._guardian_id = kept.id
        self.desk.goto("guardian", guardian_id=kept.id, given_up=given_up.id)

    def _offer_to_take_apart(self, name: str) -> None:
        """Right after a merger; later the card of mergers offers it."""
        if self._given_up:
            undo = partial(undo_merger, given_up=self._given_up)
            self.offer_undo(t("people.merged", name=name), undo)
            self._given_up = ""

    def _taken_apart(self, name: str) -> None:
        self.bar.done(t("people.merger_undone", name=name))

    def _note_authority(self, pupil_id: str) -> None:
        children = self._card.children if self._card else ()
        child = next((each for each in children if each.pupil.id == pupil_id), None)
        if child:
            sheet = AuthoritySheet(self.desk, pupil_id, child.name, child.tie)
            self.show_sheet(sheet, self._authority_noted)

    def _saved(self, undo: Undo) -> None:
        self.offer_undo(t("people.saved"), undo)

    def _authority_noted(self, undo: Undo) -> None:
        self.offer_undo(t("people.authority_noted"), undo)

    def _open_pupil(self, pupil_id: str) -> None:
        self.desk.goto("pupil", pupil_id=pupil_id)


class ChildrenCard(Card):
    """The children of a guardian, with the authority over each.

    Signals:
        pupil_asked(id): a child's page is wanted.
        authority_asked(id): the authority over a child is to be noted.
    """

    pupil_asked = Signal(str)
    authority_asked = Signal(str)

    def __init__(self, *, writes: bool) -> None:
        super().__init__(t("people.children"))
        self._writes = writes
        self._lines = Lines()
        self._nobody = EmptyState("person", t("people.no_children"))
        self.add(self._lines, self._nobody)

    def show_children(self, children: tuple[Child, ...]) -> None:
        """Show other children."""
        self._lines.clear()
        for child in children:
            muted = joined(
                (
                    relation_words(child.tie.relation.kind),
                    authority_words(child.tie),
                    seen_words(child.tie),
                )
            )
            words = joined((child.name, child.group, child.site))
            self._lines.add(words, muted, *self._buttons(child), mark=authority_mark(child.tie))
        self._lines.setVisible(bool(children))
        self._nobody.setVisible(not children)

    def _buttons(self, child: Child) -> tuple[Plain, ...]:
        opener = _ChildButton(t("people.open"), child.pupil.id)
        opener.call_it("open_pupil")
        opener.setAccessibleName(t("people.open_named", name=child.name))
        opener.pressed_for.connect(self.pupil_asked)
        if not self._writes:
            return (opener,)
        authority = _ChildButton(t("people.authority"), child.pupil.id)
        authority.call_it("child_authority")
        authority.setAccessibleName(t("people.authority_over", name=child.name))
        authority.pressed_for.connect(self.authority_asked)
        return (authority, opener)


class _ChildButton(Plain):
    """A small button that says for which child it was pressed."""

    pressed_for = Signal(str)

    def __init__(self, words: str, pupil_id: str) -> None:
        super().__init__(words, fit="small")
        self._pupil_id = pupil_id
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.pressed_for.emit(self._pupil_id)


def _facts(guardian: Guardian) -> tuple[tuple[str, str], ...]:
    town = f"{guardian.postcode}  {guardian.town}".strip()
    languages = dict(language_options())
    return (
        (t("people.institution"), guardian.institution),
        (t("people.initials"), guardian.initials),
        (t("people.ship_name"), guardian.ship),
        (
            t("people.home"),
            "\n".join(p for p in (guardian.street, town, guardian.country) if p),
        ),
        (t("people.phone"), guardian.phone),
        (t("people.email"), guardian.email),
        (t("people.language"), languages.get(guardian.language, guardian.language)),
        (t("people.paper"), t("people.large_print") if guardian.large_print else ""),
    )


def _read(session: Session, guardian_id: str) -> GuardianCard:
    with session.look(Compartment.CONSENT) as reader:
        return guardian_card(reader, guardian_id, session.clock.today())
