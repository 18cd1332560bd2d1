"""What can be set, by whom, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

import resources
from app.consent.records import Channel
from app.people.records import Group, Site
from app.record import Compartment
from app.register.school import school_of
from app.roster.readers.mapping import Mapping
from app.roster.remembered import remember, remembered
from app.start.begin import make_ready
from db.register import roles
from db.register.session import LocalSession
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER
from tests.robots import part
from tests.robots.settings import SettingsRobot
from tests.ui.desks import desk_for, run_here
from ui.kit import ask
from ui.kit.form import Form
from ui.settings.account import AccountSection
from ui.settings.appearance import AppearanceSection
from ui.settings.recovery import NewRecovery
from ui.settings.school import SchoolSection
from ui.settings.users import CodeSheet
from ui.shell.drafts import kept
from ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session, UserCard
    from tests.registers import School
    from ui.shell.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, school: School) -> Desk:
    """The desk of a director whose register is ready for pupils."""
    found = desk_for(qtbot, school.director)
    run_here(found, make_ready)
    return found


@pytest.fixture
def robot(qtbot: QtBot, desk: Desk) -> SettingsRobot:
    """Somebody in the settings."""
    return SettingsRobot(qtbot, desk)


def sites(session: Session) -> tuple[Site, ...]:
    """All sites."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Site)


def groups(session: Session) -> tuple[Group, ...]:
    """All groups."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Group)


def channel(session: Session, key: str) -> Channel:
    """One channel by its key."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Channel, key=key)[0]


