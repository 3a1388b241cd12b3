"""What holds for every endpoint, walked row by row: its answers, its refusals, its verbs and its manners.

The answers lie in tests/goldens, one file for each endpoint and form, and are to be read as diffs. They are written
anew with MOCK_NETFLIX_UPDATE_GOLDENS=1.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx
import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Endpoint
from tests.clients.signer import signed
from tests.resources.in_process import SITE, Api, refusal
from tests.resources.lantern import the_lantern_world
from tests.resources.samples import EACH, LISTS, OF_THE_SITE, OF_USERS, SAMPLES, SECURED, forms, sample
from tests.wire.rfc4287 import complaints
from tests.wire.trees import rewritten
from tests.worlds import NOW

GOLDENS = Path(__file__).parent.parent / "goldens"
UPDATE = "MOCK_NETFLIX_UPDATE_GOLDENS" in os.environ
WORLD = the_lantern_world()
MEDIA_TYPES = {
    "xml": "application/xml;charset=UTF-8",
    "json": "application/json;charset=UTF-8",
    "atom": "application/atom+xml;charset=UTF-8",
    "rss": "text/xml;charset=UTF-8",
    "form": "application/x-www-form-urlencoded",
}
# Under which the subscriber of the token is known besides the id.
NAMES = ("current", "@me", "$uid", WORLD.access_token.token)
VERBS = ("GET", "POST", "PUT", "DELETE")


def walk(endpoints: tuple[Endpoint, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("endpoint", endpoints, ids=lambda endpoint: endpoint.name)


def ask(endpoint: Endpoint, verb: str | None = None, *, slash: str = "", **further: str) -> httpx.Response:
    """An endpoint asked as its sample says, in a fresh world."""
    parameters = {**sample(endpoint).parameters, **further}
    return Api(WORLD).send(
        verb or next(iter(endpoint.verbs)), sample(endpoint).path + slash, parameters, endpoint.level
    )


def in_form(endpoint: Endpoint, form: str) -> httpx.Response:
    return ask(endpoint) if form == forms(endpoint)[0] else ask(endpoint, output=form)


def readable(response: httpx.Response, form: str) -> str:
    """An answer as its golden has it: JSON with one member a line."""
    return json.dumps(response.json(), indent=2, ensure_ascii=False) + "\n" if form == "json" else response.text


def test_every_endpoint_has_a_sample_and_every_sample_an_endpoint():
    assert [endpoint.name for endpoint in ENDPOINTS] == list(SAMPLES)


@pytest.mark.parametrize(
    ("endpoint", "form"),
    [pytest.param(endpoint, form, id=f"{endpoint.name}.{form}") for endpoint in ENDPOINTS for form in forms(endpoint)],
)
def test_an_answer_is_the_golden_one(endpoint, form):
    response = in_form(endpoint, form)
    golden = GOLDENS / f"{endpoint.name}.{form}"
    if UPDATE:
        golden.write_text(readable(response, form))
    assert (response.status_code, response.headers["content-type"]) == (200, MEDIA_TYPES[form])
    assert readable(response, form) == golden.read_text()


def test_every_golden_belongs_to_an_endpoint():
    expected = {f"{endpoint.name}.{form}" for endpoint in ENDPOINTS for form in forms(endpoint)}
    assert {path.name for path in GOLDENS.iterdir()} == expected


@walk(tuple(endpoint for endpoint in EACH if "xml" in forms(endpoint) and "json" in forms(endpoint)))
def test_the_json_is_the_rewrite_of_the_xml(endpoint):
    assert in_form(endpoint, "json").json() == rewritten(in_form(endpoint, "xml").content)


@walk(LISTS)
def test_the_atom_of_a_list_has_all_that_atom_demands(endpoint):
    assert complaints(in_form(endpoint, "atom").content) == []


@walk(LISTS)
def test_atomx_is_atom_that_a_browser_shows_as_xml(endpoint):
    """reference: protocol 9.5."""
    response = ask(endpoint, output="atomx")
    assert response.headers["content-type"] == MEDIA_TYPES["xml"]
    assert response.text.replace("output=atomx", "output=atom") == in_form(endpoint, "atom").text


@walk(EACH)
@pytest.mark.parametrize("output", ["pox", "xml", "POX", ""])
def test_the_names_of_the_usual_form_change_nothing(endpoint, output):
    assert ask(endpoint, output=output).text == ask(endpoint).text


@pytest.mark.parametrize(
    ("endpoint", "path"), [pytest.param(one, path, id=path) for one in EACH for path in sample(one).paths]
)
def test_every_address_of_an_endpoint_is_answered(endpoint, path):
    response = Api(WORLD).send("GET", path, sample(endpoint).parameters, endpoint.level)
    assert response.status_code == 200


@walk(EACH)
def test_without_a_consumer_key_nothing_is_answered(endpoint):
    response = Api(WORLD).unsigned("GET", sample(endpoint).path, sample(endpoint).parameters)
    assert refusal(response) == (400, "Missing Required Consumer Key")
    assert response.headers["x-mashery-error-code"] == "ERR_400_MISSING_REQUIRED_CONSUMER_KEY"


@walk(EACH)
def test_a_consumer_key_that_does_not_exist_is_refused(endpoint):
    response = Api(WORLD).unsigned("GET", sample(endpoint).path, {"oauth_consumer_key": "nobody"})
    assert refusal(response) == (403, "Invalid Consumer Key")


@walk(SECURED)
def test_what_must_be_signed_is_refused_unsigned(endpoint):
    """client-demands 11: timestamp, nonce and method may be there without a signature."""
    api = Api(WORLD)
    unsigned = {"oauth_timestamp": NOW, "oauth_nonce": "n", "oauth_signature_method": "HMAC-SHA1", "oauth_token": "t"}
    response = api.unsigned("GET", sample(endpoint).path, {**api.key, **unsigned})
    assert refusal(response) == (401, "Invalid Signature")


@walk(SECURED)
def test_a_signature_with_another_secret_is_refused(endpoint):
    api = Api(WORLD)
    token = ("", "") if endpoint.level is Level.SIGNED else api.token_for(endpoint.level)
    url = signed(
        "GET",
        api.base + sample(endpoint).path,
        {},
        consumer=(api.consumer[0], "other"),
        token=token,
        timestamp=str(NOW),
    )
    assert refusal(api.request("GET", url)) == (401, "Invalid Signature")


@walk(tuple(endpoint for endpoint in EACH if endpoint.level in (Level.REQUEST, Level.PROTECTED)))
def test_what_needs_a_token_is_refused_without_one(endpoint):
    kind = "Request" if endpoint.level is Level.REQUEST else "Access"
    response = Api(WORLD).get(sample(endpoint).path, Level.SIGNED)
    assert refusal(response) == (400, f"Missing Required {kind} Token")


@walk(tuple(endpoint for endpoint in EACH if endpoint.level in (Level.KEY, Level.SIGNED) and not endpoint.bare))
def test_what_needs_no_token_is_answered_with_one_as_well(endpoint):
    """One client signs everything with the user's token (reference: protocol 2)."""
    response = Api(WORLD).send("GET", sample(endpoint).path, sample(endpoint).parameters, Level.PROTECTED)
    assert response.text == ask(endpoint).text


