"""Who may decide about whom, as the log itself demands it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.record import Compartment
from db.keys.canonical import Json, to_text
from db.keys.codes import ONE_TIME
from db.keys.codes import RECOVERY as RECOVERY_KIND
from db.keys.pairs import PrivatePair
from db.keys.wrap import WontOpenError
from db.register import access
from db.register.access import Newcomer
from db.register.compartment_keys import CompartmentKey, sealed_to
from db.register.entries import RECOVERY, Author
from db.register.fields import Fields
from db.register.membership import AlteredError
from tests.db.register.directories import Staffed, newest, password, staffed
from tests.registers import DIRECTOR, NOW

if TYPE_CHECKING:
    from db.register.holder import Holder


@pytest.fixture
def cast() -> Staffed:
    return staffed()


def test_a_teacher_adds_nobody(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        access.add(cast.directory, cast.teacher, Newcomer("Nieuw", ("teacher",)), NOW)


def test_an_administrator_adds_teachers_and_nobody_else(cast: Staffed) -> None:
    access.add(cast.directory, cast.administrator, Newcomer("Een", ("teacher",)), NOW)
    for role in ("administrator", "director"):
        with pytest.raises(AlteredError):
            access.add(cast.directory, cast.administrator, Newcomer("Twee", (role,)), NOW)


def test_an_administrator_shuts_out_no_director(cast: Staffed) -> None:
    with pytest.raises(KeyError):
        access.revoke(cast.directory, cast.administrator, cast.director.user, NOW)
    with pytest.raises(AlteredError):
        access.reissue(cast.directory, cast.administrator, cast.director.user, NOW)


def test_nobody_decides_about_himself(cast: Staffed) -> None:
    for change in (access.revoke, access.reissue):
        with pytest.raises(AlteredError):
            change(cast.directory.copy(), cast.director, cast.director.user, NOW)


def test_a_name_stands_for_one_user(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        access.add(cast.directory, cast.director, Newcomer(DIRECTOR.name, ("teacher",)), NOW)


def test_a_name_is_free_again_after_its_user_left(cast: Staffed) -> None:
    access.revoke(cast.directory, cast.director, cast.teacher.user, NOW)
    access.add(cast.directory, cast.director, Newcomer("Pjotr Żak", ("teacher",)), NOW)


def test_a_one_time_code_can_only_enrol(cast: Staffed) -> None:
    code = access.add(cast.directory, cast.director, Newcomer("N", ("director",)), NOW)
    user = newest(cast.directory)
    pair = access.one_time_pair(cast.directory.register, user, ONE_TIME.read(code))
    with pytest.raises(AlteredError):
        cast.directory.append(Author(user, pair), "recovery_confirmed", {}, NOW)


def test_a_revoked_user_signs_nothing_any_more(cast: Staffed) -> None:
    access.revoke(cast.directory, cast.director, cast.administrator.user, NOW)
    with pytest.raises(AlteredError):
        access.add(cast.directory, cast.administrator, Newcomer("Nieuw", ("teacher",)), NOW)


def test_a_revoked_user_gets_no_key_of_a_new_epoch(cast: Staffed) -> None:
    access.revoke(cast.directory, cast.director, cast.teacher.user, NOW)
    with pytest.raises(WontOpenError):
        cast.teacher.take_keys(cast.directory.members)


def test_the_recovery_code_signs_nothing_but_a_recovery(cast: Staffed) -> None:
    pair = access.recovery_pair(cast.directory.register, RECOVERY_KIND.read(cast.recovery_code))
    with pytest.raises(AlteredError):
        cast.directory.append(Author(RECOVERY, pair), "recovery_confirmed", {}, NOW)


def test_recovery_is_for_directors_only(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        access.recover(
            cast.directory, cast.teacher.user, RECOVERY_KIND.read(cast.recovery_code),
            password(DIRECTOR), NOW,
        )  # fmt: skip


def test_a_renewed_recovery_code_ends_the_old_one(cast: Staffed) -> None:
    code = access.renew_recovery(cast.directory, cast.director, NOW)
    members = cast.directory.members
    assert access.is_recovery_code(members, RECOVERY_KIND.read(code))
    assert not access.is_recovery_code(members, RECOVERY_KIND.read(cast.recovery_code))
    assert not members.recovery_confirmed


def test_only_a_director_begins_an_epoch_without_reason(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        access.start_epochs(cast.directory, cast.administrator, [Compartment.CHECK], NOW)


def epoch_without(cast: Staffed, holder: Holder) -> dict[str, Json]:
    body = access.next_epochs(
        cast.directory.members, cast.director, [Compartment.CHECK], without=holder.user
    )
    return dict(body)


def test_a_new_epoch_leaves_nobody_out(cast: Staffed) -> None:
    body = epoch_without(cast, cast.teacher)
    with pytest.raises(AlteredError):
        cast.directory.append(cast.director.author, "epochs_started", body, NOW)


def test_nobody_gets_the_key_of_a_compartment_he_may_not_open(cast: Staffed) -> None:
    key = cast.director.newest()[Compartment.STAFF_DOSSIER]
    sealed = key.sealed_to(cast.teacher.own.pair.public)
    body: dict[str, Json] = {
        "doors": dict(cast.member(cast.director).doors),
        "sealed": {cast.teacher.user: {"staff_dossier": to_text(sealed)}},
    }
    with pytest.raises(AlteredError):
        cast.directory.append(cast.director.author, "door_changed", body, NOW)


def test_nobody_exchanges_the_keys_of_others(cast: Staffed) -> None:
    """A teacher could otherwise lock everybody else out of the check list."""
    body: dict[str, Json] = {
        "doors": dict(cast.member(cast.teacher).doors),
        "sealed": {cast.director.user: {"check": to_text(b"rubbish")}},
    }
    with pytest.raises(AlteredError):
        cast.directory.append(cast.teacher.author, "door_changed", body, NOW)


def test_a_pair_is_never_used_twice(cast: Staffed) -> None:
    code = ONE_TIME.read(access.reissue(cast.directory, cast.director, cast.teacher.user, NOW))
    user = cast.teacher.user
    old = cast.teacher.own.pair.public
    body: dict[str, Json] = {
        "keys": access.written_pair(old),
        "sealed": sealed_to({user: old}, {user: cast.teacher.newest().values()}),
        "doors": {},
    }
    temporary = access.one_time_pair(cast.directory.register, user, code)
    with pytest.raises(AlteredError):
        cast.directory.append(Author(user, temporary), "enrolled", body, NOW)


def test_other_roles_bring_keys_and_take_them_away(cast: Staffed) -> None:
    teacher = cast.teacher.user
    access.change_roles(cast.directory, cast.director, teacher, ("administrator",), NOW)
    cast.teacher.take_keys(cast.directory.members)
    assert set(cast.teacher.keys) == {Compartment.CHECK, Compartment.CONSENT}
    access.change_roles(cast.directory, cast.director, teacher, ("teacher",), NOW)
    cast.teacher.take_keys(cast.directory.members)
    assert set(cast.teacher.keys) == {Compartment.CHECK}
    assert cast.directory.members.epoch(Compartment.CONSENT).number == 2


def test_an_unknown_kind_of_entry_is_refused(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        cast.directory.append(cast.director.author, "wished_for", {}, NOW)


def test_a_stranger_cannot_pose_as_the_recovery_code(cast: Staffed) -> None:
    with pytest.raises(AlteredError):
        cast.directory.append(Author(RECOVERY, PrivatePair.random()), "recovered", {}, NOW)


def test_a_newcomer_gets_no_key_that_his_roles_do_not_open(cast: Staffed) -> None:
    """Whoever adds him might mean well; the wall is not his to open."""
    key = cast.director.newest()[Compartment.STAFF_DOSSIER]
    access.add(cast.directory, cast.director, Newcomer("Klaas", ("teacher",)), NOW)
    entry = cast.directory.log.pop()
    newcomer = cast.directory.members.users.pop(newest(cast.directory))
    sealed = Fields(entry.body).part("sealed").part(newcomer.id).values
    sealed["staff_dossier"] = to_text(key.sealed_to(newcomer.key.public))
    with pytest.raises(AlteredError):
        cast.directory.append(cast.director.author, "user_added", entry.body, NOW)


def test_a_key_that_is_not_the_one_the_log_means_is_not_used(cast: Staffed) -> None:
    """Somebody who seals a key of his own choosing would otherwise read what it encrypts."""
    register = cast.directory.register
    false = CompartmentKey.fresh(register, Compartment.CHECK, 1)
    cast.administrator.keys[Compartment.CHECK] = (false,)
    code = access.add(cast.directory, cast.administrator, Newcomer("Klaas", ("teacher",)), NOW)
    user = newest(cast.directory)
    with pytest.raises(WontOpenError):
        access.enrol(cast.directory, user, ONE_TIME.read(code), password(DIRECTOR), NOW)
