"""What real clients do on the wire, rule by rule (reference: client-demands)."""

from __future__ import annotations

import gzip
import re
import time
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest

from mock_netflix.world import identifiers
from mock_netflix.world.grants import Application
from tests.clients import signer, wire

FORM = "Content-Type: application/x-www-form-urlencoded"
CLOSE = "Connection: close"
DECLARATION = b'<?xml version="1.0" standalone="yes"?>'
SCHEMES = re.compile(r'scheme="(http://[^/"]+)/categories/')


def keys(mock) -> dict[str, tuple[str, str]]:
    """What a signature of the ready subscriber is made with."""
    ready, application = mock.state.access_token, mock.application
    return {"consumer": (application.key, application.secret), "token": (ready.token, ready.secret)}


def sent(mock, target: str, *headers: str, host: str | None = None, **more) -> wire.Answer:
    name = mock.url.removeprefix("http://") if host is None else host
    return wire.sent(mock.url, wire.request(target, f"Host: {name}", CLOSE, *headers, **more), more.get("verb", "GET"))


def signed_target(mock, path: str, base: str, verb: str = "GET", **plain: str) -> str:
    """The target of a request whose signature covers this base address."""
    return signer.signed(verb, base + path, plain, **keys(mock)).removeprefix(base)


def status_of(answer) -> int:
    return answer.status if isinstance(answer, wire.Answer) else answer.status_code


def document(answer) -> ElementTree.Element:
    assert status_of(answer) == 200, answer.text
    return ElementTree.fromstring(answer.content)


def refused(answer) -> tuple[int, str | None]:
    return status_of(answer), ElementTree.fromstring(answer.content).findtext("message")


# Rule 1: the signature is verified against the host that was asked.


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("api.netflix.com", "http://api.netflix.com"),
        ("API.Netflix.COM", "http://api.netflix.com"),
        ("api.netflix.com:80", "http://api.netflix.com"),
        ("api.netflix.com:8080", "http://api.netflix.com:8080"),
        ("api.netflix.com:443", "http://api.netflix.com:443"),
        ("api-public.netflix.com", "http://api-public.netflix.com"),
        ("localhost:1234", "http://localhost:1234"),
        ("mock.test", "http://mock.test"),
        ("[::1]:1234", "http://[::1]:1234"),
    ],
)
def test_rule_1_the_host_header_is_what_was_signed(mock, host, covered):
    """In lower case, without the default port; never a configured address."""
    target = signed_target(mock, "/users/current", covered)
    assert document(sent(mock, target, host=host)).tag == "resource"
    assert refused(sent(mock, target, host="other.example")) == (401, "Invalid Signature")


# Rule 2: links lead back to the host that was asked.


@pytest.mark.parametrize(
    ("host", "links", "schemes"),
    [
        ("api.netflix.com", "http://api.netflix.com", "http://api.netflix.com"),
        ("api-public.netflix.com", "http://api-public.netflix.com", "http://api-public.netflix.com"),
        ("localhost:1234", "http://localhost:1234", "http://api.netflix.com"),
        ("mock.test", "http://mock.test", "http://api.netflix.com"),
    ],
)
def test_rule_2_addresses_lead_back_and_schemes_are_those_of_the_service(mock, host, links, schemes):
    target = signed_target(mock, f"{mock.user}/rental_history", f"http://{host}", expand="formats")
    answer = sent(mock, target, host=host)
    history = document(answer)
    rels = {link.get("rel") for link in history.iter("link")} - {"alternate"}
    api_links = [link for link in history.iter("link") if link.get("rel") == "http://schemas.netflix.com/catalog/title"]
    assert all(rel.startswith("http://schemas.netflix.com/") for rel in rels)
    assert {item.findtext("id").startswith(f"{links}/users/") for item in history.iter("rental_history_item")} == {True}
    assert {link.get("href").startswith(f"{links}/catalog/titles/") for link in api_links} == {True}
    assert set(SCHEMES.findall(answer.text)) == {schemes}


def test_rule_2_every_id_of_a_title_can_be_asked_for(mock):
    """A client takes `id` and `href` as its next address."""
    found = document(mock.get("/catalog/titles", term="the", max_results="5"))
    for title in found.iter("catalog_title"):
        assert document(mock.get(title.findtext("id").removeprefix(mock.url))).findtext("id") == title.findtext("id")


