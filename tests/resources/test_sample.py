"""The sample school: invented, documented and full of names that programs stumble over."""

import unicodedata

import resources

NAMES = resources.sample_names()
SCHOOL = resources.sample_school()


def hard(part: str) -> str:
    return " ".join(str(row[part]) for row in NAMES["hard"])


def test_three_users_with_one_role_each() -> None:
    roles = [user["roles"] for user in SCHOOL["users"]]
    assert roles == [["director"], ["administrator"], ["teacher"]]
    assert [user["name"] for user in SCHOOL["users"]] == ["H. Vermeer", "A. de Wit", "K. Smit"]


def test_a_documented_pass_phrase_is_as_long_as_its_role_asks() -> None:
    rules = {row["key"]: row for row in resources.roles()}
    known = set(resources.word_list("nl"))
    for user in SCHOOL["users"]:
        words = user["passphrase"].split(" ")
        assert len(words) == rules[user["key"]]["proposed_words"]
        assert len(user["passphrase"]) >= rules[user["key"]]["min_length"]
        assert set(words) <= known


def test_groups_stand_at_sites_and_hold_three_to_seven() -> None:
    sites = {site["key"] for site in SCHOOL["sites"]}
    assert {group["site"] for group in SCHOOL["groups"]} == sites
    assert all(3 <= group["ages"][0] <= group["ages"][1] <= 7 for group in SCHOOL["groups"])
    assert SCHOOL["profile"] in resources.profiles()
    assert SCHOOL["protocol"] in resources.protocols()


def test_there_are_enough_names_for_a_large_school() -> None:
    dutch = NAMES["dutch"]
    children = len(dutch["girls"]) + len(dutch["boys"])
    assert children * len(dutch["surnames"]) > 4_000
    assert len(NAMES["boats"]["ships"]) > 40


def test_no_list_names_anybody_twice() -> None:
    for people in ("dutch", "polish"):
        for key, names in NAMES[people].items():
            shown = [str(name) for name in names]
            assert len(set(shown)) == len(shown), f"{people}.{key}"


def test_hard_names_are_hard() -> None:
    surnames, given = hard("surname"), hard("given")
    assert all(letter in given + surnames for letter in "ëŞıŁŻđßö'-")
    assert "'t" in [row["prefix"] for row in NAMES["hard"]]
    assert "IJzerman" in surnames
    assert max(len(f"{r['given']} {r['prefix']} {r['surname']}") for r in NAMES["hard"]) >= 60


def test_every_name_is_written_composed() -> None:
    for row in NAMES["hard"]:
        whole = f"{row['given']} {row['prefix']} {row['surname']}"
        assert unicodedata.is_normalized("NFC", whole)
        assert row["reason"]
