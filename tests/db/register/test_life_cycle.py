"""Users come, forget, and go; at every turn the right people get in and the others do not."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.errors import BoordboekError, Refusal, Trouble
from app.override import override
from app.record import Compartment
from app.register.records import School as SchoolRecord
from db.store.engine import connect
from tests.db.register.stops import CountingFiles, FullFiles
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER, Login, vault_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.register.session import LocalSession
    from tests.registers import School

OTHER = "een heel ander wachtwoord dan eerst"
SECOND = Login("Maria Zeeman", "lantaarns branden langs de kade", ("director",))


def says(act: Callable[[], object]) -> str:
    with pytest.raises(BoordboekError) as caught:
        act()
    return caught.value.message.id.removeprefix("register.")


def id_of(session: LocalSession, login: Login) -> str:
    return next(user.id for user in session.users() if user.name == login.name)


def gets_in(school: School, login: Login) -> bool:
    try:
        school.unlock(login)
    except Refusal:
        return False
    return True


def write_school(session: LocalSession, name: str) -> None:
    with session.work(Compartment.CONSENT, "school_changed") as work:
        work.add(SchoolRecord(id="school", name=name))
        work.commit()


def read_school(session: LocalSession) -> str:
    with session.look(Compartment.CONSENT) as reader:
        return reader.get(SchoolRecord, "school").name


# -- coming -------------------------------------------------------------------------------------


def test_a_new_user_makes_his_own_keys(school: School) -> None:
    code = school.director().add_user("Klaas Kabel", ("administrator",))
    assert [user.pending for user in school.director().users()] == [False, False, True, False]
    school.lock()
    session = school.vault.enrol(school.folder, "klaas kabel", code.lower(), OTHER)
    assert school.keep(session).opens(Compartment.CONSENT)
    assert gets_in(school, Login("Klaas Kabel", OTHER, ()))


def test_a_one_time_code_works_once(school: School) -> None:
    code = school.director().add_user("Klaas", ("teacher",))
    school.lock()
    enrol = school.vault.enrol
    enrol(school.folder, "Klaas", code, OTHER).lock()
    assert says(lambda: enrol(school.folder, "Klaas", code, OTHER)) == "wrong_name_or_code"


def test_a_code_belongs_to_its_name(school: School) -> None:
    codes = [school.director().add_user(name, ("teacher",)) for name in ("Klaas", "Kees")]
    school.lock()
    enrol = school.vault.enrol
    assert says(lambda: enrol(school.folder, "Klaas", codes[1], OTHER)) == "wrong_name_or_code"
    assert says(lambda: enrol(school.folder, "Jantje", codes[0], OTHER)) == "wrong_name_or_code"
    assert says(lambda: enrol(school.folder, "Klaas", codes[0][:-1], OTHER)) == "code_mistyped"
    assert says(lambda: enrol(school.folder, "Klaas", codes[0], "kort")) == "password_short"


def test_before_the_code_was_used_a_password_is_of_no_use(school: School) -> None:
    school.director().add_user("Klaas", ("teacher",))
    assert says(lambda: school.unlock(Login("Klaas", OTHER, ()))) == "enrol_first"


@pytest.mark.parametrize(
    ("name", "roles", "said"),
    [
        ("jan DE wit", ("teacher",), "name_taken"),
        (" ", ("teacher",), "name_missing"),
        ("Klaas", (), "unknown_role"),
        ("Klaas", ("kapitein",), "unknown_role"),
    ],
)
def test_users_that_cannot_be_added(
    school: School, name: str, roles: tuple[str, ...], said: str
) -> None:
    session = school.director()
    before = school.folder.joinpath("directory.a").read_bytes()
    assert says(lambda: session.add_user(name, roles)) == said
    assert school.folder.joinpath("directory.a").read_bytes() == before


def test_who_may_add_whom(school: School) -> None:
    session = school.administrator()
    session.add_user("Klaas", ("teacher",))
    assert says(lambda: session.add_user("Kees", ("administrator",))) == "no_grant"
    assert says(lambda: session.reissue(id_of(session, DIRECTOR))) == "no_grant"
    assert says(lambda: session.revoke_user(id_of(session, DIRECTOR))) == "no_grant"
    session = school.teacher()
    assert says(lambda: session.add_user("Kees", ("teacher",))) == "no_grant"


def test_several_roles_at_once(school: School) -> None:
    code = school.director().add_user("Klaas", ("teacher", "administrator"))
    school.lock()
    session = school.keep(school.vault.enrol(school.folder, "Klaas", code, OTHER))
    assert session.user.roles == ("teacher", "administrator")
    assert session.user.may("consent.write")


# -- forgetting ---------------------------------------------------------------------------------


def test_a_changed_password_is_the_only_one(school: School) -> None:
    school.director().change_password(DIRECTOR.password, OTHER)
    assert not gets_in(school, DIRECTOR)
    assert gets_in(school, Login(DIRECTOR.name, OTHER, ()))


def test_a_password_is_changed_by_whoever_knows_it(school: School) -> None:
    session = school.director()
    assert says(lambda: session.change_password("fout", OTHER)) == "wrong_password"
    assert says(lambda: session.change_password(DIRECTOR.password, "kort")) == "password_short"
    assert gets_in(school, DIRECTOR)


def test_access_issued_anew_ends_the_old(school: School) -> None:
    session = school.director()
    person = id_of(session, TEACHER)
    code = session.reissue(person)
    assert not gets_in(school, TEACHER)
    school.lock()
    again = school.keep(school.vault.enrol(school.folder, TEACHER.name, code, OTHER))
    assert again.user.id == person
    assert again.opens(Compartment.CHECK)


def test_own_things_do_not_outlive_a_reissue_but_messages_do(school: School) -> None:
    school.teacher().keep("draft", "one", b"text")
    session = school.director()
    code = session.reissue(id_of(session, TEACHER))
    session.send(id_of(session, TEACHER), b"sent to a pending user")
    school.lock()
    again = school.keep(school.vault.enrol(school.folder, TEACHER.name, code, OTHER))
    assert again.kept("draft") == ()
    assert [one.content for one in again.messages()] == [b"sent to a pending user"]


# -- going --------------------------------------------------------------------------------------


def test_a_leaver_is_out_and_nobody_else_notices(school: School) -> None:
    write_school(school.administrator(), "De Meerpaal")
    session = school.director()
    session.revoke_user(id_of(session, ADMINISTRATOR))
    assert read_school(session) == "De Meerpaal"
    assert says(lambda: school.unlock(ADMINISTRATOR)) == "access_ended"
    assert school.teacher().verify(Compartment.CHECK).in_order
    assert school.director().verify(Compartment.CONSENT).in_order


def test_the_keys_of_a_leaver_open_no_new_file(school: School) -> None:
    leaver = school.administrator()
    old = {part: bytes(keys[-1].database().raw) for part, keys in leaver._holder.keys.items()}
    session = school.director()
    session.revoke_user(id_of(session, ADMINISTRATOR))
    now = {part: keys[-1].database() for part, keys in session._holder.keys.items()}
    for part, key in old.items():
        assert key != bytes(now[part].raw)
    school.lock()
    for part, key in old.items():
        file = school.folder / f"{part}.db"
        assert says(partial(connect, file, key)) == "wrong_key_or_damaged"


def test_what_waited_in_an_inbox_still_opens_after_a_new_epoch(school: School) -> None:
    school.teacher().seal(Compartment.PUPIL_DOSSIER, b"report")
    session = school.director()
    session.renew_keys()
    waiting = session.waiting(Compartment.PUPIL_DOSSIER)
    opened = session.unseal(Compartment.PUPIL_DOSSIER, waiting[0].id)
    assert (opened.content, opened.author.name) == (b"report", TEACHER.name)


def test_a_leaver_can_be_added_again_as_somebody_new(school: School) -> None:
    session = school.director()
    session.revoke_user(id_of(session, TEACHER))
    code = session.add_user(TEACHER.name, ("teacher",))
    school.lock()
    school.keep(school.vault.enrol(school.folder, TEACHER.name, code, OTHER))
    assert len([u for u in school.director().users() if u.name == TEACHER.name]) == 2


def test_nobody_shuts_himself_out(school: School) -> None:
    session = school.director()
    assert says(lambda: session.revoke_user(session.user.id)) == "not_yourself"
    assert says(lambda: session.reissue(session.user.id)) == "not_yourself"
    assert says(lambda: session.revoke_user("nobody")) == "not_found"


def test_other_roles_bring_compartments_and_take_them_away(school: School) -> None:
    write_school(school.administrator(), "De Meerpaal")
    session = school.director()
    session.change_roles(id_of(session, TEACHER), ("administrator",))
    assert read_school(school.teacher()) == "De Meerpaal"
    session = school.director()
    session.change_roles(id_of(session, TEACHER), ("teacher",))
    assert not school.teacher().opens(Compartment.CONSENT)
    assert read_school(school.administrator()) == "De Meerpaal"


# -- a full disk ----------------------------------------------------------------------------------


def steps_of_revoking(school: School, files: CountingFiles) -> LocalSession:
    vault = vault_for(school.clock, school.remembered, files)
    session = school.keep(vault.unlock(school.folder, DIRECTOR.name, DIRECTOR.password))
    files.start()
    return session


@pytest.mark.parametrize("at", [1, 3, 5, 8, 10, 13, 16, 19, 22])
def test_a_full_disk_leaves_the_old_world_or_the_new_one(school: School, at: int) -> None:
    write_school(school.administrator(), "De Meerpaal")
    school.lock()
    files = FullFiles(at)
    session = steps_of_revoking(school, files)
    try:
        session.revoke_user(id_of(session, ADMINISTRATOR))
        told = ""
    except Trouble as trouble:
        told = trouble.message.id
    assert told in {"", "register.disk_full", "register.keys_reopen"}
    files.at = 0
    out = not gets_in(school, ADMINISTRATOR)
    assert out or told == "register.disk_full"
    session = school.director()
    assert read_school(session) == "De Meerpaal"
    assert session.verify(Compartment.CONSENT).in_order
    assert not list(school.folder.glob("*.next"))


# -- what is left when something is lost ----------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "sheet", "colleague"), list(itertools.product([True, False], repeat=3))
)
def test_who_lost_what_still_gets_in(
    school: School, *, password: bool, sheet: bool, colleague: bool
) -> None:
    """The device is the fourth column of the matrix; it has its own tests with a keyring."""
    write_school(school.administrator(), "De Meerpaal")
    code = school.director().add_user(SECOND.name, SECOND.roles)
    school.lock()
    school.vault.enrol(school.folder, SECOND.name, code, SECOND.password).lock()
    if password:
        session = school.director()
    elif sheet:
        session = school.keep(by_sheet(school))
    elif colleague:
        session = by_colleague(school)
    else:
        assert not gets_in(school, Login(DIRECTOR.name, "vergeten", ()))
        return
    assert read_school(session) == "De Meerpaal"


def by_sheet(school: School) -> LocalSession:
    school.lock()
    return school.vault.recover(school.folder, school.recovery_code, DIRECTOR.name, OTHER)


def by_colleague(school: School) -> LocalSession:
    session = school.unlock(SECOND)
    code = session.reissue(id_of(session, DIRECTOR))
    school.lock()
    return school.keep(school.vault.enrol(school.folder, DIRECTOR.name, code, OTHER))


def test_after_recovery_the_old_password_is_gone(school: School) -> None:
    by_sheet(school).lock()
    assert not gets_in(school, DIRECTOR)
    assert gets_in(school, Login(DIRECTOR.name, OTHER, ()))


def test_recovery_needs_the_code_and_a_director(school: School) -> None:
    recover, code = school.vault.recover, school.recovery_code
    folder, name = school.folder, DIRECTOR.name
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    assert says(lambda: recover(folder, wrong, name, OTHER)) == "code_mistyped"
    assert says(lambda: recover(folder, code, TEACHER.name, OTHER)) == "not_a_director"
    assert says(lambda: recover(folder, code, "Niemand", OTHER)) == "not_a_director"
    assert says(lambda: recover(folder, code, name, "kort")) == "password_short"
    assert gets_in(school, DIRECTOR)


def test_a_renewed_sheet_ends_the_old_one(school: School) -> None:
    code = school.director().renew_recovery().text
    assert not school.director().register.recovery_confirmed
    school.lock()
    recover, folder = school.vault.recover, school.folder
    old = school.recovery_code
    assert says(lambda: recover(folder, old, DIRECTOR.name, OTHER)) == "recovery_wrong"
    session = school.keep(recover(folder, code, DIRECTOR.name, OTHER))
    assert all(session.opens(part) for part in Compartment)


# -- the journal of a file that is replaced ---------------------------------------------------------


class Stopped(BaseException):
    """The world stands still here."""


class StoppingFiles(CountingFiles):
    @override
    def strike(self) -> None:
        raise Stopped


def test_the_journal_of_the_old_file_is_not_applied_to_the_new_one(school: School) -> None:
    """After a power cut both may stand there; the new file would be ruined by it."""
    write_school(school.administrator(), "De Meerpaal")
    session = school.director()
    key = session._holder.newest()[Compartment.CONSENT].database()
    school.lock()
    database = school.folder / "consent.db"
    journal = hot_journal(database, bytes(key.raw))
    files = StoppingFiles()
    session = steps_of_revoking(school, files)
    files.at = 14  # the new directory is there, the new file is not yet in its place
    with pytest.raises(Stopped):
        session.revoke_user(id_of(session, ADMINISTRATOR))
    session._site.close()
    assert list(school.folder.glob("consent.db.*.next"))
    (school.folder / "consent.db-journal").write_bytes(journal)
    school._session = None
    session = school.director()
    assert read_school(session) == "De Meerpaal"
    assert session.verify(Compartment.CONSENT).in_order


def hot_journal(database: Path, key: bytes) -> bytes:
    """What stands on disk when the power goes in the middle of a large transaction."""
    raw = connect(database, key)
    raw.execute("PRAGMA cache_size = 5")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("CREATE TABLE large (content BLOB)")
    for _ in range(40):
        raw.execute("INSERT INTO large VALUES (randomblob(8000))")
    content = database.with_name("consent.db-journal").read_bytes()
    raw.execute("ROLLBACK")
    raw.close()
    assert content.strip(b"\x00")
    return content
