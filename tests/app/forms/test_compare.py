"""What changed between two form versions: tables, and what holds for any two."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consent.records import FormVersion
from app.consent.uses import first_channels
from app.forms.compare import Kind, Reask, blocks, compare, widened_since
from app.forms.content import Content, content_of, draft_content
from app.record import Compartment

if TYPE_CHECKING:
    from tests.sample import Sample

DAY = date(2026, 11, 22)
CHANNELS = ("parent_page", "website", "press")
WIDER = ("scope", "public", "outside_eea", "start", "end")


def content(
    uses: tuple[str, ...] = ("photo:parent_page:1", "photo:website:1"),
    until: date | None = None,
    **channels: dict[str, Any],
) -> Content:
    """A content with few words; more about a channel by its key."""
    plain = {
        "languages": {"nl": {"title": "Toestemming", "rights": {"items": ["Vrij."]}}},
        "channels": [
            {
                "key": key,
                "audience": "closed",
                "outside_eea": False,
                "start": "",
                "end": "",
                "texts": {"nl": {"name": key, "explanation": "Uitleg."}},
                **channels.get(key, {}),
            }
            for key in CHANNELS
        ],
        "media": [{"key": "photo", "name": {"nl": "Foto"}, "explain": {"nl": "Beeld."}}],
        "conditions": [{"key": "no_name", "name": {"nl": "zonder naam"}}],
        "controller": {"name": "Bestuur", "address": "", "contact": "a@b.example"},
    }
    return Content(uses, json.dumps(plain), valid_until=until)


OLD = content()
ONE_OFF = {"start": "2026-05-01", "end": "2026-05-31"}


def changed(new: Content, old: Content = OLD) -> list[tuple[str, str]]:
    return [(one.use, one.kind) for one in compare(old, new).uses]


PAGE, SITE = "photo:parent_page", "photo:website"

ROWS = [
    ("the same", content(), []),
    ("a use more", content((*OLD.uses, "film:website:1")), [("film:website", "added")]),
    ("a use less", content(OLD.uses[:1]), [(SITE, "removed")]),
    ("scope raised", content(("photo:parent_page:2", "photo:website:1")), [(PAGE, "widened")]),
    ("public now", content(parent_page={"audience": "public"}), [(PAGE, "widened")]),
    ("social now", content(parent_page={"audience": "social"}), [(PAGE, "widened")]),
    ("printed now", content(parent_page={"audience": "print"}), []),
    ("outside the EEA now", content(website={"outside_eea": True}), [(SITE, "widened")]),
    ("one-off now", content(website=ONE_OFF), [(SITE, "narrowed")]),
    ("other words", content(website={"texts": {"nl": {"name": "Blog"}}}), [(SITE, "reworded")]),
    ("a translation", content(website={"texts": {"nl": {"name": "website", "explanation": "Uitleg."}, "pl": {"name": "Strona"}}}), [(SITE, "reworded")]),
    ("wider and other words", content(website={"outside_eea": True, "texts": {"nl": {"name": "Blog"}}}), [(SITE, "widened")]),
    ("another channel instead", content(("photo:press:1",)), [("photo:press", "added"), (PAGE, "removed"), (SITE, "removed")]),
]  # fmt: skip


@pytest.mark.parametrize(("new", "found"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_each_change_of_a_use_has_its_kind(new: Content, found: list[tuple[str, str]]) -> None:
    assert changed(new) == found


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (ONE_OFF, {**ONE_OFF, "end": "2026-06-30"}, "widened"),
        (ONE_OFF, {**ONE_OFF, "end": ""}, "widened"),
        (ONE_OFF, {**ONE_OFF, "start": "2026-04-01"}, "widened"),
        (ONE_OFF, {**ONE_OFF, "start": ""}, "widened"),
        (ONE_OFF, {**ONE_OFF, "end": "2026-05-15"}, "narrowed"),
        (ONE_OFF, {"start": "2026-05-15", "end": "2026-06-15"}, "widened"),
        ({"outside_eea": True}, {"outside_eea": False}, "narrowed"),
        ({"audience": "press"}, {"audience": "closed"}, "narrowed"),
        ({"audience": "press"}, {"audience": "social"}, None),
    ],
)
def test_what_is_more_is_asked_again_and_what_is_less_is_not(
    before: dict[str, Any], after: dict[str, Any], kind: str | None
) -> None:
    found = compare(content(website=before), content(website=after))
    assert [one.kind for one in found.uses] == ([kind] if kind else [])
    assert found.asked_again == ((SITE,) if kind == "widened" else ())


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, None, None),
        (DAY, DAY, None),
        (None, DAY, "narrowed"),
        (DAY, None, "widened"),
        (DAY, date(2027, 1, 1), "widened"),
        (DAY, date(2026, 1, 1), "narrowed"),
    ],
)
def test_a_longer_period_is_told(
    before: date | None, after: date | None, kind: str | None
) -> None:
    assert compare(content(until=before), content(until=after)).period == kind


def test_texts_are_compared_block_by_block_in_each_language(sample: Sample) -> None:
    old = of_sample(sample)
    plain = json.loads(old.wording)
    plain["languages"]["pl"]["rights"]["items"][0] = "Inaczej."
    plain["languages"]["nl"].pop("authority")
    plain["languages"]["de"]["extra"] = {"heading": "Mehr", "text": "Noch etwas."}
    found = compare(old, replace(old, wording=json.dumps(plain)))
    assert [(one.language, one.block, one.kind) for one in found.texts] == [
        ("nl", "authority", Kind.REMOVED),
        ("de", "extra", Kind.ADDED),
        ("pl", "rights", Kind.REWORDED),
    ]
    assert found.texts[1].after == ("Mehr", "Noch etwas.")
    assert found.uses == ()


def of_sample(sample: Sample) -> Content:
    with sample.administrator().look(Compartment.CONSENT) as reader:
        return draft_content(reader)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every text."""
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [leaf for n, inner in enumerate(value) for leaf in leaves(inner, (*path, n))]
    return [path] if isinstance(value, str) else []


