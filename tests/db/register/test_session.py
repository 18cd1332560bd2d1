"""What a session gives: what the user's keys open, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.errors import BoordboekError
from app.journal.questions import JournalLines
from app.ports import Signature
from app.record import Compartment
from db.register.sealed_objects import Letter
from db.register.session import MESSAGE
from db.store.engine import connect
from tests.registers import ADMINISTRATOR, DIRECTOR, SCHOOL, TEACHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.register.session import LocalSession
    from tests.registers import School

PUPIL, STAFF = Compartment.PUPIL_DOSSIER, Compartment.STAFF_DOSSIER


def says(act: Callable[[], object]) -> str:
    with pytest.raises(BoordboekError) as caught:
        act()
    return caught.value.message.id.removeprefix("register.")


def id_of(session: LocalSession, name: str) -> str:
    return next(user.id for user in session.users() if user.name == name)


# -- the wall -------------------------------------------------------------------------------------


def test_the_director_opens_everything(school: School) -> None:
    session = school.director()
    assert all(session.opens(compartment) for compartment in Compartment)
    assert session.register.school == SCHOOL


def test_the_teacher_opens_the_check_list_and_nothing_else(school: School) -> None:
    session = school.teacher()
    assert [part for part in Compartment if session.opens(part)] == [Compartment.CHECK]


@pytest.mark.parametrize("login", [TEACHER, ADMINISTRATOR])
def test_everything_that_an_unlocked_session_holds_opens_no_other_file(
    school: School, login: object
) -> None:
    """Every secret the process holds is tried on every file that the user may not open."""
    session = school.teacher() if login is TEACHER else school.administrator()
    holder = session._holder
    secrets = [holder.own.user_key, holder.own.pair.box, holder.own.pair.signing]
    for key in (key for keys in holder.keys.values() for key in keys):
        secrets += [key._secret, key.database(), key.inbox(), key.names()]
    tries = [bytes(secret.raw) for secret in secrets]
    closed = [part for part in Compartment if not session.opens(part)]
    school.lock()
    assert len(closed) >= 2
    for part in closed:
        for key_bytes in tries:
            path = school.folder / f"{part}.db"
            assert says(partial(connect, path, key_bytes)) == "wrong_key_or_damaged"


@pytest.mark.parametrize("part", [Compartment.CONSENT, PUPIL, STAFF])
def test_what_a_teacher_may_not_do_is_refused(school: School, part: Compartment) -> None:
    session = school.teacher()
    assert says(session.work(part, "x").__enter__) == "no_grant"
    assert says(lambda: session.look(part)) == "no_grant"
    assert says(lambda: session.verify(part)) == "no_grant"
    assert says(lambda: session.unseal(part, "0" * 32)) == "no_grant"
    assert says(lambda: session.settle(part, "0" * 32)) == "no_grant"


def test_a_teacher_reads_the_check_list_but_does_not_publish(school: School) -> None:
    session = school.teacher()
    with session.look(Compartment.CHECK) as reader:
        assert reader.head().number == 0
    assert says(session.work(Compartment.CHECK, "x").__enter__) == "no_grant"


def test_refused_attempts_stay_in_the_journal(school: School) -> None:
    session = school.administrator()
    with session.look(Compartment.CONSENT) as reader:
        before = reader.head().number
    assert says(lambda: session.look(STAFF)) == "no_grant"
    with session.look(Compartment.CONSENT) as reader:
        assert reader.head().number == before + 1


def entries(session: LocalSession) -> list[tuple[str, str]]:
    """What the journal of consent says, newest first."""
    with session.look(Compartment.CONSENT) as reader:
        return [(line.act, line.subject) for line in reader.ask(JournalLines())]


def test_refused_attempts_of_a_teacher_reach_the_journal(school: School) -> None:
    session = school.teacher()
    teacher = session.user.id
    assert says(lambda: session.look(STAFF)) == "no_grant"
    later = school.administrator()
    assert (later.collect_notes(), later.collect_notes()) == (1, 0)
    act, subject = entries(later)[0]
    assert act == "access_refused"
    assert subject.startswith(f"staff_dossier:look:{teacher}:2026-11-22T10:00")


def test_a_note_that_was_written_is_not_written_again(school: School) -> None:
    assert says(lambda: school.teacher().look(STAFF)) == "no_grant"
    school.lock()
    folder = school.folder / "inbox" / "consent"
    notes = {path.name: path.read_bytes() for path in folder.iterdir()}
    before = school.administrator()
    before.collect_notes()
    number = len(entries(before))
    for name, content in notes.items():
        (folder / name).write_bytes(content)
    assert before.collect_notes() == 1
    assert len(entries(before)) == number


def test_a_note_that_is_none_is_named_and_taken_out(school: School) -> None:
    session = school.teacher()
    session._post.seal(Compartment.CONSENT, Letter(session.clock.now(), b"note\nA B\nx"))
    later = school.administrator()
    assert later.collect_notes() == 1
    assert entries(later)[0][0] == "note_unreadable"
    assert later.waiting(Compartment.CONSENT) == ()


def test_what_is_signed_and_no_note_is_left_for_others(school: School) -> None:
    session = school.teacher()
    id = session.seal(Compartment.CONSENT, b'{"format":"something newer"}')
    later = school.administrator()
    assert later.collect_notes() == 0
    assert [card.id for card in later.waiting(Compartment.CONSENT)] == [id]
    assert later.unseal(Compartment.CONSENT, id).author.name == "Pjotr Żak"


def test_an_attempt_in_the_middle_of_other_work_is_kept_too(school: School) -> None:
    session = school.administrator()
    with session.look(Compartment.CONSENT):
        assert says(lambda: session.look(STAFF)) == "no_grant"
    assert session.collect_notes() == 1
    assert entries(session)[0][0] == "access_refused"


def test_everybody_knows_everybody_by_name(school: School) -> None:
    names = [user.name for user in school.teacher().users()]
    assert names == ["Anna van der Bos", "Jan de Wit", "Pjotr Żak"]


# -- signatures -----------------------------------------------------------------------------------


def test_a_signature_names_its_signer_to_everybody(school: School) -> None:
    signature = school.administrator().sign(b"list")
    signer = school.teacher().signer(signature, b"list", "check.publish")
    assert signer is not None
    assert signer.name == ADMINISTRATOR.name


def test_signatures_that_do_not_hold(school: School) -> None:
    teacher = school.teacher().sign(b"list")
    good = school.administrator().sign(b"list")
    session = school.director()
    assert session.signer(good, b"other", "check.publish") is None
    assert session.signer(teacher, b"list", "check.publish") is None
    for bad in (
        Signature(teacher.user, good.key, good.value),
        Signature(good.user, teacher.key, good.value),
        Signature("nobody", good.key, good.value),
        Signature(good.user, good.key, "zz"),
    ):
        assert session.signer(bad, b"list", "check.read") is None


def test_what_somebody_signed_ends_with_his_access(school: School) -> None:
    signature = school.administrator().sign(b"list")
    session = school.director()
    session.revoke_user(id_of(session, ADMINISTRATOR.name))
    assert session.signer(signature, b"list", "check.publish") is None


def test_a_journal_stays_in_order_after_its_author_left(school: School) -> None:
    with school.administrator().work(Compartment.CONSENT, "x") as work:
        work.commit()
    session = school.director()
    session.revoke_user(id_of(session, ADMINISTRATOR.name))
    assert session.verify(Compartment.CONSENT).in_order


# -- sealed objects -------------------------------------------------------------------------------


def test_a_report_goes_from_the_teacher_to_the_director(school: School) -> None:
    teacher = school.teacher()
    id = teacher.seal(PUPIL, b"what happened", (("a.png", b"1"), ("../b", b"")))
    assert [card.id for card in teacher.waiting(PUPIL)] == [id]
    assert says(lambda: teacher.unseal(PUPIL, id)) == "no_grant"
    opened = school.director().unseal(PUPIL, id)
    assert (opened.content, opened.author.name) == (b"what happened", TEACHER.name)
    assert opened.files == (("a.png", b"1"), ("../b", b""))
    assert opened.at == school.clock.now()


def test_reports_wait_in_the_order_they_came(school: School) -> None:
    teacher, sealed = school.teacher(), []
    for _ in range(8):
        sealed.append(teacher.seal(STAFF, b"x"))
        school.clock.move(timedelta(seconds=1))
    assert [card.id for card in school.director().waiting(STAFF)] == sealed


def test_a_settled_report_is_gone_and_settling_twice_is_no_error(school: School) -> None:
    id = school.teacher().seal(STAFF, b"x")
    director = school.director()
    director.settle(STAFF, id)
    director.settle(STAFF, id)
    assert director.waiting(STAFF) == ()
    assert says(lambda: director.unseal(STAFF, id)) == "not_found"


def test_a_report_in_another_inbox_does_not_open(school: School) -> None:
    id = school.teacher().seal(STAFF, b"x")
    inbox = school.folder / "inbox"
    (inbox / STAFF / id).rename(inbox / PUPIL / id)
    director = school.director()
    assert says(lambda: director.unseal(PUPIL, id)) == "seal_broken"


def test_a_report_under_another_name_does_not_open(school: School) -> None:
    id = school.teacher().seal(STAFF, b"x")
    path = school.folder / "inbox" / STAFF / id
    path.rename(path.with_name("f" * 32))
    director = school.director()
    assert says(lambda: director.unseal(STAFF, "f" * 32)) == "seal_broken"


@pytest.mark.parametrize("at", [0, 1, 2, 5, 6, 20, 64, 70, 200, -1])
def test_an_altered_report_does_not_open(school: School, at: int) -> None:
    id = school.teacher().seal(STAFF, b"x")
    path = school.folder / "inbox" / STAFF / id
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    director = school.director()
    assert [card.id for card in director.waiting(STAFF)] == [id]
    if not 6 <= at < 64:  # where the time stands: it orders the list and says nothing else
        assert says(lambda: director.unseal(STAFF, id)) == "seal_broken"


def test_a_name_is_never_a_way_out_of_the_inbox(school: School) -> None:
    director = school.director()
    for name in ("../check.db", "..", "", "/etc/passwd", "a/b"):
        assert says(partial(director.unseal, STAFF, name)) == "not_found"
        director.settle(STAFF, name)
    assert (school.folder / "check.db").exists()


def test_rubbish_in_an_inbox_disturbs_nobody(school: School) -> None:
    inbox = school.folder / "inbox" / STAFF
    (inbox / ("0" * 32)).write_bytes(b"rubbish")
    (inbox / "notes.txt").write_bytes(b"rubbish")
    director = school.director()
    assert [card.id for card in director.waiting(STAFF)] == ["0" * 32]
    assert says(lambda: director.unseal(STAFF, "0" * 32)) == "seal_broken"


def test_sizes_and_dates_tell_little(school: School) -> None:
    teacher = school.teacher()
    for content in (b"", b"x" * 3000, b"y" * 5000, b"z" * 14_000):
        teacher.seal(STAFF, content)
    stats = [path.stat() for path in (school.folder / "inbox" / STAFF).iterdir()]
    assert len({stat.st_size for stat in stats}) == 2
    assert {int(stat.st_mtime) for stat in stats} == {946_684_800}


def test_nobody_seals_without_the_right_or_without_measure(school: School) -> None:
    session = school.director()
    assert says(lambda: session.seal(Compartment.CONSENT, b"x")) == "no_grant"
    assert says(lambda: session.seal(STAFF, b"", (("a", bytes(65 << 20)),))) == "too_large"


def test_a_message_reaches_one_user(school: School) -> None:
    director = school.director()
    director.send(id_of(director, TEACHER.name), b"received")
    assert director.messages() == ()
    teacher = school.teacher()
    (message,) = teacher.messages()
    assert message.content == b"received"
    teacher.drop(MESSAGE, message.key)
    assert teacher.messages() == ()
    assert says(lambda: teacher.send("nobody", b"x")) == "not_found"


def test_an_altered_message_is_not_shown(school: School) -> None:
    director = school.director()
    director.send(id_of(director, TEACHER.name), b"received")
    (path,) = (school.folder / "inbox" / "users").rglob("[0-9a-f]" * 32 + "/*")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes((content[-1] ^ 1,)))
    assert school.teacher().messages() == ()


# -- what a user keeps for himself ------------------------------------------------------------------


def test_own_things_are_kept_replaced_and_dropped(school: School) -> None:
    session = school.teacher()
    session.keep("draft", "b", b"old")
    school.clock.move(timedelta(minutes=1))
    session.keep("draft", "a", b"one")
    session.keep("copy", "a", b"other kind")
    school.clock.move(timedelta(minutes=1))
    session.keep("draft", "b", b"new")
    session = school.teacher()
    assert [(one.key, one.content) for one in session.kept("draft")] == [
        ("a", b"one"),
        ("b", b"new"),
    ]
    session.drop("draft", "a")
    session.drop("draft", "never there")
    assert [one.key for one in session.kept("draft")] == ["b"]


def test_own_things_are_for_nobody_else(school: School) -> None:
    school.teacher().keep("draft", "k", b"geheim woord")
    assert school.director().kept("draft") == ()
    everything = b"".join(p.read_bytes() for p in school.folder.rglob("*") if p.is_file())
    assert b"geheim woord" not in everything


def test_a_damaged_own_thing_is_passed_over_and_counted(school: School) -> None:
    session = school.teacher()
    session.keep("draft", "k", b"x")
    folder = school.folder / "blobs" / "own" / session.user.id
    (path,) = folder.iterdir()
    path.write_bytes(b"rubbish")
    (folder / "half.written").write_bytes(b"")
    session.keep("draft", "sound", b"y")
    assert [one.key for one in session.kept("draft")] == ["sound"]
    assert (session.lost(), session.lost(drop=True), session.lost()) == (1, 1, 0)
    assert [one.key for one in session.kept("draft")] == ["sound"]


# -- the end ----------------------------------------------------------------------------------------


def test_a_locked_session_does_nothing_any_more(school: School) -> None:
    session = school.director()
    holder = session._holder
    session.lock()
    session.lock()
    for act in (
        lambda: session.look(Compartment.CHECK),
        lambda: session.sign(b"x"),
        lambda: session.kept("draft"),
        session.users,
    ):
        assert says(act) == "locked"
    assert len(holder.own.user_key) == 0
    assert holder.keys == {}


def test_nothing_is_kept_of_the_password_or_the_code(school: School) -> None:
    school.director()
    everything = b"".join(p.read_bytes() for p in school.folder.rglob("*") if p.is_file())
    for secret in (
        DIRECTOR.password,
        school.recovery_code,
        school.recovery_code.replace("-", ""),
    ):
        assert secret.encode() not in everything