@walk(EACH)
def test_the_gateway_speaks_bare_text_at_the_token_calls_and_status_documents_elsewhere(endpoint):
    response = Api(WORLD).unsigned("GET", sample(endpoint).path, {})
    bare = response.text == "Missing Required Consumer Key"
    assert bare is endpoint.name.endswith("_token") is endpoint.bare
    assert bare or "<status_code>400</status_code>" in response.text


@walk(EACH)
def test_a_verb_that_an_endpoint_has_not_is_answered_with_those_it_has(endpoint):
    """In the service's own document, in the form that was asked for (reference: protocol 7.1)."""
    for verb in (*(verb for verb in VERBS if verb not in endpoint.verbs), "OPTIONS", "PATCH"):
        response = ask(endpoint, verb, output="json")
        assert response.headers["allow"] == ", ".join(endpoint.verbs)
        assert response.json() == {"status": {"status_code": "405", "message": "Method Not Allowed"}}
        assert refusal(ask(endpoint, verb)) == (405, "Method Not Allowed")


@walk(ENDPOINTS)
def test_head_is_get_without_a_body(endpoint):
    head = ask(endpoint, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == ask(endpoint).headers["content-type"]


@walk(EACH)
@pytest.mark.parametrize("method", ["GET", "get"])
def test_a_verb_may_be_tunnelled_through_another(endpoint, method):
    """Signed with the verb that was sent (reference: protocol 8.4)."""
    assert ask(endpoint, "POST", method=method).text == ask(endpoint).text


@walk(EACH)
def test_a_tunnelled_verb_goes_before_the_one_sent(endpoint):
    other = next(verb for verb in ("DELETE", "PUT", "POST") if verb not in endpoint.verbs)
    assert refusal(ask(endpoint, "GET", method=other.lower())) == (405, "Method Not Allowed")
    assert refusal(ask(endpoint, "GET", method="dance")) == (400, "method is invalid")


@walk(ENDPOINTS)
def test_a_trailing_slash_makes_no_difference(endpoint):
    """client-demands 15."""
    assert ask(endpoint, slash="/").text == ask(endpoint).text


@walk(ENDPOINTS)
def test_an_unknown_parameter_is_ignored(endpoint):
    assert ask(endpoint, colour="blue", etag="").text == ask(endpoint).text


@walk(EACH)
@pytest.mark.parametrize("output", ["rss", "yaml", "jsonp"])
def test_an_unknown_form_is_refused(endpoint, output):
    assert refusal(ask(endpoint, output=output)) == (400, "output is invalid")


@walk(tuple(endpoint for endpoint in EACH if not endpoint.listed))
@pytest.mark.parametrize("output", ["atom", "atomx"])
def test_what_is_no_list_has_no_atom(endpoint, output):
    assert refusal(ask(endpoint, output=output)) == (400, "output is invalid")


@walk(tuple(endpoint for endpoint in EACH if endpoint.xml_only))
def test_a_file_has_no_other_form_than_xml(endpoint):
    """reference: resources 2.3."""
    assert ask(endpoint, output="json").json() == {"status": {"status_code": "400", "message": "output is invalid"}}


@walk(tuple(endpoint for endpoint in EACH if not endpoint.bare))
@pytest.mark.parametrize("version", ["2", "2.0"])
def test_version_2_is_not_supported_yet(endpoint, version):
    """Version errors have only a message (reference: protocol 7.1)."""
    told = {"status": {"message": "Version not supported"}}
    response = ask(endpoint, v=version)
    assert (response.status_code, rewritten(response.content)) == (400, told)
    assert ask(endpoint, v=version, output="json").json() == told


@walk(tuple(endpoint for endpoint in EACH if endpoint.bare))
def test_the_token_calls_have_no_versions(endpoint):
    """A client sends `output=json` and `v=2.0` there and reads the same members (reference: protocol 3.1)."""
    assert ask(endpoint, v="2.0", output="json").json() == ask(endpoint, output="json").json()


@walk(EACH)
@pytest.mark.parametrize("version", ["1.0", "1.5", ""])
def test_the_older_versions_are_the_usual_one(endpoint, version):
    assert ask(endpoint, v=version).text == ask(endpoint).text


@walk(EACH)
def test_a_refused_request_leaves_the_world_the_same(endpoint):
    api = Api(WORLD)
    api.unsigned("GET", sample(endpoint).path, {})
    api.unsigned("GET", sample(endpoint).path, {**api.key, "output": "rss"})
    api.unsigned("POST", sample(endpoint).path, {**api.key, "feed_token": "T1"})
    assert api.sandbox.state is WORLD


@walk(OF_USERS)
def test_another_subscriber_s_resources_are_refused(endpoint):
    kim = next(one for one in WORLD.subscribers.values() if one.login.startswith("kim"))
    path = sample(endpoint).path.replace(WORLD.subscriber.user_id, kim.user_id)
    assert refusal(Api(WORLD).get(path)) == (401, "User ID access token mismatch")


@walk(OF_USERS)
def test_an_id_of_nobody_is_refused(endpoint):
    path = sample(endpoint).path.replace(WORLD.subscriber.user_id, f"T1{'x' * 43}-")
    assert refusal(Api(WORLD).get(path)) == (401, "User ID is invalid")


@pytest.mark.parametrize(
    ("endpoint", "name"),
    # The endpoint /users/current is another one than /users/{user}.
    [(endpoint, name) for endpoint in OF_USERS for name in NAMES if (endpoint.name, name) != ("users.user", "current")],
    ids=lambda value: str(getattr(value, "name", value))[:24],
)
def test_the_subscriber_of_the_token_has_other_names_and_links_echo_them(endpoint, name):
    """The access token, an alias, or no id at all (reference: client-demands 7, walkthrough 5)."""
    path = sample(endpoint).path.replace(WORLD.subscriber.user_id, name)
    usual = ask(endpoint).text.replace(f"/users/{WORLD.subscriber.user_id}/", f"/users/{name}/")
    assert Api(WORLD).get(path, **sample(endpoint).parameters).text == usual


@walk(OF_THE_SITE)
def test_a_feed_of_the_site_is_read_by_anybody_and_only_read(endpoint):
    api = Api(WORLD, SITE)
    for verb in ("POST", "PUT", "DELETE", "OPTIONS"):
        response = api.unsigned(verb, sample(endpoint).path, {**sample(endpoint).parameters, "method": "GET"})
        assert refusal(response) == (405, "Method Not Allowed")
        assert response.headers["allow"] == "GET"
    assert ask(endpoint, oauth_consumer_key="nobody", output="json", v="2.0").text == ask(endpoint).text
    assert api.sandbox.state is WORLD
