"""The directory file: what a signature, a hash and a root protect, and from whom."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from app.record import Compartment
from db.keys.canonical import Json, MalformedError, to_text
from db.keys.codes import ONE_TIME
from db.keys.pairs import PrivatePair
from db.keys.wrap import WontOpenError
from db.register import access
from db.register.access import Newcomer, Password
from db.register.directory import Directory
from db.register.doors import PASSWORD, Place, open_password
from db.register.entries import Author, Entry
from db.register.envelope import NewerError, enclosed, opened
from db.register.fields import Fields
from db.register.holder import shown_name
from db.register.membership import AlteredError
from tests.db.register.directories import CHEAP, Staffed, newest, password, staffed
from tests.registers import ADMINISTRATOR, DIRECTOR, NOW, TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = (AlteredError, MalformedError)


@pytest.fixture
def cast() -> Staffed:
    return staffed()


@pytest.fixture(scope="module")
def written() -> bytes:
    return staffed().directory.written()


def tampered(content: bytes, change: dict[str, Json]) -> bytes:
    """The same file with other values, its closing hash made right again."""
    return enclosed({**opened(content).values, **change})


def leaves(value: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        yield path
    for key, one in inner:
        yield from leaves(one, (*path, key))


def altered(value: Json, path: tuple[str | int, ...]) -> Json:
    copy = deepcopy(value)
    place: Any = copy
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    new = old + 1 if isinstance(old, int) else flipped(str(old))
    place[path[-1]] = new
    return copy


def flipped(text: str) -> str:
    """The text with one character other, in a form that may well be accepted."""
    if not text:
        return "A"
    return ("B" if text[0] == "A" else "A") + text[1:]


def test_what_was_written_is_read(cast: Staffed) -> None:
    again = Directory.read(cast.directory.written())
    assert again.head == cast.directory.head
    assert again.written() == cast.directory.written()


def test_names_do_not_stand_in_it(written: bytes) -> None:
    for login in (DIRECTOR, ADMINISTRATOR, TEACHER):
        for form in (login.name, login.name.casefold(), login.name.upper()):
            assert form.encode() not in written
            assert form.split()[0].encode() + b" " not in written


def test_everybody_who_holds_the_check_key_reads_the_names(cast: Staffed) -> None:
    for reader in (cast.director, cast.administrator, cast.teacher):
        assert shown_name(reader, cast.member(cast.director)) == DIRECTOR.name


def test_any_flipped_byte_is_noticed(written: bytes) -> None:
    for at in range(0, len(written), 7):
        content = bytearray(written)
        content[at] ^= 1
        with pytest.raises((*BROKEN, NewerError)):
            Directory.read(bytes(content))


def test_any_cut_is_noticed(written: bytes) -> None:
    for length in range(0, len(written), 101):
        with pytest.raises(MalformedError):
            Directory.read(written[:length])


def test_any_altered_value_is_noticed_though_the_hash_was_made_right(written: bytes) -> None:
    values = opened(written).values
    paths = list(leaves(values))
    assert len(paths) > 150
    for path in paths:
        content = enclosed(altered(values, path))
        with pytest.raises(BROKEN):
            Directory.read(content)


@pytest.mark.parametrize("at", range(7))
def test_an_entry_that_is_taken_out_is_noticed(written: bytes, at: int) -> None:
    log = opened(written).items("log")
    content = tampered(written, {"log": log[:at] + log[at + 1 :]})
    with pytest.raises(BROKEN):
        Directory.read(content)


def test_entries_in_another_order_are_noticed(written: bytes) -> None:
    log = opened(written).items("log")
    for at in range(len(log) - 1):
        swapped = [*log[:at], log[at + 1], log[at], *log[at + 2 :]]
        with pytest.raises(BROKEN):
            Directory.read(tampered(written, {"log": swapped}))


def test_a_newer_file_is_told_apart_from_a_damaged_one(written: bytes) -> None:
    with pytest.raises(NewerError):
        Directory.read(written.replace(b"directory 1", b"directory 2", 1))


def test_an_older_directory_is_sound_but_known_to_be_older(cast: Staffed) -> None:
    before = cast.directory.copy()
    access.revoke(cast.directory, cast.director, cast.teacher.user, NOW)
    assert cast.directory.has_passed(before.head)
    assert not Directory.read(before.written()).has_passed(cast.directory.head)


def test_an_exchanged_public_key_is_noticed(cast: Staffed) -> None:
    """Otherwise the next new epoch would hand every key to whoever exchanged it."""
    written = cast.directory.written()
    log = deepcopy(opened(written).items("log"))
    own = PrivatePair.random().public
    enrolment = Fields.of(log[4])
    assert enrolment.text("kind") == "enrolled"
    enrolment.part("body").values["keys"] = {
        "box": to_text(own.box),
        "signing": to_text(own.signing),
    }
    with pytest.raises(AlteredError):
        Directory.read(tampered(written, {"log": log}))


def test_an_entry_signed_by_a_stranger_is_noticed(cast: Staffed) -> None:
    stranger = Author(cast.director.user, PrivatePair.random())
    with pytest.raises(AlteredError):
        cast.directory.append(stranger, "recovery_confirmed", {}, NOW)


def test_a_directory_with_another_root_opens_for_nobody(cast: Staffed) -> None:
    """Somebody makes a log of his own around the users' doors and waits for their passwords."""
    theirs, _, _ = access.begin("Elders", "Iemand", password(DIRECTOR), NOW)
    victim = cast.directory
    place = Place(
        victim.register, theirs.members.root, cast.director.user,
        cast.director.own.pair.public.key_id,
    )  # fmt: skip
    door = victim.doors[cast.director.user][PASSWORD]
    with pytest.raises(WontOpenError):
        open_password(place, door, DIRECTOR.password, CHEAP)


