"""The side sheets for guardians: add or change, relate one who is known, and authority."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from app.override import override
from app.people.authority import AuthorityDraft, record_authority
from app.people.card import Tie
from app.people.people import GuardianDraft, change_relation, relate, save_guardian
from app.people.records import Authority, AuthorityKind, Guardian, Relation
from app.people.undo import authority_now, put_authority_back, put_guardian_back
from app.ports import Session
from ui.kit.button import Danger
from ui.kit.choice import Segments
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.form import Check, Choice, Day, Field, Line, Value
from ui.kit.label import Muted, Small
from ui.kit.table import Table, runner_ask
from ui.models.columns import Column, Face
from ui.people.sheets import Undo
from ui.people.sources import GuardianSource
from ui.people.wording import (
    authority_options,
    joined,
    kind_words,
    language_options,
    period_words,
    relation_options,
    source_options,
    source_words,
)
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.theme import look
from ui.words import day, t

_PERSON = ("first_name", "initials", "prefix", "surname")
_HOME = ("ship", "street", "postcode", "town", "country", "email", "phone", "language")
_KEYS = (*_PERSON, "institution", *_HOME)
_INSTITUTION = "institution"


class GuardianSheet(FormSheet):
    """Adds a guardian to a pupil, or changes one; a person or an institution.

    Signals:
        done(answer): the guardian who was added, or what undoes the change.
    """

    kind = "guardian"
    wide = 560

    def __init__(
        self, desk: Desk, pupil_id: str = "", guardian: Guardian | None = None
    ) -> None:
        title = t("people.edit_guardian") if guardian else t("people.add_guardian")
        super().__init__(desk, title, t("people.save") if guardian else t("people.add"))
        self._pupil_id, self._guardian = pupil_id, guardian
        kinds = (("person", t("people.a_person")), (_INSTITUTION, t("people.an_institution")))
        self._what = Segments(kinds, t("people.person_or_institution"))
        self._what.chosen.connect(self._arrange)
        line = Flow()
        line.addWidget(self._what)
        self.add(line)
        relation = (_relation_field(),) if pupil_id else ()
        self.lay_out((*relation, *_guardian_fields()), columns=2)
        self.form.set_values({"language": "nl"})
        if guardian is not None:
            known = (*_KEYS, "large_print")
            self.form.set_values({key: getattr(guardian, key) for key in known})
            self._what.take(_INSTITUTION if guardian.institution else "person")
        self._arrange()
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "what": self._what.key} if found else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        self._what.take(str(values.get("what", "person")))
        super().put(values)
        self._arrange()

    @override
    def send(self, values: dict[str, Value]) -> None:
        own = self._guardian.id if self._guardian else ""
        texts = {key: str(values.get(key) or "") for key in _KEYS}
        if self._what.key != _INSTITUTION:
            texts["institution"] = ""
        large = bool(values.get("large_print"))
        draft = GuardianDraft(id=own, large_print=large, **texts)
        relation = str(values.get("relation") or "")
        if self._guardian:
            self.ask(partial(_change_guardian, draft=draft, before=self._guardian))
        else:
            pupil_id = self._pupil_id
            self.ask(partial(save_guardian, draft=draft, pupil_id=pupil_id, kind=relation))

    def _arrange(self, _key: str = "") -> None:
        institution = self._what.key == _INSTITUTION
        self.form.show_field("institution", shown=institution)
        self.form.show_field("ship", shown=not institution)
        if self._pupil_id:
            now = self.form.text("relation")
            if institution != (now == _INSTITUTION):
                self.form.set_values({"relation": _INSTITUTION if institution else ""})


class RelateSheet(FormSheet):
    """Finds somebody who is known already, such as a brother's mother, and relates him."""

    kind = "relate"
    wide = 520

    def __init__(self, desk: Desk, pupil_id: str, name: str) -> None:
        super().__init__(desk, t("people.relate_title", name=name), t("people.relate"))
        self._pupil_id = pupil_id
        self.add(Muted(t("people.relate_explain")))
        self._search = LineEditor(t("people.find_guardian"))
        self._search.setObjectName("find_guardian")
        self._search.setAccessibleName(t("people.find_guardian"))
        self._search.textChanged.connect(self._find)
        self.add(self._search)
        columns = (
            Column("name", "people.name", 14, Face.STRONG),
            Column("children", "people.children", 14, Face.MUTED),
        )
        self.table = Table(
            columns,
            GuardianSource(desk.session),
            runner_ask(desk.runner, self),
            name=t("people.guardians"),
            empty=EmptyState("group", t("people.no_guardians")),
        )
        self.table.setMinimumHeight(look().px(220))
        self.table.opened.connect(self._chosen)
        self.add(self.table)
        self.lay_out((_relation_field(),))
        self.table.reload()

    @override
    def send(self, values: dict[str, Value]) -> None:
        if not self.table.chosen_id:
            self.bar.refused(t("people.choose_guardian"))
            return
        work = partial(
            relate,
            pupil_id=self._pupil_id,
            guardian_id=self.table.chosen_id,
            kind=str(values["relation"]),
        )
        self.ask(work)

    def _find(self, words: str) -> None:
        self.table.search(words)

    def _chosen(self, _guardian_id: str) -> None:
        self.form.focus_on("relation")


