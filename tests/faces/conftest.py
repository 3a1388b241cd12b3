"""Projects of users of the plugin; a module that has them says `pytest_plugins = ["pytester"]`."""

from __future__ import annotations

import pytest

from tests.faces.projects import Project


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A folder for the tests of a user. Where these are set, pytest prints faults twice."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    return Project(pytester)
