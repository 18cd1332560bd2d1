"""The wall between compartments, from outside: another program, every key, every label.

The keys are those of a teacher and of an administrator who are signed in, as if their memory had
been read. The director's key is the control: with it the same program opens the same file.
"""

from __future__ import annotations

import shutil
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.errors import Refusal, Trouble
from app.record import DOSSIERS, Compartment
from db.keys.canonical import MalformedError, from_json, to_text
from db.keys.derive import from_key
from db.keys.pairs import PrivatePair
from db.keys.secret import SecretBytes
from db.keys.wrap import WontOpenError
from db.register.compartment_keys import place
from db.register.envelope import enclosed
from db.register.sealed_objects import Address, opened
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER, Login

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.register.session import LocalSession
    from tests.registers import School

CURIOUS = pytest.mark.parametrize("login", [TEACHER, ADMINISTRATOR], ids=["teacher", "office"])
PURPOSES = ("db", "inbox", "names", "previous", "own", "signing", "box")
REPORT = b"what nobody but the director may read"


@pytest.fixture
def reported(school: School) -> School:
    """A register in which a report waits in each dossier's inbox."""
    session = school.teacher()
    for part in DOSSIERS:
        session.seal(part, REPORT)
    school.lock()
    return school


def held(session: LocalSession) -> Iterator[bytes]:
    """Every secret that the process of this user holds."""
    holder = session._holder
    for own in (holder.own.user_key, holder.own.pair.signing, holder.own.pair.box):
        yield bytes(own.raw)
    for keys in holder.keys.values():
        for key in keys:
            for secret in (key._secret, key.database(), key.inbox(), key.names()):
                yield bytes(secret.raw)


def derived(session: LocalSession, secrets: list[bytes]) -> Iterator[bytes]:
    """What follows from the secrets for every compartment, epoch and purpose."""
    register, user = session.register.id, session.user.id
    labels: list[tuple[str | int, ...]] = [
        (register, part, epoch, purpose)
        for part, epoch, purpose in product(Compartment, (1, 2), PURPOSES)
    ]
    labels += [(purpose,) for purpose in PURPOSES] + [(user, "own"), ("door", "keys", register)]
    for secret, label in product(secrets, labels):
        with from_key(SecretBytes(secret), *label) as found:
            yield bytes(found.raw)


def opens(path: Path, key: bytes) -> bool:
    """Whether another program than ours opens a file with this key."""
    apsw = pytest.importorskip("apsw")
    file = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        file.pragma("cipher", "sqlcipher")
        file.pragma("legacy", 4)
        file.pragma("key", f"x'{key.hex()}'")
        return bool(list(file.execute("SELECT count(*) FROM sqlite_master")))
    except apsw.NotADBError:
        return False
    finally:
        file.close()


def test_the_other_program_is_there_as_it_is_pinned() -> None:
    """Without it the tests of the wall would be passed over in silence."""
    pins = (Path(__file__).parents[2] / "requirements-dev.in").read_text("utf-8")
    assert f"apsw-sqlite3mc=={version('apsw-sqlite3mc')}" in pins.splitlines()


@CURIOUS
def test_no_key_and_nothing_derived_from_it_opens_a_dossier(
    reported: School, login: Login
) -> None:
    session = reported.unlock(login)
    keys = list(held(session))
    keys += derived(session, keys)
    reported.lock()
    assert len(keys) > 300
    for part in DOSSIERS:
        assert not [key for key in keys if opens(reported.folder / f"{part}.db", key)]


def test_the_directors_keys_open_every_file(reported: School) -> None:
    keys = list(held(reported.director()))
    reported.lock()
    for part in Compartment:
        assert sum(opens(reported.folder / f"{part}.db", key) for key in keys) == 1


def unsealed(session: LocalSession, folder: Path, part: Compartment, key: bytes) -> bool:
    """Whether a key opens the report that waits, whatever it is said to be."""
    (path,) = folder.iterdir()
    addresses = [
        Address(session.register.id, kind, target, epoch)
        for kind, epoch in product(("report", "message"), (0, 1))
        for target in (part, session.user.id)
    ]
    for address in addresses:
        try:
            return opened(path.name, address, SecretBytes(key), path.read_bytes()) is not None
        except (WontOpenError, MalformedError):
            continue
    return False


@CURIOUS
@pytest.mark.parametrize("part", DOSSIERS)
def test_no_key_opens_a_report_that_waits(
    reported: School, login: Login, part: Compartment
) -> None:
    session, folder = reported.unlock(login), reported.folder / "inbox" / part
    keys = list(held(session))
    keys += derived(session, keys)
    assert not any(unsealed(session, folder, part, key) for key in keys)
    director = reported.director()
    assert any(unsealed(director, folder, part, key) for key in held(director))


