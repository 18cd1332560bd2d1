"""What the one verdict function says about people in publications, then and today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.consent.grid import verdict_for
from app.consent.profiles import profile_of
from app.consent.questions import SubjectsFacts
from app.consent.records import Channel
from app.consent.staff import staff_subject
from app.consent.uses import split_use, use_rule
from app.consent.verdict import UseRule
from app.people.records import Pupil
from app.publications.state import Asked, held_today, standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from app.consent.facts import Subject
    from app.consent.verdict import Verdict
    from app.ports import Reader
    from app.publications.records import Publication, PublicationStep, PublicationSubject
    from app.publications.state import Held, Standing


def rule_of(channels: Iterable[Channel], use: str) -> UseRule:
    """The rule for a use; one that nobody knows is not asked and permits nothing.

    Raises:
        Refusal: `consent.unknown_use` when the text is not a use.
    """
    medium, key = split_use(use)
    found = next((channel for channel in channels if channel.key == key), None)
    return use_rule(found, medium) if found else UseRule(use, asked=False)


def verdict_then(
    reader: Reader,
    subject_id: str,
    use: str,
    days: tuple[date, date],
    known_at: datetime | None = None,
) -> Verdict:
    """The verdict for the day of use, as known at an instant; as known now without one.

    Args:
        reader: a reader of the consent compartment.
        subject_id: pupil or member of staff.
        use: `medium:channel`.
        days: the day of use, and today.
        known_at: what the register knew then.

    Raises:
        Refusal: `register.not_found`, `consent.unknown_use`.
    """
    used_on, today = days
    found, _, _ = verdict_for(reader, subject_id, use, used_on, known_at, today)
    return found


class People:
    """The people in publications with everything known of them, read in one go.

    A pupil whose record was merged into another is that other one.
    """

    def __init__(self, reader: Reader, ids: Iterable[str]) -> None:
        asked = tuple(dict.fromkeys(ids))
        self._same = {id: id for id in asked}
        pupils = self._pupils(reader, asked)
        found = {one.id: one for one in reader.ask(SubjectsFacts(tuple(pupils)))}
        for id in asked:
            last = self._same[id]
            if last not in found:
                staff = staff_subject(reader, last, None)
                if staff is not None:
                    found[last] = staff
        self._found = found

    def find(self, id: str) -> Subject | None:
        """Everything known of a person, or None when nobody has the id any more."""
        return self._found.get(self._same[id])

    def is_staff(self, id: str) -> bool:
        """Whether somebody, under the id of now, is a member of staff."""
        found = self._found.get(id)
        return found is not None and found.adult

    def same(self, id: str) -> str:
        """The id under which a person is known by now."""
        return self._same[id]

    def _pupils(self, reader: Reader, asked: tuple[str, ...]) -> dict[str, Pupil]:
        """The pupils among them, each under the record that it is by now."""
        known: dict[str, Pupil] = {}
        wanted = asked
        while wanted:
            read = {pupil.id: pupil for pupil in reader.all(Pupil, id=wanted)}
            known.update(read)
            into = {pupil.merged_into for pupil in read.values() if pupil.merged_into}
            wanted = tuple(sorted(into - known.keys()))
        for id in asked:
            while id_is := known.get(self._same[id]):
                if not id_is.merged_into:
                    break
                self._same[id] = id_is.merged_into
        return {
            self._same[id]: known[self._same[id]] for id in asked if self._same[id] in known
        }


class Standings:
    """How people stand in publications today.

    What holds is asked once for each person and use, however often they are shown.
    """

    def __init__(self, reader: Reader, people: People, today: date) -> None:
        self._people = people
        self._channels, self._profile = reader.all(Channel), profile_of(reader)
        self._today = today
        self._asked: dict[str, Asked] = {}
        self._held: dict[tuple[str, str], Held] = {}

    def standings(
        self,
        one: Publication,
        within: Iterable[PublicationSubject],
        steps: Iterable[PublicationStep],
    ) -> list[Standing | None]:
        """How everybody in a publication stands, in the same order."""
        known = tuple(steps)
        return [self._standing(one, fact.subject_id, known) for fact in within]

    def channel(self, key: str) -> Channel | None:
        """The channel with a key, or None."""
        return next((each for each in self._channels if each.key == key), None)

    def _standing(
        self, one: Publication, subject_id: str, steps: tuple[PublicationStep, ...]
    ) -> Standing | None:
        subject = self._people.find(subject_id)
        if subject is None:
            return None
        asked = self._asked.get(one.use)
        if asked is None:
            rule = rule_of(self._channels, one.use)
            asked = self._asked[one.use] = Asked(rule, self._profile, self._today)
        key = (subject.id, one.use)
        if key not in self._held:
            self._held[key] = held_today(subject, asked)
        return standing(one, subject, steps, asked, subject_id, self._held[key])
