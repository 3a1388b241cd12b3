"""The two token calls of the dance, and the clock (reference: protocol 3, 5, 6).

request_token ──> (the person signs in and allows: web/login.py) ──> access_token
"""

from __future__ import annotations

import re

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Form
from mock_netflix.wire.vocabulary import leaf
from mock_netflix.world.grants import OUT_OF_BAND, issue_request_token, redeem
from mock_netflix.world.refusals import ParameterInvalid

# Any scheme may be called back: applications on phones have their own (reference: protocol 4.3).
# What these lead to is a program, not a place.
_PROGRAMS = ("javascript", "data", "vbscript")
_LONGEST_CALLBACK = 4000
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def is_callback(text: str) -> bool:
    """Whether a callback is an address to be led back to, short enough for a header."""
    if len(text) > _LONGEST_CALLBACK or _ADDRESS.fullmatch(text) is None:
        return False
    return text.partition(":")[0].lower() not in _PROGRAMS


def _request_token(call: Call) -> Answer:
    # An empty callback is none, as on the login page (reference: protocol 4.3).
    asked = call.parameters.get("oauth_callback") if call.edition.callbacks else None
    callback = asked or None
    if callback not in (None, OUT_OF_BAND) and not is_callback(callback):
        raise ParameterInvalid("oauth_callback")
    application = call.caller.application
    grants, token = issue_request_token(call.state.grants, application, callback, call.wall)
    members = [
        ("oauth_token", token.token),
        ("oauth_token_secret", token.secret),
        ("application_name", application.name),
        ("login_url", call.links.login(token.token)),
    ]
    if callback is not None:
        members.append(("oauth_callback_confirmed", "true"))
    return Answer(Form(tuple(members)), state=call.state.with_grants(grants))


def _access_token(call: Call) -> Answer:
    asked = call.caller.request_token
    assert asked is not None  # the level of the endpoint
    verifier = call.parameters.get("oauth_verifier")
    grants, token = redeem(call.state.grants, asked, verifier, call.wall, call.state.rules)
    members = (("oauth_token", token.token), ("user_id", token.user_id), ("oauth_token_secret", token.secret))
    return Answer(Form(members), state=call.state.with_grants(grants))


def _clock(call: Call) -> Answer:
    return Answer(leaf("time", call.wall))


ENDPOINTS = (
    Endpoint(
        name="oauth.request_token",
        paths=("/oauth/request_token",),
        level=Level.SIGNED,
        verbs={"GET": _request_token, "POST": _request_token},
        title="Request token",
        record="captured",
        source="protocol 3",
        bare=True,
    ),
    Endpoint(
        name="oauth.access_token",
        paths=("/oauth/access_token",),
        level=Level.REQUEST,
        verbs={"GET": _access_token, "POST": _access_token},
        title="Access token",
        record="captured",
        source="protocol 5",
        bare=True,
    ),
    Endpoint(
        name="oauth.clock",
        paths=("/oauth/clock/time",),
        level=Level.KEY,
        verbs={"GET": _clock},
        title="Clock",
        record="captured",
        source="protocol 6",
    ),
)
