"""The sheet for a new publication, or for what is to be said better about one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from app.clock import local
from app.override import override
from app.ports import Session
from app.publications.board import PublicationView
from app.publications.offer import Offer, Person, persons
from app.publications.record import (
    PublicationDraft,
    correct_publication,
    noticed,
    record_publication,
)
from app.publications.records import Publication
from ui.kit.button import Main
from ui.kit.form import Check, Choice, Day, Field, Form, Line, Notes, Value
from ui.kit.label import Text
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.publications.who import Who
from ui.publications.wording import medium_options
from ui.shell.desk import Desk
from ui.words import t, words

_KEYS = (
    *("title", "channel", "medium", "used_on", "places", "made_by"),
    *("handed_out", "until", "keeper", "note", "found_on", "found_time"),
)


class PublicationSheet(SideSheet):
    """One publication: what, where, when, by whom, and who is in it.

    Signals:
        done(publication): it was recorded or corrected.
    """

    kind = "publication"
    wide = 560
    done = Signal(object)

    def __init__(self, desk: Desk, offer: Offer, found: PublicationView | None = None) -> None:
        super().__init__(t("publications.correct" if found else "publications.new"))
        self._desk, self._offer = desk, offer
        self._publication = found.publication if found else None
        self._found: tuple[date | None, str] = (None, "")
        self.form = Form(_fields(offer), columns=2)
        self.who = Who(desk)
        self.who.offer_groups(offer.groups)
        self._fault = Text("", look="no")
        self._fault.hide()
        self.form.submitted.connect(self._send)
        self.form.changed.connect(self._changed)
        self.who.changed.connect(self._people_changed)
        save = Main(t("publications.record"))
        save.call_it("sheet_save")
        save.clicked.connect(self.form.submit)
        self._save = save
        self.set_actions(save)
        self.add(self.who, self._fault, self.form)
        self.end()
        if found:
            self._show(found)
        else:
            today = desk.clock.today()
            self.form.set_values({"used_on": today, "made_by": desk.user.name})
            self.form.set_values({"medium": "photo"})
            self.who.take(())

    @override
    def typed(self) -> dict[str, object]:
        if not self.touched:
            return {}
        about = self._publication.publication_id if self._publication else ""
        return {
            **typed_in(self.form, _KEYS),
            "subjects": list(self.who.ids),
            "publication_id": about,
        }

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, values)
        ids = values.get("subjects")
        if isinstance(ids, list):
            work = partial(persons, ids=tuple(map(str, ids)))
            self._desk.ask(work, self.take_people, self)
        self.touched = True

    def take_people(self, found: tuple[Person, ...]) -> None:
        """Show who is in it."""
        self.who.take(found)

    def _show(self, found: PublicationView) -> None:
        one = found.publication
        self.form.set_values(
            {
                "title": one.title,
                "channel": one.channel,
                "medium": one.medium,
                "used_on": one.used_on,
                "until": one.until,
                "places": "\n".join(one.places),
                "made_by": one.made_by,
                "handed_out": one.handed_out,
                "keeper": "\n".join(one.keeper),
                "note": one.note,
            }
        )
        if found.question is not None:
            at = local(found.question.found_at)
            self._found = (at.date(), f"{at:%H:%M}")
            self.form.set_values({"found_on": self._found[0], "found_time": self._found[1]})
        self.who.take([Person(p.fact.subject_id, p.name) for p in found.people])

    def _changed(self, key: str) -> None:
        self.touch()
        if key == "channel" and self._publication is None:
            paper = self._offer.is_paper(self.form.text("channel"))
            self.form.set_values({"handed_out": paper})

    def _people_changed(self) -> None:
        self.touch()
        self._fault.hide()

    def _send(self, values: dict[str, Value]) -> None:
        if not self.who.ids:
            self._fault.setText(t("publications.nobody"))
            self._fault.show()
            return
        one, found = self._publication, _noticed(values)
        draft = draft_from(values, self.who.ids, one.composed if one else 0)
        about = one.publication_id if one else ""
        found = (None, "") if found == self._found else found
        work = partial(_record, about=about, draft=draft, found=found)
        self.wait_for(self._save)
        self._desk.ask(work, self._recorded, self)

    def _recorded(self, publication: Publication) -> None:
        self.touched = False
        self.done.emit(publication)


def _record(
    session: Session, *, about: str, draft: PublicationDraft, found: tuple[date | None, str]
) -> Publication:
    """Record a publication, or correct the one with an id."""
    draft = replace(draft, found_at=noticed(*found))
    if about:
        return correct_publication(session, about, draft)
    return record_publication(session, draft)


def _noticed(values: Mapping[str, Value]) -> tuple[date | None, str]:
    """When it was noticed, as typed: a day and a time."""
    found_on = values.get("found_on")
    typed = str(values.get("found_time") or "").strip()
    return found_on if isinstance(found_on, date) else None, typed


def draft_from(
    values: Mapping[str, Value], ids: tuple[str, ...], composed: int = 0
) -> PublicationDraft:
    """What was typed, as a draft; `composed` is the number of the check list behind it."""
    used_on, until = values["used_on"], values.get("until")
    return PublicationDraft(
        title=str(values["title"]),
        medium=str(values["medium"]),
        channel=str(values["channel"]),
        used_on=used_on if isinstance(used_on, date) else date.min,
        subjects=ids,
        until=until if isinstance(until, date) else None,
        places=_lines(values.get("places")),
        made_by=str(values.get("made_by") or ""),
        keeper=_lines(values.get("keeper")),
        handed_out=bool(values.get("handed_out")),
        note=str(values.get("note") or ""),
        composed=composed,
    )


def _lines(value: Value) -> tuple[str, ...]:
    return tuple(line for line in str(value or "").splitlines() if line.strip())


def _fields(offer: Offer) -> tuple[Field, ...]:
    language = words().language
    channels = tuple((each.key, each.name(language)) for each in offer.channels)
    return (
        Line(key="title", label="publications.title_of", required=True, wide=True),
        Choice(
            key="channel", label="publications.channel", required=True, options=channels
        ),
        Choice(
            key="medium", label="publications.medium", required=True,
            options=medium_options(),
        ),
        Day(key="used_on", label="publications.used_on", required=True),
        Day(key="until", label="publications.until", help="publications.until_help"),
        Notes(
            key="places", label="publications.places", help="publications.places_help",
            lines=2, wide=True,
        ),
        Line(key="made_by", label="publications.made_by"),
        Check(key="handed_out", label="publications.handed_out"),
        Notes(
            key="keeper", label="publications.keeper", help="publications.keeper_help",
            lines=2, wide=True,
        ),
        Notes(key="note", label="publications.note", lines=2, wide=True),
        Day(key="found_on", label="publications.found_on", help="publications.found_help"),
        Line(key="found_time", label="publications.found_time", hint="shell.time_hint"),
    )  # fmt: skip
