"""Two deeds with another beginning: a register that is made, and one that is brought up to date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from app.consent.records import Channel
from app.override import override
from app.people.records import Site
from app.record import Compartment
from app.register.records import School as Settings
from app.start.begin import NewRegister, begin_register, make_ready
from db.store import schema as shapes
from db.store.upgrade import HERE
from tests.campaigns.cut import Campaign
from tests.registers import DIRECTOR, SCHOOL

if TYPE_CHECKING:
    from pathlib import Path

    from db.register.session import LocalSession
    from tests.campaigns.deeds import Scene
    from tests.campaigns.world import World
    from tests.registers import School

SECOND = """
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.execute("CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT")
    op.execute("INSERT INTO extra SELECT id FROM decision")
"""


class Making(Campaign):
    """A director makes a register in a folder that is not there yet."""

    @override
    def furnish(self) -> None:
        self.base.mkdir()

    @override
    def begin(self, scene: Scene) -> None:
        """Nobody is signed in."""

    @override
    def do(self, scene: Scene) -> None:
        made(scene.office.school)

    @override
    def look(self) -> str:
        """Whether there is a register, which then is whole; where there is none, one is made."""
        school = self.scene(self.place).office.school
        found = school.vault.state(school.folder).kind
        if found == "empty":
            made(school)
        try:
            ready(school)
        finally:
            school.lock()
        return found


def made(school: School) -> None:
    """Make a register and stay in it."""
    new = NewRegister(school.folder, SCHOOL, DIRECTOR.name, DIRECTOR.password, "Nijmegen")
    session, _ = begin_register(school.vault, new)
    school.keep(cast("LocalSession", session))


def ready(school: School) -> None:
    """The director gets in, nothing is lacking, and a new recovery code can be had."""
    session = school.director()
    make_ready(session)
    for part in Compartment:
        verified = session.verify(part)
        assert verified.in_order, verified.findings
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Settings)
        assert reader.all(Channel)
        assert len(reader.all(Site)) == 1
    session.confirm_recovery(session.renew_recovery().text)
    found = {path.name.removesuffix("-journal") for path in school.folder.iterdir()}
    odd = found - NAMES  # an empty journal may be there
    assert not odd, odd


NAMES = {
    "directory.a", "directory.b", "opened", "blobs", "inbox", "backups",
    *(f"{part}.db" for part in Compartment),
}  # fmt: skip


class Upgrading(Campaign):
    """The director opens a register with a newer program."""

    @override
    def furnish(self) -> None:
        super().furnish()
        self.later = later(self.base.parent / "later")

    @override
    def do(self, scene: Scene) -> None:
        scene.office.school.lock()
        newer(self.later)
        scene.office.session = scene.office.unlock()

    @override
    def look(self) -> World | str:
        """Everything is there in the newer register, and a copy of the older one."""
        older = shapes.SCHEMAS[Compartment.CONSENT]
        newer(self.later)
        try:
            found = super().look()
        finally:
            shapes.SCHEMAS[Compartment.CONSENT] = older
        backups = self.place / "register" / "backups"
        assert [path.name for path in backups.iterdir()] == ["before-upgrade-consent-1.db"]
        return found


def later(folder: Path) -> Path:
    """Migrations to a version that is not there yet."""
    folder.mkdir()
    for path in (HERE / "consent").glob("*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "r0002_extra.py").write_text(SECOND)
    return folder


def newer(migrations: Path) -> None:
    """Make the program one version newer than its files."""
    shapes.SCHEMAS[Compartment.CONSENT] = replace(
        shapes.SCHEMAS[Compartment.CONSENT], version=2, migrations=migrations
    )


CAMPAIGNS: dict[str, type[Campaign]] = {"new": Making, "upgrade": Upgrading}
