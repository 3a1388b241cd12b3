"""Projects of users of the plugin; a module that has them says `pytest_plugins = ["pytester"]`."""

from __future__ import annotations

import pytest

from tests.faces.projects import Project


@pytest.fixture
def project(pytester: pytest.Pytester) -> Project:
    """A folder for the tests of a user."""
    return Project(pytester)
