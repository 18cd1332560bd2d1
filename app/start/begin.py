"""Makes a new register ready for its first pupil."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.check.publish import keep_published, publish_due
from app.consent.channels import begin_channels
from app.consent.records import Channel
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.lists.inbox import receive_lists
from app.names import tidy
from app.people.people import LONGEST_NAME
from app.people.places import current_year, save_group, save_site
from app.people.records import Group, Site
from app.protocol.edit import keep_copied
from app.publications.inbox import receive_publications
from app.record import Compartment
from app.register.papers import RecoverySheet
from app.register.passwords import check_password
from app.register.records import School
from app.register.school import SCHOOL, save_school
from app.text import Words

if TYPE_CHECKING:
    from pathlib import Path

    from app.paper import Pdf
    from app.ports import Press, RecoveryCode, Session, Vault

DIRECTOR = "director"
_WRITE = "consent.write"


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What is asked before a register is made.

    Attributes:
        folder: an empty or missing folder on a disk of this machine.
        town: town of the first site; the site is named after it, or after the school.
        group: name of the first group, or "" for none yet.
        language: of letters and forms, "nl" or "en".
    """

    folder: Path
    school: str
    director: str
    password: str
    town: str = ""
    group: str = ""
    language: str = "nl"


def check_new(new: NewRegister) -> None:
    """Let the answers for a new register pass, or refuse every one that is not right.

    Raises:
        Refusals: at the fields school, director, town, group and password.
    """
    found = []
    if not tidy(new.school):
        found.append(Refusal("register.school_name_missing", field="school"))
    if not tidy(new.director):
        found.append(Refusal("shell.director_missing", field="director"))
    texts = {"school": new.school, "town": new.town, "group": new.group}
    found += [
        Refusal("people.bsn", field=name) for name, text in texts.items() if holds_bsn(text)
    ]
    found += [
        Refusal("people.too_long", field=name, longest=LONGEST_NAME)
        for name, text in texts.items()
        if len(tidy(text)) > LONGEST_NAME
    ]
    try:
        check_password(new.password, (DIRECTOR,), (new.school, new.director, new.town))
    except Refusal as refusal:
        found.append(refusal)
    collect(found)


def begin_register(vault: Vault, new: NewRegister) -> tuple[Session, RecoveryCode]:
    """Make a register with its school, channels, school year, site and group.

    The director is signed in. Should the machine stop half-way, `make_ready` adds the rest at
    the next sign-in.

    Raises:
        Refusal: as `check_new` and `Vault.create`.
    """
    check_new(new)
    session, code = vault.create(new.folder, tidy(new.school), tidy(new.director), new.password)
    # The register is there and its code is shown only now; `make_ready` adds what is lacking.
    with suppress(Trouble):
        _equip(session, new.town, new.group, new.language)
        keep_published(session)
    return session, code


def make_ready(session: Session) -> None:
    """Bring a register in order after signing in: missing beginnings, and the check list.

    Raises:
        Trouble: the check list cannot be written; consent itself is untouched.
    """
    if session.user.may(_WRITE):
        _equip(session, "", "", "nl")
    keep_published(session)
    keep_copied(session)
    session.collect_notes()
    receive_lists(session)
    receive_publications(session)


def new_day(session: Session) -> None:
    """Bring the check list up to date after the day turned, and file what teachers printed."""
    if session.user.may("check.publish"):
        publish_due(session)
    receive_lists(session)
    receive_publications(session)


def recovery_sheet(session: Session, code: RecoveryCode, language: str) -> RecoverySheet:
    """The paper for the school's safe."""
    return RecoverySheet(
        language=language,
        school=session.register.school,
        director=session.user.name,
        code=code.text,
        fingerprint=code.fingerprint,
        made_on=Words(language).long_day(session.clock.today()),
    )


def draw_recovery(
    session: Session, press: Press, code: RecoveryCode, language: str
) -> Pdf | None:
    """The sheet for the safe, or None when it cannot be drawn: the code still stands."""
    try:
        return press.draw(recovery_sheet(session, code, language))
    except (Refusal, Trouble):
        return None


def _equip(session: Session, town: str, group: str, language: str) -> None:
    """Add whatever a new register begins with and this one still lacks."""
    with session.look(Compartment.CONSENT) as reader:
        no_school = reader.find(School, SCHOOL) is None
        no_channels = not reader.all(Channel)
        no_site = not reader.all(Site)
    name = session.register.school
    if no_school:
        save_school(session, School(id=SCHOOL, name=name, town=tidy(town), language=language))
    if no_channels:
        begin_channels(session)
    if no_site:
        site = save_site(session, tidy(town) or name, tidy(town))
        _first_group(session, site, group)


def _first_group(session: Session, site: Site, name: str) -> None:
    year = current_year(session)
    if tidy(name):
        group = Group(id=new_id(), site_id=site.id, school_year_id=year.id, name=name)
        save_group(session, group)
