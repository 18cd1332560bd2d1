"""Channels, conditions, roles, authority and the Dutch profile."""

from datetime import date

import pytest

import resources

CHANNELS = resources.channels()
NAMED_LISTS = {
    "media": resources.media(),
    "channels": CHANNELS,
    "conditions": resources.conditions(),
    "roles": resources.roles(),
    "relations": resources.relations(),
    "kinds": resources.authority_kinds(),
    "proofs": resources.authority_proofs(),
    "terms": resources.terms(),
}
ON_PAPER = ("media", "channels", "conditions")
DATED = ("channels", "conditions", "kinds", "terms")
PUBLIC = {"public", "social", "press"}
FIRST_CHECKED, LAST_CHECKED = date(2026, 11, 22), date(2026, 11, 23)
"""Whoever checks a rule anew moves the last one on; no day of the future is a check."""


@pytest.mark.parametrize("name", NAMED_LISTS)
def test_a_list_has_keys_an_order_and_names(name: str) -> None:
    rows = NAMED_LISTS[name]
    assert len({row["key"] for row in rows}) == len(rows)
    assert [row["order"] for row in rows] == sorted({row["order"] for row in rows})
    languages = resources.PAPER_LANGUAGES if name in ON_PAPER else resources.LANGUAGES
    assert all(row["name"].keys() == set(languages) for row in rows)


@pytest.mark.parametrize("name", DATED)
def test_a_rule_has_its_source_and_day(name: str) -> None:
    for row in NAMED_LISTS[name]:
        assert row["source"], row["key"]
        assert FIRST_CHECKED <= row["checked"] <= LAST_CHECKED, row["key"]


def test_a_new_register_begins_with_seven_channels() -> None:
    assert [row["key"] for row in CHANNELS if row["default_on"]] == [
        "parent_page",
        "whatsapp",
        "newsletter",
        "school_guide",
        "website",
        "facebook",
        "classroom",
    ]


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda row: row["key"])
def test_a_channel_says_all_there_is_to_say(channel: resources.Table) -> None:
    for key in ("name", "short", "explain", "example"):
        assert channel[key].keys() == set(resources.PAPER_LANGUAGES)
        assert all(channel[key].values())
    assert channel["audience"] in PUBLIC | {"closed", "print", "internal"}
    assert set(channel["media"]) <= {row["key"] for row in resources.media()}
    assert channel["media"]
    assert channel["strict"]


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda row: row["key"])
def test_public_places_can_only_be_strict(channel: resources.Table) -> None:
    assert channel["strict_only"] is (channel["audience"] in PUBLIC)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda row: row["key"])
def test_without_consent_only_inside_the_school_and_with_a_ground(
    channel: resources.Table,
) -> None:
    assert channel["needs_consent"] is (channel["audience"] != "internal")
    assert channel["needs_consent"] is ("ground" not in channel)
    assert ("ground" in channel) is ("ground_short" in channel)
    for key in {"ground", "ground_short"} & channel.keys():
        assert channel[key].keys() == set(resources.PAPER_LANGUAGES)


def test_a_condition_fits_on_a_tile() -> None:
    for row in resources.conditions():
        assert all(len(row["tile"][language]) <= 24 for language in resources.PAPER_LANGUAGES)


def test_what_each_role_may() -> None:
    grants = {row["key"]: row["grants"] for row in resources.roles()}
    seal = {"pupil_dossier": ["seal"], "staff_dossier": ["seal"]}
    assert grants["teacher"] == {"check": ["read"], "consent": ["seal"], **seal}
    assert grants["administrator"] == {
        "check": ["read", "publish"],
        "consent": ["read", "write"],
        **seal,
    }
    assert grants["director"]["staff_dossier"] == ["read", "write", "seal"]


def test_roles_use_known_grants() -> None:
    keys = {row["key"] for row in resources.roles()}
    for row in resources.roles():
        assert row["grants"].keys() <= {"check", "consent", "pupil_dossier", "staff_dossier"}
        assert set().union(*row["grants"].values()) <= {"read", "write", "publish", "seal"}
        assert set(row["adds"]) <= keys


def test_who_reads_more_locks_sooner_and_types_more() -> None:
    rows = [
        (r["lock_minutes"], r["proposed_words"], r["min_length"]) for r in resources.roles()
    ]
    assert rows == [(10, 4, 12), (5, 5, 15), (3, 6, 15)]
    assert resources.password_rules()["max_length"] == 128


def test_the_six_kinds_of_the_population_register() -> None:
    holds = {row["key"]: row["holds"] for row in resources.authority_kinds()}
    coded = {row["key"] for row in resources.authority_kinds() if "code" in row}
    assert coded == holds.keys() - {"not_known", "none"}
    assert {key for key, value in holds.items() if value == "unknown"} == {
        "not_known",
        "undeterminable",
    }
    assert {key for key, value in holds.items() if value == "no"} == {
        "none",
        "temporarily_none",
    }


def test_authority_under_investigation_has_words() -> None:
    assert resources.under_investigation()["name"].keys() == {"nl", "en"}


def test_the_dutch_profile() -> None:
    profile = resources.profile("nl")
    assert "nl" in resources.profiles()
    assert profile["pupil_decides_from"] == 16
    assert profile["deciders"] == "all_holders"
    assert profile["silence"] == "no"
    assert {"pupil_decides_from", "deciders", "silence"} <= profile["sources"].keys()
