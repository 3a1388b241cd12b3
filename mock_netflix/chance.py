"""The only source of chance but the commands and faces: what differs between two servers, and what nobody may guess.

Everything else is derived from a seed (`world/identifiers.py`), and so the same at every start.
"""

from __future__ import annotations

import secrets

_BYTES = 16


def instance_id() -> str:
    """Tells this start of a server from every other."""
    return secrets.token_hex(_BYTES)


def control_token() -> str:
    """Opens the mock's own side to whoever was told of it."""
    return secrets.token_hex(_BYTES)