class RelationSheet(FormSheet):
    """Says what a guardian is to the pupil, or that he is none any more.

    Signals:
        done(undo): what undoes the change.
        end_asked(relation_id): the relation ends; what was decided stays.
    """

    kind = "relation"
    end_asked = Signal(str)

    def __init__(self, desk: Desk, tie: Tie) -> None:
        super().__init__(desk, tie.name, t("people.save"))
        self._relation = tie.relation
        self.lay_out((_relation_field(),))
        self.form.set_values({"relation": tie.relation.kind})
        ending = Danger(t("people.end_relation"), fit="small")
        ending.call_it("end_relation")
        ending.clicked.connect(self._end)
        self.add(Muted(t("people.end_relation_words")), ending)
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "guardian_id": self._relation.guardian_id} if found else {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        kind = str(values["relation"])
        self.ask(partial(_change_relation, before=self._relation, kind=kind))

    def _end(self) -> None:
        self.end_asked.emit(self._relation.id)


class AuthoritySheet(FormSheet):
    """Records what was seen of somebody's authority; earlier facts stay in the history.

    Signals:
        done(undo): what undoes it.
    """

    kind = "authority"
    wide = 560

    def __init__(self, desk: Desk, pupil_id: str, pupil: str, tie: Tie) -> None:
        super().__init__(desk, t("people.authority_of", name=tie.name), t("people.record"))
        self._pupil_id, self._tie = pupil_id, tie
        self.add(Muted(t("people.authority_over", name=pupil)))
        known = _known(tie)
        if known is not None:
            self.add(Small(_now(tie)))
        fields: tuple[Field, ...] = _authority_fields()
        if known is not None:
            fields += (
                Check(
                    key="corrects",
                    label="people.corrects",
                    help="people.corrects_help",
                    wide=True,
                ),
            )
        self.lay_out(fields, columns=2)
        self.form.set_values({"seen_by": desk.user.name, "seen_on": desk.clock.today()})
        self.form.changed.connect(self._arrange)
        self._arrange("kind")
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        about = {"guardian_id": self._tie.guardian.id, "pupil_id": self._pupil_id}
        return {**found, **about} if found else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._arrange("kind")

    @override
    def send(self, values: dict[str, Value]) -> None:
        earlier = _known(self._tie)
        draft = AuthorityDraft(
            pupil_id=self._pupil_id,
            guardian_id=self._tie.guardian.id,
            kind=AuthorityKind(str(values["kind"])),
            start=_day(values["start"]),
            end=_day(values["end"]),
            source=str(values["source"]),
            seen_on=_day(values["seen_on"]),
            seen_by=str(values["seen_by"]),
            investigated=bool(values["investigated"]),
            replaces=earlier.id if earlier and values.get("corrects") else "",
        )
        self.ask(partial(_note_authority, draft=draft))

    def _arrange(self, key: str) -> None:
        if key == "kind":
            known = self.form.text("kind") not in ("", AuthorityKind.NOT_KNOWN)
            for name in ("source", "seen_on", "seen_by", "start", "end"):
                self.form.show_field(name, shown=known)


def _change_guardian(session: Session, draft: GuardianDraft, before: Guardian) -> Undo:
    save_guardian(session, draft)
    return partial(put_guardian_back, before=before)


def _change_relation(session: Session, before: Relation, kind: str) -> Undo:
    change_relation(session, before.id, kind)
    return partial(change_relation, relation_id=before.id, kind=before.kind)


def _note_authority(session: Session, draft: AuthorityDraft) -> Undo:
    pupil_id, guardian_id = draft.pupil_id, draft.guardian_id
    before = authority_now(session, pupil_id, guardian_id)
    record_authority(session, draft)
    return partial(
        put_authority_back, pupil_id=pupil_id, guardian_id=guardian_id, before=before
    )


def _known(tie: Tie) -> Authority | None:
    """What can be corrected: what holds today, else what begins later, else what is over."""
    return tie.authority or tie.later or tie.over


def _now(tie: Tie) -> str:
    fact = _known(tie)
    if fact is None:
        return ""
    seen = t("people.authority_seen", day=day(fact.seen_on)) if fact.seen_on else ""
    known = joined((kind_words(fact.kind), period_words(fact), source_words(fact.source), seen))
    return t("people.authority_now", known=known)


def _relation_field() -> Choice:
    return Choice(
        key="relation", label="people.relation", options=relation_options(), required=True
    )


def _guardian_fields() -> tuple[Field, ...]:
    return (
        Line(key="institution", label="people.institution", required=True, wide=True),
        Line(key="first_name", label="people.first_name"),
        Line(key="initials", label="people.initials"),
        Line(key="prefix", label="people.prefix", hint="people.prefix_hint"),
        Line(key="surname", label="people.surname"),
        Line(key="phone", label="people.phone"),
        Line(key="email", label="people.email"),
        Line(key="ship", label="people.ship_name", wide=True),
        Line(key="street", label="people.street", wide=True),
        Line(key="postcode", label="people.postcode"),
        Line(key="town", label="people.town"),
        Line(key="country", label="people.country", help="people.country_help"),
        Choice(
            key="language",
            label="people.language",
            options=language_options(),
            required=True,
            help="people.language_help",
        ),
        Check(key="large_print", label="people.large_print"),
    )


def _authority_fields() -> tuple[Field, ...]:
    return (
        Choice(
            key="kind",
            label="people.authority_kind",
            options=authority_options(),
            required=True,
            wide=True,
        ),
        Choice(
            key="source",
            label="people.source",
            options=source_options(),
            required=True,
            wide=True,
        ),
        Day(key="seen_on", label="people.seen_on", required=True),
        Line(key="seen_by", label="people.seen_by"),
        Day(key="start", label="people.authority_start", help="people.authority_start_help"),
        Day(key="end", label="people.authority_end"),
        Check(key="investigated", label="people.investigated", wide=True),
    )


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