def put(value: Any, path: tuple[Any, ...], text: str) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = text


def test_every_text_counts_in_the_hash_and_in_the_comparison(sample: Sample) -> None:
    old = of_sample(sample)
    plain = json.loads(old.wording)
    identity = {"key", "audience", "start", "end"}
    for path in leaves(plain):
        other = json.loads(old.wording)
        put(other, path, "2026-12-31" if path[-1] in ("start", "end") else "Anders")
        new = replace(old, wording=json.dumps(other))
        assert new.digest != old.digest, path
        if path[-1] not in identity:
            assert compare(old, new), path


def test_uses_period_and_kind_of_form_count_in_the_hash() -> None:
    others = (
        replace(OLD, uses=OLD.uses[:1]),
        replace(OLD, channel="once_trip"),
        replace(OLD, valid_until=DAY),
    )
    assert len({OLD.digest, *(one.digest for one in others)}) == 4


# -- whatever two contents there are --------------------------------------------------------

channel = st.fixed_dictionaries(
    {
        "audience": st.sampled_from(["closed", "print", "public", "social"]),
        "outside_eea": st.booleans(),
        "start": st.sampled_from(["", "2026-05-01", "2026-06-01"]),
        "end": st.sampled_from(["", "2026-07-01", "2026-08-01"]),
        "texts": st.sampled_from([{}, {"nl": {"name": "A"}}, {"de": {"name": "B"}}]),
    }
)
asked = st.lists(
    st.tuples(st.sampled_from(["photo", "film"]), st.sampled_from(CHANNELS)), unique=True
)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    scopes = {key: draw(st.integers(1, 3)) for key in CHANNELS}
    uses = tuple(f"{medium}:{key}:{scopes[key]}" for medium, key in draw(asked))
    channels = {key: draw(channel) for key in CHANNELS}
    return content(uses, draw(st.sampled_from([None, DAY])), **channels)


