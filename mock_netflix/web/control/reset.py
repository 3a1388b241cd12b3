"""The world as it began, in one call: for the pause between two tests.

Each world is reset by itself; the others go on. Of access tokens only the ready ones are good afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping

from mock_netflix.web.control.mounting import Asked, Operation


def reset(asked: Asked) -> Mapping[str, object]:
    """Nothing was ever asked, written, granted, set or broken; snapshots are kept."""
    asked.sandbox.reset()
    return {}


OPERATIONS = (Operation("POST", "/reset", reset, "Bring the world back as it began", status=204),)
