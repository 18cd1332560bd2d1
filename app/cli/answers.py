"""Commands about consent: may this child be on that, and forms for a group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import resources
from app.check.answer import CheckHit, check_pupil, find_people
from app.check.rows import kind_of
from app.cli.console import Console, Shown
from app.cli.registers import FINDINGS, FINE, signed_in
from app.consent.asof import AsOf, past_moment
from app.consent.grid import answer_for
from app.consent.hindsight import learned_since
from app.consent.records import Medium
from app.consent.staff import find_staff, staff_name
from app.consent.unread import unread_facts, unread_lines
from app.consent.uses import use_key
from app.errors import Refusal
from app.export import check_place, save_to
from app.forms.issue import prepare_forms, register_issue, requests_for_group
from app.names import fold
from app.people.records import Group
from app.record import Compartment

if TYPE_CHECKING:
    from app.cli.arguments import Given
    from app.cli.tools import Tools
    from app.consent.hindsight import Learned
    from app.consent.outcome import Outcome
    from app.consent.unread import UnreadLine
    from app.errors import Message
    from app.forms.issue import FormRequest
    from app.ports import Session


class _Told(NamedTuple):
    """An answer; looking back also what was learned since, and what nobody could read."""

    outcome: Outcome
    why: Message
    learned: Learned | None = None
    unread: tuple[UnreadLine, ...] = ()


def check(tools: Tools, console: Console, given: Given) -> int:
    """Say whether one pupil, or one adult, may be recorded for one use, and why."""
    use = use_key(_medium(given), given.text("channel"))
    with signed_in(tools, console, given) as session:
        group = fold(given.text("group"))
        hits = _people(session, console, given.text("pupil"))
        hit = _one(console, tuple(hit for hit in hits if group in ("", fold(hit.group))))
        if hit is None:
            return FINDINGS
        if session.opens(Compartment.CONSENT):
            told = _known_answer(session, hit, use, given)
        elif given.day("on") or given.instant("known_at"):
            raise Refusal("cli.only_today")
        else:
            told = _published_answer(session, hit, use)
    _tell(console, hit, use, told)
    return FINE if told.outcome.permits else FINDINGS


def _tell(console: Console, hit: CheckHit, use: str, told: _Told) -> None:
    """The answer, what was learned since, and what on paper nobody could read."""
    words, learned = console.words, told.learned
    why, unread = words.of(told.why), [words.of(one.said) for one in told.unread]
    console.say(words(f"cli.answer_{told.outcome}", pupil=hit.name, group=hit.group, why=why))
    later = [words.of(one) for one in learned.why] if learned else []
    if learned:
        now = words(f"consent.outcome_{learned.now.outcome}")
        console.say(words("cli.answer_now", now=now, why=" ".join(later)))
    for one in unread:
        console.say(one)
    console.give(
        {
            "pupil": hit.name,
            "kind": hit.kind,
            "group": hit.group,
            "use": use,
            "outcome": told.outcome,
            "permits": told.outcome.permits,
            "why": why,
            "now": learned.now.outcome if learned else told.outcome,
            "learned": later,
            "unclear": unread,
        }
    )


def forms(tools: Tools, console: Console, given: Given) -> int:
    """Draw consent forms for one group or all, as one file, and note that they were issued.

    Each is in the language and size of print that its guardian wants.
    """
    with signed_in(tools, console, given) as session:
        requests = _requests(session, given.text("group"))
        progress = Shown(console, console.words("cli.drawing"))
        prepared = prepare_forms(session, tools.press, requests, "", progress)
        check_place(given.path("to"))
        register_issue(session, prepared, saved=True)
        save_to(given.path("to"), prepared.pdf.content)
    file, count = str(given.path("to")), len(prepared.issued)
    console.say(console.words("cli.forms_saved", count=count, file=file))
    console.give({"file": file, "forms": count, "pages": prepared.pdf.pages})
    return FINE


def _people(session: Session, console: Console, text: str) -> tuple[CheckHit, ...]:
    """Pupils and adults by name; for an adult, in which capacity stands for a group.

    Who reads consent finds the adults who left as well.
    """
    found = {hit.id: hit for hit in find_people(session, text)}
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            staff = find_staff(reader, text)
        for one in staff:
            hit = CheckHit(one.id, staff_name(one), "", "", kind_of(one))
            found.setdefault(one.id, hit)
    words = console.words
    return tuple(
        replace(hit, group=words(f"check.kind_{hit.kind}")) if hit.kind.adult else hit
        for hit in found.values()
    )


def _known_answer(session: Session, hit: CheckHit, use: str, given: Given) -> _Told:
    """The answer from the facts themselves, for any day and any moment of knowledge.

    With what was learned since, when the answer is another one now, and what is unclear on
    paper about this use.
    """
    today = session.clock.today()
    day, known_at = given.day("on") or today, given.instant("known_at")
    with session.look(Compartment.CONSENT) as reader:
        line = answer_for(reader, hit.id, use, day, known_at, today)
        since = learned_since(reader, hit.id, AsOf(day, known_at, today))
        facts = unread_facts(reader, (hit.id,), day, past_moment(known_at, today))
        unread = unread_lines(reader, hit.id, facts.get(hit.id, ()))
    learned = next((one for one in since if one.use == use), None)
    beside = tuple(one for one in unread if one.use == use)
    return _Told(line.verdict.outcome, line.why, learned, beside)


def _published_answer(session: Session, hit: CheckHit, use: str) -> _Told:
    """The answer from the check list, for who holds no other key."""
    for line in check_pupil(session, hit.id).lines:
        if line.use == use:
            return _Told(line.outcome, line.why)
    raise Refusal("consent.unknown_use", field="channel", use=use)


def _one(console: Console, found: tuple[CheckHit, ...]) -> CheckHit | None:
    if len(found) == 1:
        return found[0]
    console.warn(console.words("cli.nobody" if not found else "cli.several"))
    for hit in found:
        console.warn("  " + ", ".join(part for part in (hit.name, hit.group, hit.site) if part))
    rows = [
        {"pupil": hit.name, "kind": hit.kind, "group": hit.group, "site": hit.site}
        for hit in found
    ]
    console.give({"found": rows})
    return None


def _medium(given: Given) -> Medium:
    """A medium by its key or by its name in either language."""
    wanted = fold(given.text("medium"))
    for row in resources.media():
        if wanted in {fold(row["key"]), *(fold(name) for name in row["name"].values())}:
            return Medium(row["key"])
    raise Refusal("cli.bad_value", option="--medium", value=given.text("medium"))


def _requests(session: Session, group: str) -> tuple[FormRequest, ...]:
    with session.look(Compartment.CONSENT) as reader:
        groups = reader.all(Group)
    wanted = [each for each in groups if not group or fold(each.name) == fold(group)]
    if not wanted:
        raise Refusal("cli.no_group", group=group)
    return tuple(request for each in wanted for request in requests_for_group(session, each.id))