def test_an_old_door_cannot_be_put_back(cast: Staffed) -> None:
    old = cast.directory.doors[cast.director.user]
    access.change_password(
        cast.directory, cast.director, Password("een heel nieuw wachtwoord", CHEAP), NOW
    )
    doors = {**cast.directory.doors, cast.director.user: old}
    content = cast.directory.written()
    with pytest.raises(AlteredError):
        Directory.read(tampered(content, {"doors": plain(doors)}))


def test_doors_of_two_users_cannot_be_exchanged(cast: Staffed) -> None:
    doors = cast.directory.doors
    first, second = cast.director.user, cast.teacher.user
    exchanged = {**doors, first: doors[second], second: doors[first]}
    with pytest.raises(AlteredError):
        Directory.read(tampered(cast.directory.written(), {"doors": plain(exchanged)}))


def plain(doors: Any) -> Json:
    copy: Json = deepcopy(doors)
    return copy


def test_a_log_of_another_register_is_noticed(cast: Staffed) -> None:
    other = staffed()
    log: list[Json] = [dict(entry.written()) for entry in cast.directory.log]
    log[-1] = dict(other.directory.log[-1].written())
    with pytest.raises(BROKEN):
        Directory.read(tampered(cast.directory.written(), {"log": log}))


def test_the_fingerprint_is_that_of_the_first_entry(cast: Staffed) -> None:
    first = Entry.read(opened(cast.directory.written()).items("log")[0])
    assert cast.directory.fingerprint.replace("-", "") == first.digest[:24].upper()


def test_a_used_one_time_code_is_of_no_use(cast: Staffed) -> None:
    newcomer = Newcomer("Nieuw", ("teacher",))
    code = ONE_TIME.read(access.add(cast.directory, cast.director, newcomer, NOW))
    user = newest(cast.directory)
    temporary = access.one_time_pair(cast.directory.register, user, code)
    access.enrol(cast.directory, user, code, password(TEACHER), NOW)
    with pytest.raises(AlteredError):
        cast.directory.append(Author(user, temporary), "door_changed", {"doors": {}}, NOW)


def test_keys_of_former_epochs_stay_at_hand(cast: Staffed) -> None:
    access.start_epochs(cast.directory, cast.director, Compartment, NOW)
    cast.director.take_keys(cast.directory.members)
    access.revoke(cast.directory, cast.director, cast.teacher.user, NOW)
    cast.administrator.take_keys(cast.directory.members)
    epochs = [key.epoch for key in cast.administrator.keys[Compartment.CHECK]]
    assert epochs == [1, 2, 3]