def test_a_site_is_added(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("sites")
    robot.press("add_site")
    robot.save_sheet(name="Werkendam", town="Werkendam")
    assert "Werkendam" in [site.name for site in run_here(desk, sites)]
    assert "Werkendam is bewaard" in robot.said()


def test_a_site_without_a_name_is_refused_in_its_sheet(robot: SettingsRobot) -> None:
    robot.open("sites")
    robot.press("add_site")
    robot.save_sheet(name="")
    assert robot.form.error("name")


def test_a_group_is_added_to_this_school_year(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("groups")
    robot.press("add_group")
    robot.save_sheet(name="Anker")
    assert [group.name for group in run_here(desk, groups)] == ["Anker"]
    assert "2026-2027" in robot.words()


def test_the_letterhead_is_saved_and_taken_back(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("school")
    section = robot.page.findChild(SchoolSection)
    assert section is not None
    section.letterhead.set_values({"name": "De Zeemeeuw"})
    robot.press("save_school")

    def name(session: Session) -> str:
        with session.look(Compartment.CONSENT) as reader:
            return school_of(reader).name

    assert run_here(desk, name) == "De Zeemeeuw"
    robot.page.bar.act()
    robot.settle()
    assert run_here(desk, name) == "Bootschool De Meerpaal"


def test_a_number_that_could_be_a_bsn_is_refused_at_its_field(robot: SettingsRobot) -> None:
    robot.open("school")
    section = robot.page.findChild(SchoolSection)
    assert section is not None
    section.letterhead.set_values({"board": "nummer 111222333"})
    robot.press("save_school")
    assert section.letterhead.error("board")


def test_a_social_channel_offers_no_leniency(robot: SettingsRobot) -> None:
    robot.open("channels")
    robot.press_spoken("Facebook wijzigen")
    assert not robot.form.editor("lenient").isVisible()


def test_a_widened_channel_asks_again(robot: SettingsRobot, desk: Desk) -> None:
    before = run_here(desk, lambda session: channel(session, "whatsapp"))
    robot.open("channels")
    robot.press_spoken("WhatsApp-groep wijzigen")
    robot.save_sheet(widened=True)
    after = run_here(desk, lambda session: channel(session, "whatsapp"))
    assert (before.scope, after.scope) == (1, 2)


def test_a_new_channel_gets_a_key_of_its_own(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("channels")
    robot.press("add_channel")
    robot.save_sheet(name_nl="Kalender 2027", audience="print", media=("photo",))
    assert run_here(desk, lambda session: channel(session, "kalender_2027")).active


def test_a_new_user_gets_a_code_and_a_sheet(robot: SettingsRobot, school: School) -> None:
    robot.open("users")
    robot.press("add_user")
    robot.save_sheet(name="Kees Smit", roles=("teacher",))
    assert isinstance(robot.sheet, CodeSheet)
    assert len(robot.sheet._given.code) > 20
    assert robot.sheet._given.sheet.content.startswith(b"%PDF")


def test_a_code_for_a_forgotten_phrase_needs_a_yes(robot: SettingsRobot) -> None:
    robot.open("users")
    with ask.scripted(False):
        robot.press_spoken(f"Nieuwe code voor {ADMINISTRATOR.name}")
    assert robot.page.sheet is None
    with ask.scripted(True):
        robot.press_spoken(f"Nieuwe code voor {ADMINISTRATOR.name}")
    assert isinstance(robot.page.sheet, CodeSheet)


def test_revoking_shuts_a_user_out(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("users")
    with ask.scripted(True) as asked:
        robot.press_spoken(f"Toegang van {ADMINISTRATOR.name} intrekken")
    robot.settle()
    users = run_here(desk, lambda session: session.users())
    assert next(user for user in users if user.name == ADMINISTRATOR.name).revoked
    assert asked.questions == [f"Toegang van {ADMINISTRATOR.name} intrekken"]


def test_nobody_revokes_himself(robot: SettingsRobot) -> None:
    robot.open("users")
    with pytest.raises(StopIteration):
        robot.press_spoken(f"Toegang van {DIRECTOR.name} intrekken")


def test_an_administrator_decides_about_teachers_only(qtbot: QtBot, school: School) -> None:
    robot = SettingsRobot(qtbot, desk_for(qtbot, school.administrator))
    robot.open("users")
    with pytest.raises(StopIteration):
        robot.press_spoken(f"Toegang van {DIRECTOR.name} intrekken")


def test_the_own_phrase_is_changed(robot: SettingsRobot, desk: Desk, school: School) -> None:
    robot.open("account")
    section = robot.page.findChild(AccountSection)
    assert section is not None
    new = section.phrase.proposal
    section.old.set_values({"old": DIRECTOR.password})
    section.phrase.form.set_values({"password": new})
    robot.press("change_phrase")
    assert "gewijzigd" in robot.said()
    desk.runner._storage.submit(school.lock).result()
    school.vault.unlock(school.folder, DIRECTOR.name, new).lock()


def test_a_wrong_old_phrase_is_said_at_its_field(robot: SettingsRobot) -> None:
    robot.open("account")
    section = robot.page.findChild(AccountSection)
    assert section is not None
    section.old.set_values({"old": "niet deze woorden"})
    section.phrase.form.set_values({"password": section.phrase.proposal})
    robot.press("change_phrase")
    assert section.old.error("old")


def test_a_weak_pin_is_refused_at_its_field(robot: SettingsRobot) -> None:
    robot.open("account")
    section = robot.page.findChild(AccountSection)
    assert section is not None
    section.pin.set_values({"pin": "111111"})
    robot.press("remember_device")
    assert section.pin.error("pin")


def test_without_a_keyring_the_machine_cannot_be_remembered(robot: SettingsRobot) -> None:
    robot.open("account")
    section = robot.page.findChild(AccountSection)
    assert section is not None
    section.pin.set_values({"pin": "628415"})
    robot.press("remember_device")
    assert robot.said()
    assert not section.pin.error("pin")


def test_the_look_is_asked_for_at_once(qtbot: QtBot, robot: SettingsRobot, desk: Desk) -> None:
    robot.open("appearance")
    section = robot.page.findChild(AppearanceSection)
    assert section is not None
    section.form.set_values({"palette": "dark", "size": "150"})
    with qtbot.waitSignal(desk.theme_chosen) as chosen:
        section.form.changed.emit("palette")
    assert chosen.args == [Theme("dark", 150)]


def test_about_names_the_fingerprint_of_the_sheet(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("about")
    assert desk.register.fingerprint in robot.words()
    assert "EUPL-1.2" in robot.words()


def confirmed(session: Session) -> bool:
    """Whether the recovery code was typed back."""
    return session.register.recovery_confirmed


def test_a_lost_recovery_sheet_is_replaced(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("account")
    with ask.scripted(True):
        robot.press("renew_recovery")
    sheet = robot.sheet
    assert isinstance(sheet, NewRecovery)
    assert sheet.preview.page_count == 1
    assert not run_here(desk, confirmed)
    robot.save_sheet(code="verkeerd")
    assert sheet.form.error("code")
    robot.save_sheet(code=sheet._made.code.text)
    assert run_here(desk, confirmed)
    assert robot.page.sheet is None


def test_a_new_code_can_be_typed_back_later(robot: SettingsRobot, desk: Desk) -> None:
    code = run_here(desk, lambda session: session.renew_recovery())
    robot.open("account")
    section = robot.page.findChild(AccountSection)
    assert section is not None
    assert section.recovery is not None
    section.recovery.code.set_values({"code": code.text})
    robot.press("confirm_recovery")
    assert run_here(desk, confirmed)


def test_only_a_director_has_the_recovery_sheet(qtbot: QtBot, school: School) -> None:
    robot = SettingsRobot(qtbot, desk_for(qtbot, school.administrator))
    robot.open("account")
    section = robot.page.findChild(AccountSection)
    assert section is not None
    assert section.recovery is None


def user_named(session: Session, name: str) -> UserCard:
    """One user."""
    return next(user for user in session.users() if user.name == name)


def test_a_user_gets_other_roles(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("users")
    robot.press_spoken(f"Functies van {TEACHER.name} wijzigen")
    robot.save_sheet(roles=("administrator",))
    assert "heeft nu" in robot.said()
    user = run_here(desk, lambda session: user_named(session, TEACHER.name))
    assert user.roles == ("administrator",)


def test_somebody_without_a_role_is_refused_in_the_sheet(robot: SettingsRobot) -> None:
    robot.open("users")
    robot.press_spoken(f"Functies van {TEACHER.name} wijzigen")
    robot.save_sheet(roles=())
    assert robot.form.error("roles")


def test_all_keys_are_renewed_by_a_director(robot: SettingsRobot, desk: Desk) -> None:
    def epochs(session: Session) -> list[int]:
        assert isinstance(session, LocalSession)
        members = session._site.directory.members
        return [members.epoch(part).number for part in Compartment]

    robot.open("users")
    with ask.scripted(False):
        robot.press("renew_keys")
    assert set(run_here(desk, epochs)) == {1}
    with ask.scripted(True):
        robot.press("renew_keys")
    robot.settle()
    assert set(run_here(desk, epochs)) == {2}
    assert "sleutels" in robot.said()


def test_an_administrator_renews_no_keys(qtbot: QtBot, school: School) -> None:
    robot = SettingsRobot(qtbot, desk_for(qtbot, school.administrator))
    robot.open("users")
    assert not part(robot.page, QPushButton, "renew_keys").isVisible()


def test_what_was_typed_in_a_sheet_is_there_again(
    qtbot: QtBot, robot: SettingsRobot, desk: Desk
) -> None:
    robot.open("sites")
    robot.press("add_site")
    robot.save_sheet(name="Werkendam", town="")
    robot.press_spoken("Werkendam wijzigen")
    form = part(robot.sheet, Form)
    form.set_values({"town": "Altena"})
    form.changed.emit("town")
    robot.page.leave()
    robot.settle()
    again = SettingsRobot(qtbot, desk)
    again.settle()
    assert part(again.sheet, Form).text("town") == "Altena"
    again.press("sheet_save")
    assert ("Werkendam", "Altena") in [(s.name, s.town) for s in run_here(desk, sites)]
    assert run_here(desk, kept) == ()


@pytest.mark.parametrize(
    ("section", "button", "typed"),
    [
        ("groups", "add_group", {"name": "Anker"}),
        ("channels", "add_channel", {"name_nl": "Kalender", "media": ("film",)}),
        ("users", "add_user", {"name": "Kees Smit", "roles": ("teacher",)}),
    ],
)
def test_every_section_goes_on_with_its_sheet(
    robot: SettingsRobot, section: str, button: str, typed: dict[str, object]
) -> None:
    robot.open(section)
    robot.press(button)
    form = part(robot.sheet, Form)
    form.set_values(typed)
    form.changed.emit("name")
    robot.open("about")
    robot.open(section)
    values = {key: part(robot.sheet, Form).editor(key).value() for key in typed}
    assert values == typed


def test_a_director_lets_a_newer_table_of_roles_count(
    robot: SettingsRobot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = roles.offered()
    more = replace(table["teacher"], grants=table["teacher"].grants | {"consent.read"})
    monkeypatch.setattr(resources, "roles_version", lambda: 2)
    monkeypatch.setattr(roles, "offered", lambda: {**table, "teacher": more})
    robot.open("users")
    assert "erbij: Toestemming: lezen" in robot.words()
    with ask.scripted(True):
        robot.press("take_roles")
    assert run_here(desk, lambda session: session.role_changes()) == ()
    users = run_here(desk, lambda session: session.users())
    assert next(user for user in users if user.name == TEACHER.name).may("consent.read")


def test_the_roles_that_were_ticked_are_there_again(robot: SettingsRobot) -> None:
    robot.open("users")
    robot.press_spoken(f"Functies van {TEACHER.name} wijzigen")
    form = part(robot.sheet, Form)
    form.set_values({"roles": ("administrator", "teacher")})
    form.changed.emit("roles")
    robot.open("about")
    robot.open("users")
    assert TEACHER.name in robot.sheet.accessibleName()
    assert part(robot.sheet, Form).editor("roles").value() == ("teacher", "administrator")


def test_a_remembered_list_is_forgotten_and_remembered_again(
    qtbot: QtBot, robot: SettingsRobot, desk: Desk
) -> None:
    columns = tuple((f"Kolom {n}", f"guardian{n}.name") for n in (1, 2, 3, 4))
    columns = (("Roepnaam", "pupil.first_name"), ("Klas", "pupil.group"), *columns)
    columns = (*columns, ("Adres", "guardian1.street"))
    mapping = Mapping(name="Ouderlijst", columns=columns)
    run_here(desk, partial(remember, mapping=mapping))
    robot.open("mappings")
    qtbot.waitUntil(lambda: "Roepnaam, Klas, Kolom 1" in robot.words())
    assert "en nog 1 kolom; nog niet gebruikt" in robot.words()
    robot.press("forget_mapping")
    assert "vergeten" in robot.said()
    qtbot.waitUntil(lambda: "Nog geen lijsten onthouden" in robot.words())
    robot.press("bar_action")
    assert [each.mapping for each in run_here(desk, remembered)] == [mapping]
    assert "weer onthouden" in robot.said()


def test_texts_are_edited_one_language_at_a_time(
    qtbot: QtBot, robot: SettingsRobot, desk: Desk
) -> None:
    robot.open("channels")
    robot.press_spoken("Facebook wijzigen")
    part(robot.sheet, QPushButton, "choice_pl").click()
    form = robot.form
    assert form.editor("name_pl").isVisible()
    assert not form.editor("name_nl").isVisible()
    assert "compleet" in robot.words()
    robot.save_sheet(name_pl="Fejsbuk", explanation_pl="", example_de="")
    kept = run_here(desk, lambda session: channel(session, "facebook"))
    assert kept.name("pl") == "Fejsbuk"
    assert kept.explanation("pl") == kept.explanation("nl")
    qtbot.waitUntil(lambda: "onvolledig in: Duits, Pools" in robot.words())


def test_what_is_wrong_in_another_language_comes_into_sight(robot: SettingsRobot) -> None:
    robot.open("channels")
    robot.press_spoken("Facebook wijzigen")
    robot.save_sheet(example_fr="nummer 111222333")
    assert robot.form.editor("example_fr").isVisible()
    assert robot.form.error("example_fr")


def test_a_channel_without_consent_names_the_source(robot: SettingsRobot, desk: Desk) -> None:
    robot.open("channels")
    robot.press_spoken("In de klas wijzigen")
    assert "aanpakibp" in robot.form.text("ground_source")
    robot.save_sheet(ground_source="Afspraak van 3 november")
    kept = run_here(desk, lambda session: channel(session, "classroom"))
    assert (kept.ground_source, kept.needs_consent) == ("Afspraak van 3 november", False)


def test_public_places_say_why_they_are_strict(robot: SettingsRobot) -> None:
    robot.open("channels")
    robot.press_spoken("Facebook wijzigen")
    assert "altijd streng" in robot.words()
