"""The sample school as a register, made once and copied per test.

def test_something(sample: Sample) -> None:
    session = sample.teacher()      # locks whoever was signed in before
    …
"""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from app.clock import SetClock
from app.demo.school import demo_users, make_demo
from app.override import override
from tests.registers import NOW, Login, School, vault_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.register.session import LocalSession


class Sample(School):
    """A copy of the sample school with its documented users."""

    @override
    def director(self) -> LocalSession:
        """The director, signed in."""
        return self.unlock(login("director"))

    @override
    def administrator(self) -> LocalSession:
        """The administrator, signed in."""
        return self.unlock(login("administrator"))

    @override
    def teacher(self) -> LocalSession:
        """The teacher, signed in."""
        return self.unlock(login("teacher"))


@cache
def login(role: str) -> Login:
    """The documented user with this role."""
    user = next(user for user in demo_users() if user.role == role)
    return Login(user.name, user.phrase, (role,))


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample school that every test gets a copy of; not to be opened itself."""
    place = tmp_path_factory.mktemp("sample")
    folder, remembered = place / "register", place / "remembered"
    make_demo(vault_for(SetClock(NOW), remembered), folder).lock()
    return Sample(folder, remembered, "")


@pytest.fixture
def sample(sample_template: Sample, tmp_path: Path) -> Iterator[Sample]:
    """A sample school of this test's own."""
    copy = Sample(tmp_path / "register", tmp_path / "remembered", "")
    shutil.copytree(sample_template.folder, copy.folder)
    shutil.copytree(sample_template.remembered, copy.remembered)
    yield copy
    copy.lock()