# Rule 3: where the signature and the parameters stand.

PLACES = ("query", "header", "body")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("others", ["query", "body"])
def test_rule_3_the_signature_may_stand_anywhere(mock, place, others):
    """The other parameters of a POST come in its body or in its query; empty values come."""
    plain = [("term", "the"), ("method", "GET"), ("start_index", "0"), ("position", ""), ("expand", "")]
    protocol = signer.oauth_parameters("POST", f"{mock.url}/catalog/titles", plain, **keys(mock))
    query = (plain if others == "query" else []) + (protocol if place == "query" else [])
    body = (plain if others == "body" else []) + (protocol if place == "body" else [])
    headers = [FORM, f"Authorization: {signer.authorization(protocol)}"] if place == "header" else [FORM]
    target = f"/catalog/titles?{signer.encoded(query)}"
    answer = sent(mock, target, *headers, verb="POST", body=signer.encoded(body).encode())
    assert int(document(answer).findtext("number_of_results")) > 0


# Rule 4: request lines in absolute form.


@pytest.mark.parametrize(
    "base", ["http://api.netflix.com", "http://api-public.netflix.com:80", "HTTP://API.NETFLIX.COM"]
)
@pytest.mark.parametrize("header", ["api.netflix.com", "elsewhere.example", ""])
def test_rule_4_an_absolute_request_line_goes_before_the_host(mock, base, header):
    consumer = keys(mock)["consumer"]
    url = signer.signed("GET", base.lower() + "/oauth/request_token", {}, consumer=consumer)
    answer = sent(mock, base + url[len(base) :], host=header)
    assert dict(parse_qsl(answer.text))["login_url"].startswith("https://api-user.netflix.com/oauth/login?")


def test_rule_4_https_in_an_absolute_request_line_is_covered(mock):
    url = signer.signed("GET", "https://api.netflix.com:443/users/current", {}, **keys(mock))
    assert (
        document(sent(mock, url, host="api.netflix.com")).find("link").get("href").startswith("http://api.netflix.com/")
    )


# Rule 6: token answers may be split without decoding.


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_rule_6_token_answers_need_no_decoding(mock, verb):
    """Split at `&` and `=`, tokens, secrets and user ids are what they are; both verbs do for both calls."""
    consumer = keys(mock)["consumer"]
    asked = mock.http.request(verb, signer.signed(verb, f"{mock.url}/oauth/request_token", {}, consumer=consumer))
    token = dict(pair.split("=") for pair in asked.text.split("&"))
    login = {"oauth_token": token["oauth_token"], "oauth_consumer_key": consumer[0], "application_name": "Green Eggs"}
    person = mock.state.subscriber
    mock.http.post(f"{mock.url}/oauth/login", data={**login, "login": person.login, "password": person.password})
    pair = (token["oauth_token"], token["oauth_token_secret"])
    url = signer.signed(verb, f"{mock.url}/oauth/access_token", {}, consumer=consumer, token=pair)
    access = dict(pair.split("=") for pair in mock.http.request(verb, url).text.split("&"))
    told = [*pair, access["oauth_token"], access["oauth_token_secret"], access["user_id"]]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", one) for one in told)
    assert access["user_id"] == person.user_id


# Rule 7: who the path names.


@pytest.mark.parametrize(
    "segment", ["{access_token}", "$uid", "%24uid", "@me", "current", "{user_id}", "me", "T1", "%C3%A9"]
)
def test_rule_7_the_segment_is_echoed_whoever_it_names(mock, segment):
    """The id, the access token, an alias, or no id at all: all are the token's user."""
    ready = mock.state.access_token
    named = segment.format(access_token=ready.token, user_id=ready.user_id)
    history = document(mock.get(f"/users/{named}/rental_history", max_results="1"))
    echoed = {"%24uid": "$uid"}.get(named, named)
    assert history.findtext("url_template").startswith(f"{mock.url}/users/{echoed}/rental_history?")
    assert history.findtext("rental_history_item/id").startswith(f"{mock.url}/users/{echoed}/rental_history/")
    feeds = document(mock.get(f"/users/{named}/feeds"))
    assert {link.get("href").startswith(f"{mock.url}/users/{echoed}/") for link in feeds} == {True}


