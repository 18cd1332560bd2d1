"""The command that takes people over from files of other systems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.console import Console, Shown
from app.cli.registers import FINDINGS, FINE, signed_in
from app.errors import Refusal, Trouble
from app.names import fold
from app.people.records import Site
from app.record import Compartment
from app.roster.accept import accept, lightened, propose, spendable
from app.roster.proposal import Change
from app.roster.read import look_at, read
from app.roster.readers.guess import guess_table
from app.roster.readers.mapping import from_text, problems, target_label
from app.roster.remembered import remember, remembered_mapping
from app.roster.roster import SourceKind
from app.roster.source.kept_out import shown
from app.roster.source.tables import open_table

if TYPE_CHECKING:
    from app.cli.arguments import Given
    from app.cli.tools import Tools
    from app.errors import Message
    from app.jobs import Progress
    from app.ports import Session
    from app.roster.proposal import Line, Proposal
    from app.roster.read import Found
    from app.roster.readers.mapping import Mapping
    from app.roster.records import RosterImport
    from app.roster.roster import Fault, Roster, Where

_MOST_MAPPING = 1_000_000


def import_roster(tools: Tools, console: Console, given: Given) -> int:
    """Say what the files would change, and take over what is not doubtful unless it is a trial.

    Returns nought when everything was taken over or nothing is to be done, one when doubtful
    lines or faults are left.
    """
    words = console.words
    with signed_in(tools, console, given) as session:
        found = look_at(given.paths("file"))
        mapping = _mapping(session, console, found, given)
        roster = spendable(read(found, mapping, Shown(console, words("cli.reading"))))
        proposal = _proposed(session, roster, given, Shown(console, words("cli.comparing")))
        done = None
        if not given.flag("dry_run") and _something(proposal):
            progress = Shown(console, words("cli.importing"))
            roster = lightened(roster)
            done = accept(session, roster, proposal, progress=progress)
            if mapping is not None:
                remember(session, mapping)
    _tell(console, proposal, done, dry=given.flag("dry_run"))
    told = proposal.doubtful or proposal.faults or proposal.warning
    return FINDINGS if told else FINE


def _proposed(session: Session, roster: Roster, given: Given, progress: Progress) -> Proposal:
    """The proposal; when the site has to be named, the refusal says how."""
    site_id = _site(session, given.text("site"))
    try:
        return propose(session, roster, site_id, progress)
    except Refusal as refusal:
        if refusal.message.id != "roster.site_needed":
            raise
        raise Refusal("cli.site_needed", sites=_named(_sites(session))) from refusal


def _something(proposal: Proposal) -> bool:
    return len(proposal.lines) > len(proposal.doubtful)


def _mapping(session: Session, console: Console, found: Found, given: Given) -> Mapping | None:
    """How a list is understood: as given, else as before, else as its headers clearly say."""
    if found.kind is not SourceKind.LIST:
        return None
    if given.text("mapping"):
        return from_text(_text_of(given.path("mapping")))
    member = found.members[0]
    with member.open() as stream:
        table = open_table(stream, member.name)
        guessed = guess_table(table)
    known = remembered_mapping(session, table.headers)
    if known is not None:
        return known
    words, mapping = console.words, guessed.mapping(Path(member.name).stem)
    if not guessed.is_sure or problems(mapping, table.headers):
        raise Refusal("cli.mapping_needed", file=member.name)
    for header, target in mapping.columns:
        console.say(
            words("cli.import_column", header=header, what=words.of(target_label(target)))
        )
    return mapping


def _text_of(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():  # a device or pipe would never end
            raise Refusal("cli.mapping_unreadable", file=shown(path.name))
        if path.stat().st_size > _MOST_MAPPING:
            raise Refusal("cli.mapping_unreadable", file=shown(path.name))
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("cli.mapping_unreadable", file=shown(path.name)) from error
    except OSError as error:
        raise Trouble("cli.mapping_unreadable", file=shown(path.name)) from error


def _site(session: Session, name: str) -> str:
    if not name:
        return ""
    sites = _sites(session)
    found = next((site.id for site in sites if fold(site.name) == fold(name)), "")
    if not found:
        raise Refusal("cli.no_site", site=name, sites=_named(sites))
    return found


def _sites(session: Session) -> tuple[Site, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return tuple(site for site in reader.all(Site) if not site.closed)


def _named(sites: tuple[Site, ...]) -> str:
    return ", ".join(sorted(site.name for site in sites))


def _tell(
    console: Console, proposal: Proposal, done: RosterImport | None, *, dry: bool
) -> None:
    words = console.words
    if proposal.warning is not None:
        console.warn(words.of(proposal.warning))
    for about, change, count in proposal.counts:
        if not count:
            continue
        name = words(f"roster.about_{about}")
        kind = "gone" if change is Change.LEFT else change
        console.say(words(f"cli.import_{kind}", count=count, what=name))
    for dropped in proposal.dropped:
        why = words(dropped.reason)
        console.say(
            words("cli.import_dropped", name=dropped.name, count=dropped.count, why=why)
        )
    for fault in proposal.faults:
        console.warn(_place(fault.where, words.of(fault.message)))
    for line in proposal.doubtful:
        if line.doubt is not None:
            said = f"{line.name}: {words.of(line.doubt)}"
            console.warn(_place(line.where, said) if line.where else said)
    console.say(words(_outcome(proposal, done, dry=dry)))
    console.give(_data(console, proposal, done))


def _outcome(proposal: Proposal, done: RosterImport | None, *, dry: bool) -> str:
    if dry:
        return "cli.import_dry"
    if done is not None:
        return "cli.import_left" if proposal.doubtful else "cli.import_done"
    return "cli.import_only_doubt" if proposal.doubtful else "cli.import_nothing"


def _place(where: Where, said: str) -> str:
    parts = [where.file, str(where.row) if where.row else "", where.column]
    return ":".join(part for part in parts if part) + ": " + said


def _data(console: Console, proposal: Proposal, done: RosterImport | None) -> dict[str, object]:
    return {
        "counts": [
            {"about": about, "change": change, "count": count}
            for about, change, count in proposal.counts
        ],
        "dropped": [
            {"name": each.name, "reason": each.reason, "count": each.count}
            for each in proposal.dropped
        ],
        "warning": _message(console, proposal.warning) if proposal.warning else None,
        "faults": [_fault(console, fault) for fault in proposal.faults],
        "doubtful": [_line(console, line) for line in proposal.doubtful],
        "accepted": None if done is None else _accepted(done),
    }


def _fault(console: Console, fault: Fault) -> dict[str, object]:
    return {
        **_where(fault.where),
        **_message(console, fault.message),
        "left_out": fault.left_out,
    }


def _line(console: Console, line: Line) -> dict[str, object]:
    found: dict[str, object] = {"key": line.key, "name": line.name, "detail": line.detail}
    if line.where is not None:
        found |= _where(line.where)
    if line.doubt is not None:
        found |= _message(console, line.doubt)
    names = [{"id": c.id, "name": c.name, "detail": c.detail} for c in line.candidates]
    return {**found, "candidates": names}


def _where(where: Where) -> dict[str, object]:
    return {"file": where.file, "row": where.row, "column": where.column}


def _message(console: Console, message: Message) -> dict[str, object]:
    return {"id": message.id, "text": console.words.of(message)}


def _accepted(done: RosterImport) -> dict[str, object]:
    return {
        "import": done.id,
        "added": done.added,
        "changed": done.changed,
        "left": done.left,
        "returned": done.returned,
    }