@CURIOUS
def test_sealed_keys_of_others_do_not_open(reported: School, login: Login) -> None:
    """Every key that the directory holds is tried, for every compartment and epoch."""
    session = reported.unlock(login)
    holder, members = session._holder, session._site.directory.members
    pairs = [holder.own.pair, *crossed(holder.own.pair)]
    mine = {part for part in Compartment if session.opens(part)}
    found = set()
    for sealed, part, epoch, pair in product(
        members.sealed.values(), Compartment, (1, 2), pairs
    ):
        label = place(members.register, part, epoch, pair.public)
        try:
            pair.unseal(sealed, *label)
        except WontOpenError:
            continue
        found.add(part)
    assert found == mine


def crossed(pair: PrivatePair) -> list[PrivatePair]:
    """The same secrets used for something else than they are meant for."""
    return [PrivatePair(pair.box, pair.signing), PrivatePair(pair.signing, pair.signing)]


@CURIOUS
def test_a_file_under_another_name_stays_closed(reported: School, login: Login) -> None:
    """The dossier put where a file is expected that the user may open."""
    for part in DOSSIERS:
        shutil.copy(reported.folder / f"{part}.db", reported.folder / "check.db")
        with pytest.raises((Refusal, Trouble)) as caught:
            reported.unlock(login)
        assert caught.value.message.id == "register.wrong_key_or_damaged"


# -- the directory, written to by somebody who can make its hash right ----------------------------


def written_to(school: School, change: Any) -> None:
    """Change what both copies of the directory say, and make the closing hash right."""
    for letter in "ab":
        path = school.folder / f"directory.{letter}"
        value: Any = from_json(path.read_bytes().split(b"\n")[1])
        change(value)
        path.write_bytes(enclosed(value))


def entry(value: Any, kind: str, place: int = 0) -> Any:
    return [one for one in value["log"] if one["kind"] == kind][place]


def teachers_key_for_the_director(value: Any) -> None:
    created, enrolled = entry(value, "created"), entry(value, "enrolled", 1)
    created["body"]["keys"] = enrolled["body"]["keys"]


def exchanged_sealed_keys(value: Any) -> None:
    first, second = entry(value, "enrolled"), entry(value, "enrolled", 1)
    one, two = list(first["body"]["sealed"]), list(second["body"]["sealed"])
    a, b = first["body"]["sealed"][one[0]], second["body"]["sealed"][two[0]]
    a["check"], b["check"] = b["check"], a["check"]


def exchanged_doors(value: Any) -> None:
    users = list(value["doors"])
    doors = value["doors"]
    doors[users[0]], doors[users[1]] = doors[users[1]], doors[users[0]]


def a_better_role(value: Any) -> None:
    entry(value, "user_added", 1)["body"]["roles"] = ["director"]


def a_wider_role(value: Any) -> None:
    created = entry(value, "created")["body"]
    created["role_table"]["teacher"]["grants"].append("staff_dossier.read")


def a_cheaper_password(value: Any) -> None:
    for doors in value["doors"].values():
        doors["password"]["memory_kib"] = 64
        doors["password"]["salt"] = to_text(bytes(16))


def an_inbox_of_his_own(value: Any) -> None:
    keys = entry(value, "enrolled", 1)["body"]["keys"]
    entry(value, "created")["body"]["epochs"]["staff_dossier"]["inbox"] = keys["box"]


def the_last_entry_gone(value: Any) -> None:
    del value["log"][-1]


def an_entry_twice(value: Any) -> None:
    value["log"].append(value["log"][-1])


CHANGES = [
    teachers_key_for_the_director, exchanged_sealed_keys, exchanged_doors, a_better_role,
    a_wider_role, a_cheaper_password, an_inbox_of_his_own, the_last_entry_gone, an_entry_twice,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_altered_directory_lets_nobody_in(school: School, change: Any) -> None:
    written_to(school, change)
    for login in (DIRECTOR, TEACHER):
        with pytest.raises(Trouble, match="directory_damaged"):
            school.unlock(login)


def test_an_unaltered_directory_lets_everybody_in(school: School) -> None:
    before = (school.folder / "directory.a").read_bytes()
    written_to(school, lambda value: None)
    assert (school.folder / "directory.a").read_bytes() == before
    assert school.teacher().user.name == TEACHER.name


def test_an_older_directory_is_told(school: School) -> None:
    """A leaver's access cannot be brought back unnoticed on this machine."""
    older = {
        name: (school.folder / name).read_bytes() for name in ("directory.a", "directory.b")
    }
    session = school.director()
    gone = next(user for user in session.users() if user.name == ADMINISTRATOR.name)
    session.revoke_user(gone.id)
    school.lock()
    for name, content in older.items():
        (school.folder / name).write_bytes(content)
    with pytest.raises((Refusal, Trouble)):
        school.administrator()
    with pytest.raises((Refusal, Trouble)):
        school.director()