def widened(old: Content, new: Content) -> set[str]:
    return {one.use for one in compare(old, new).uses if one.kind is Kind.WIDENED}


@given(contents())
def test_nothing_changes_from_a_version_to_itself(one: Content) -> None:
    assert not compare(one, one)


@given(contents(), contents())
def test_what_is_asked_after_is_old_added_or_changed(old: Content, new: Content) -> None:
    found = {one.use: one.kind for one in compare(old, new).uses}
    before, after = ({one.use for one in each.asked()} for each in (old, new))
    assert {use for use, kind in found.items() if kind is Kind.ADDED} == after - before
    assert {use for use, kind in found.items() if kind is Kind.REMOVED} == before - after


@given(contents(), contents(), contents())
def test_what_was_widened_on_a_straight_way_was_widened_in_one_of_its_steps(
    one: Content, two: Content, three: Content
) -> None:
    uses = {each.use for each in two.asked()}
    on_the_way = widened(one, two) | widened(two, three)
    assert (widened(one, three) & uses) <= on_the_way


@given(contents(), contents(), st.sampled_from(CHANNELS), st.sampled_from(WIDER))
def test_making_a_use_wider_still_never_lets_it_be_asked_less(
    old: Content, new: Content, key: str, how: str
) -> None:
    wider = _wider(new, key, how)
    assert widened(old, new) <= widened(old, wider)


def _wider(one: Content, key: str, how: str) -> Content:
    plain = json.loads(one.wording)
    held = next(item for item in plain["channels"] if item["key"] == key)
    held |= {
        "scope": {}, "public": {"audience": "public"}, "outside_eea": {"outside_eea": True},
        "start": {"start": ""}, "end": {"end": ""},
    }[how]  # fmt: skip
    raised = how == "scope"
    uses = tuple(
        f"{use}:{int(scope) + (raised and use.endswith(':' + key))}"
        for use, _, scope in (text.rpartition(":") for text in one.uses)
    )
    return replace(one, uses=uses, wording=json.dumps(plain))


# -- what has to be asked again -------------------------------------------------------------


def version(number: int, one: Content) -> FormVersion:
    return FormVersion(
        id=f"v{number}", number=number, frozen_on=DAY, uses=one.uses, wording=one.wording,
        digest=one.digest, recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip


def test_each_use_is_asked_again_since_the_version_that_widened_it_last() -> None:
    steps = (
        content(),
        content(website={"outside_eea": True}),
        content((*OLD.uses, "film:website:1"), website={"outside_eea": True}),
        content(("photo:parent_page:2", "photo:website:1", "film:website:1"), website={"outside_eea": True}),
        content(("photo:parent_page:2", "film:website:1"), website={"outside_eea": True}),
    )  # fmt: skip
    versions = [version(number, one) for number, one in enumerate(steps, 1)]
    assert widened_since(versions[:1]) == widened_since([]) == ()
    assert widened_since(versions[:2]) == (Reask(SITE, 2),)
    assert widened_since(versions[:3]) == (Reask(SITE, 2), Reask("film:website", 3, new=True))
    assert widened_since(versions) == (Reask(PAGE, 4), Reask("film:website", 3, new=True))


def test_what_was_dropped_and_came_back_is_new() -> None:
    less = content(OLD.uses[:1])
    versions = [version(n, one) for n, one in enumerate((OLD, less, OLD), 1)]
    assert widened_since(versions) == (Reask(SITE, 3, new=True),)


def test_a_version_gives_its_content_back() -> None:
    assert content_of(version(1, OLD)) == OLD
    assert blocks(OLD, "nl")["rights"] == ("Vrij.",)


def test_the_first_channels_are_said_in_every_language() -> None:
    assert all(
        channel.texts.missing(("name", "explanation", "example"), "pl") == ()
        for channel in first_channels()
    )