@pytest.mark.parametrize("tail", ["", "/feeds", "/rental_history", "/rental_history/shipped"])
def test_rule_7_another_subscriber_is_not_asked_for(mock, tail):
    other = list(mock.state.subscribers)[1]
    assert refused(mock.get(f"/users/{other}{tail}")) == (401, "User ID access token mismatch")


@pytest.mark.parametrize("tail", ["", "/feeds", "/rental_history", "/rental_history/shipped"])
def test_rule_7_an_id_of_nobody_is_no_id(mock, tail):
    nobody = identifiers.user_id("nobody")
    assert refused(mock.get(f"/users/{nobody}{tail}")) == (401, "User ID is invalid")


def test_rule_7_holds_for_feeds_in_words_of_their_own(mock):
    """Opened by its token, a feed may name its subscriber in any way too, but nobody else."""
    name, other = "rental_history.returned", list(mock.state.subscribers)[1]
    for segment in ("@me", "$uid", mock.state.access_token.token):
        assert mock.feed(name, f"/users/{segment}/rental_history/returned").status_code == 200
    told = refused(mock.feed(name, f"/users/{other}/rental_history/returned", output="pox"))
    assert told == (401, "Mismatch between user token and feed token")
    told = refused(mock.feed(name, f"/users/{identifiers.user_id('nobody')}/rental_history/returned", output="pox"))
    assert told == (401, "User not found")


# Rule 8: gzip whenever it is asked for.


