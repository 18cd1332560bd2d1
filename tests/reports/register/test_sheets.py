from __future__ import annotations

import pytest

from reports.press import PaperPress
from tests.reports.looking import texts
from tests.reports.papers import access_paper, recovery_paper


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_recovery_sheet_is_one_page_with_the_whole_code(language: str) -> None:
    paper = recovery_paper(language=language)
    (text,) = texts(PaperPress().draw(paper))
    places = [text.index(group) for group in paper.code.split("-")[2:]]
    assert places == sorted(places)
    assert paper.fingerprint in text
    assert paper.director in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_access_sheet_names_user_role_and_code(language: str) -> None:
    paper = access_paper(language=language)
    (text,) = texts(PaperPress().draw(paper))
    assert all(group in text for group in paper.code.split("-"))
    assert paper.user in text
    assert paper.roles in text


def test_no_text_id_is_left_on_the_sheets() -> None:
    for paper in (recovery_paper(), access_paper(), access_paper(language="en")):
        assert "paper." not in texts(PaperPress().draw(paper))[0]
