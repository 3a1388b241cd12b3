"""Projects of users of the plugin; a module that has them says `pytest_plugins = ["pytester"]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faces.projects import Project


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A folder for the tests of a user. Where these are set, pytest prints faults twice."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    return Project(pytester)


@pytest.fixture(scope="session")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority")


@pytest.fixture
def authority(_authority: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an authority that is not this user's own."""
    monkeypatch.setenv("MOCK_NETFLIX_AUTHORITY", str(_authority))
    return _authority
