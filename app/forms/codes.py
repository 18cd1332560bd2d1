"""The code on every page of a form: which register, form and page it is, with check characters.

A code reads `BB1:<register 8>:<form number>:<page>/<pages>:<check 4>`. The check characters
tell a misread, damaged or foreign code from one of ours; they prove nothing about who printed
it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.errors import Refusal

PREFIX = "BB1"
_CHECK_LENGTH = 4
_PARTS = 5


@dataclass(frozen=True, slots=True)
class PageCode:
    """What one printed page says about itself.

    Attributes:
        register: first eight characters of the register's id.
        number: number of the form.
        page, pages: this page and the number of pages of the form, from 1.
    """

    register: str
    number: str
    page: int
    pages: int

    def text(self) -> str:
        """The code as printed."""
        body = f"{PREFIX}:{self.register}:{self.number}:{self.page}/{self.pages}"
        return f"{body}:{check_of(body)}"


def page_code(form_code: str, page: int, pages: int) -> str:
    """The printed code for one page of a form whose code is `<register 8>:<number>`."""
    register, _, number = form_code.partition(":")
    return PageCode(register, number, page, pages).text()


def read_code(text: str) -> PageCode:
    """What a scanned code says.

    Raises:
        Refusal: `forms.foreign_code` when it is not one of ours or was misread.
    """
    body, _, check = text.rpartition(":")
    parts = text.split(":")
    if len(parts) != _PARTS or parts[0] != PREFIX or check_of(body) != check:
        raise Refusal("forms.foreign_code")
    page, _, pages = parts[3].partition("/")
    if not (page.isdecimal() and pages.isdecimal()):
        raise Refusal("forms.foreign_code")
    return PageCode(parts[1], parts[2], int(page), int(pages))


def check_of(body: str) -> str:
    """The check characters of a printed code."""
    """The check characters of a code, by which one that was misread is noticed."""
    return hashlib.sha256(body.encode()).hexdigest()[:_CHECK_LENGTH].upper()