@pytest.mark.parametrize(
    "path", ["/oauth/clock/time", "/catalog/titles", "/oauth/request_token", "/nowhere", "/oauth/login"]
)
def test_rule_8_every_answer_is_packed_when_that_is_asked_for(mock, path):
    """One client unpacks without looking: the smallest answer and every refusal come as gzip."""
    target = f"{path}?oauth_consumer_key={mock.application.key}"
    with mock.http.stream("GET", mock.url + target, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == sent(mock, target).content


@pytest.mark.parametrize("path", ["/oauth/clock/time", "/catalog/titles", "/nowhere", "/oauth/login"])
def test_rule_8_packed_or_not_an_answer_says_that_it_depends_on_that(mock, path):
    """The two differ in nothing but the packing, so that a cache between client and mock keeps both."""
    url = f"{mock.url}{path}?oauth_consumer_key={mock.application.key}"
    packed, plain = (mock.http.get(url, headers={"Accept-Encoding": coding}) for coding in ("gzip", "identity"))
    assert plain.headers["vary"] == packed.headers["vary"]
    assert plain.headers["vary"].endswith("Accept-Encoding")
    assert "content-encoding" not in plain.headers


# Rule 9: a parameter says which verb is meant.


@pytest.mark.parametrize("word", ["GET", "get", "Get"])
@pytest.mark.parametrize("verb", ["POST", "GET", "PUT", "DELETE"])
def test_rule_9_method_says_what_is_meant(mock, verb, word):
    """The signature has the verb that was sent."""
    assert document(mock.send(verb, "/catalog/titles", method=word, term="the")).tag == "catalog_titles"


@pytest.mark.parametrize("word", ["POST", "put", "Delete"])
def test_rule_9_a_get_may_mean_another_verb(mock, word):
    """Where there is no such verb, it is refused like one that was sent."""
    assert refused(mock.get(mock.user, method=word)) == (405, "Method Not Allowed")
    status = mock.get_as_application("/oauth/request_token", method=word).status_code
    assert status == (200 if word == "POST" else 405)


def test_rule_9_the_parameter_is_signed(mock):
    """Added afterwards, it spoils the signature."""
    url = signer.signed("GET", f"{mock.url}/catalog/titles", {}, **keys(mock))
    assert refused(mock.http.get(f"{url}&method=GET")) == (401, "Invalid Signature")


def test_rule_10_one_nonce_may_serve_a_whole_life(mock):
    url = signer.signed("GET", f"{mock.url}{mock.user}", {}, **keys(mock), nonce="main.pl::4711")
    again = signer.signed("GET", f"{mock.url}/users/current", {}, **keys(mock), nonce="main.pl::4711")
    assert [mock.http.get(one).status_code for one in (url, url, again)] == [200, 200, 200]


# Rule 11: the key alone is enough for autocomplete and the clock.


@pytest.mark.parametrize(
    "along",
    [
        "",
        "&oauth_timestamp=1&oauth_nonce=2&oauth_signature_method=HMAC-SHA1",
        "&oauth_timestamp=&oauth_signature_method=PLAINTEXT&oauth_version=9",
        "&oauth_signature=wrong&oauth_token=unknown",
        "&oauth_nonce=1&oauth_nonce=1",
    ],
)
@pytest.mark.parametrize("path", ["/catalog/titles/autocomplete?term=the", "/oauth/clock/time?"])
def test_rule_11_the_key_alone_is_enough(mock, path, along):
    """What else comes along is passed over; in a header or a body the key does as well."""
    key = f"oauth_consumer_key={mock.application.key}"
    answers = [
        mock.http.get(f"{mock.url}{path}&{key}{along}"),
        sent(mock, path, f'Authorization: OAuth oauth_consumer_key="{mock.application.key}"'),
        sent(mock, f"{path}&method=GET", FORM, verb="POST", body=key.encode()),
    ]
    assert {document(answer).tag for answer in answers} == {"time" if "clock" in path else "autocomplete"}


def test_rule_11_the_clock_tells_the_time(mock):
    """Epoch seconds, for clients whose own clock is wrong (reference: protocol 6)."""
    before = int(time.time())
    told = document(mock.http.get(f"{mock.url}/oauth/clock/time?oauth_consumer_key={mock.application.key}"))
    assert told.tag == "time"
    assert before <= int(told.text) <= int(time.time())


def test_rule_11_a_client_with_a_wrong_clock_can_put_itself_right(mock):
    """Bare text, with the gateway's code; then the clock, then another try."""
    consumer, url = keys(mock)["consumer"], f"{mock.url}/oauth/request_token"
    mock.sandbox.clock.offset = 86_400
    answer = mock.http.get(signer.signed("GET", url, {}, consumer=consumer))
    assert (answer.status_code, answer.text) == (401, "Timestamp Is Invalid")
    assert answer.headers["x-mashery-error-code"] == "ERR_401_TIMESTAMP_IS_INVALID"
    told = document(mock.http.get(f"{mock.url}/oauth/clock/time?oauth_consumer_key={consumer[0]}")).text
    assert mock.http.get(signer.signed("GET", url, {}, consumer=consumer, timestamp=told)).status_code == 200


# Rule 12: an empty element in the Authorization header.


@pytest.mark.parametrize("template", ["OAuth ,{}", "OAuth {},", 'OAuth realm="",,{}', "oauth {}", "OAuth  , , {}"])
def test_rule_12_a_stray_comma_does_no_harm(mock, template):
    protocol = signer.oauth_parameters("GET", f"{mock.url}/users/current", {}, **keys(mock))
    header = template.format(signer.authorization(protocol).removeprefix("OAuth "))
    assert document(sent(mock, "/users/current", f"Authorization: {header}"))


def test_rule_14_xml_answers_begin_with_the_declaration(mock):
    """Answers and refusals alike."""
    answers = [
        mock.get(path) for path in ("/users/current", mock.user, f"{mock.user}/feeds", f"{mock.user}/rental_history")
    ]
    answers += [
        mock.get("/catalog/titles", term="the"),
        mock.http.get(f"{mock.url}/users/current"),
        mock.get("/nowhere"),
    ]
    answers += [mock.get_as_application("/catalog/titles/autocomplete"), mock.http.get(f"{mock.url}/oauth/login")]
    assert [answer.content.startswith(DECLARATION) for answer in answers] == [True] * len(answers)


# Rule 15: a slash at the end.


@pytest.mark.parametrize(
    "path", ["/catalog/titles", "/users/current", "/users/@me/feeds", "/users/@me/rental_history/returned"]
)
def test_rule_15_a_slash_at_the_end_is_accepted(mock, path):
    """It is covered by the signature, and answered like the address without it: no redirect."""
    assert document(mock.get(f"{path}/", max_results="1")).tag == document(mock.get(path, max_results="1")).tag
    url = signer.signed("GET", mock.url + path, {}, **keys(mock))
    assert refused(mock.http.get(url.replace("?", "/?"))) == (401, "Invalid Signature")


def test_rule_15_holds_for_unsigned_calls_and_token_calls(mock):
    key = f"oauth_consumer_key={mock.application.key}"
    assert document(mock.http.get(f"{mock.url}/oauth/clock/time/?{key}")).tag == "time"
    assert mock.get_as_application("/oauth/request_token/").status_code == 200
    assert mock.feed("rental_history", f"{mock.user}/rental_history/").status_code == 200


# Rule 18: nothing twice.


@pytest.mark.parametrize("path", ["/oauth/request_token", "/catalog/titles", "/users/current"])
@pytest.mark.parametrize("signed_twice", [False, True], ids=["signed once", "signed as sent"])
def test_rule_18_everything_in_query_and_body_is_refused(mock, path, signed_twice):
    """However the client counts its parameters when it signs; the token calls say so in bare text."""
    before, url, plain = mock.state, mock.url + path, [("term", "the"), ("method", "GET")]
    given = {"consumer": keys(mock)["consumer"]} if path.startswith("/oauth") else keys(mock)
    protocol = signer.oauth_parameters("POST", url, plain, **given)[:-1]
    covered = [*plain, *protocol] * (2 if signed_twice else 1)
    secret = given.get("token", ("", ""))[1]
    signature = signer.hmac_sha1(signer.base_string("POST", url, covered), given["consumer"][1], secret)
    form = signer.encoded([*plain, *protocol, ("oauth_signature", signature)])
    answer = sent(mock, f"{path}?{form}", FORM, verb="POST", body=form.encode())
    assert answer.status == 401
    assert (answer.text if path.startswith("/oauth") else refused(answer)[1]) == "Invalid Signature"
    assert mock.state is before


# Rule 19: plain ways to travel.


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("headers", [(), ("Accept-Encoding: identity",), ("Connection: close",), ("User-Agent:",)])
def test_rule_19_old_and_terse_clients_are_answered(mock, version, headers):
    """Without `User-Agent`, unpacked, over HTTP/1.0, on a connection that is closed."""
    target, host = signed_target(mock, mock.user, mock.url), f"Host: {mock.url.removeprefix('http://')}"
    closing = headers if version == "1.0" or "Connection: close" in headers else (*headers, CLOSE)
    answer = wire.sent(mock.url, wire.request(target, host, *closing, version=version))
    assert document(answer).findtext("user_id") == mock.state.subscriber.user_id
    assert answer.headers["content-encoding"] is None
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_rule_19_http_1_0_without_a_host_is_signed_for_the_address_itself(mock):
    target = signed_target(mock, "/users/current", mock.url)
    assert document(wire.sent(mock.url, wire.request(target, version="1.0"))).tag == "resource"


def test_refusals_that_clients_know_by_heart(mock):
    """The table at the end of the reference, as far as its resources exist."""
    stranger = Application("Nobody", "n" * 24, "secret")
    nobody = signer.signed("GET", f"{mock.url}/catalog/titles", {}, consumer=(stranger.key, stranger.secret))
    assert refused(mock.http.get(nobody)) == (403, "Invalid Consumer Key")
    assert refused(mock.get_as_application("/users/current")) == (400, "Missing Required Access Token")
    answer = mock.http.get(f"{mock.url}/oauth/request_token")
    assert (answer.status_code, answer.text) == (400, "Missing Required Consumer Key")
    unsigned = mock.http.get(f"{mock.url}/catalog/titles?oauth_consumer_key={mock.application.key}")
    assert refused(unsigned) == (401, "Invalid Signature")
    lost = signer.signed("GET", f"{mock.url}/users/current", {}, **{**keys(mock), "token": ("gone", "gone")})
    assert refused(mock.http.get(lost)) == (401, "Invalid Or Expired Token")
    as_json = mock.get("/nowhere", output="json").json()
    assert as_json == {"status": {"status_code": "404", "message": "Resource not found"}}
