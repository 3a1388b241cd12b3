"""The eight steps of the launch-day walkthrough: what is sent, and what must hold of the answer.

From the public account of the first day, 1 October 2008 (reference: walkthrough). Each step is a function of what the
steps before it found out; it yields what it sent and what it expects, and the command shows both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

from mock_netflix.cli.client import Sent, send, send_signed

CALLBACK = "http://localhost:8000/callback?from=walkthrough"
_ATOM = "{http://www.w3.org/2005/Atom}"
_RETURNED = "http://schemas.netflix.com/feed.rental_history.returned"


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something that must hold, and whether it does."""

    what: str
    holds: bool


Shown = Iterator[Sent | Expectation]


@dataclass(slots=True)
class Findings:
    """What the person knows so far: the address, the keys of step 1, and what each answer brought."""

    base_url: str
    name: str
    consumer: tuple[str, str]
    login: str
    password: str
    request_token: tuple[str, str] = ("", "")
    login_url: str = ""
    access_token: tuple[str, str] = ("", "")
    user_id: str = ""
    feed_url: str = ""

    def login_parameters(self) -> dict[str, str]:
        return {"application_name": self.name, "oauth_consumer_key": self.consumer[0]}


def register(found: Findings) -> Shown:
    """Register an application: a consumer key and a shared secret."""
    key, secret = found.consumer
    yield Expectation(f"the consumer key {key} is 24 lower-case letters and digits", _is("[a-z0-9]{24}", key))
    yield Expectation(f"the shared secret {secret} is 10 letters and digits", _is("[A-Za-z0-9]{10}", secret))


def ask_for_a_request_token(found: Findings) -> Shown:
    """Ask for a request token, signed, with everything in the query."""
    sent = send_signed(f"{found.base_url}/oauth/request_token", found.consumer)
    yield sent
    members = dict(parse_qsl(sent.text))
    expected = ["oauth_token", "oauth_token_secret", "application_name", "login_url"]
    yield Expectation("the answer is one form-encoded line with its four members in order", list(members) == expected)
    found.request_token = members.get("oauth_token", ""), members.get("oauth_token_secret", "")
    found.login_url = members.get("login_url", "")
    ends = f"/oauth/login?oauth_token={found.request_token[0]}"
    yield Expectation("login_url carries the token already", found.login_url.endswith(ends))


def open_login_url_as_it_is(found: Findings) -> Shown:
    """Open login_url as it was returned: it does not work."""
    sent = send(found.login_url)
    yield sent
    yield Expectation("it is refused, and the first missing parameter is named", _refused(sent, "oauth_consumer_key"))


def leave_out_the_application_name(found: Findings) -> Shown:
    """Append the consumer key, but not the application name."""
    sent = send(f"{found.login_url}&{urlencode({'oauth_consumer_key': found.consumer[0]})}")
    yield sent
    yield Expectation("it is refused: application_name is missing", _refused(sent, "application_name"))


def sign_in_and_allow(found: Findings) -> Shown:
    """Append everything, sign in on the page, and allow the application."""
    address = f"{found.login_url}&{urlencode({**found.login_parameters(), 'oauth_callback': CALLBACK})}"
    page = send(address)
    yield page
    yield Expectation("it is a page with a form that names the application", _is_login_page(page, found.name))
    form = {**dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text)), "accept_tos": "checked"}
    form = {name: unescape(value) for name, value in form.items() if name not in ("deny", "subscriber")}
    allowed = send(f"{found.base_url}/oauth/login", {**form, "login": found.login, "password": found.password})
    yield allowed
    expected = f"{CALLBACK}&{urlencode({'oauth_token': found.request_token[0]})}"
    led_back = allowed.status == 302 and _header(allowed, "location") == expected
    yield Expectation("the browser is led back to the callback, with the request token", led_back)


def ask_for_the_access_token(found: Findings) -> Shown:
    """Exchange the request token for an access token; no verifier was needed on launch day."""
    sent = send_signed(f"{found.base_url}/oauth/access_token", found.consumer, found.request_token)
    yield sent
    members = dict(parse_qsl(sent.text))
    in_order = list(members) == ["oauth_token", "user_id", "oauth_token_secret"]
    yield Expectation("the answer has token, user id and secret in order", in_order)
    found.access_token = members.get("oauth_token", ""), members.get("oauth_token_secret", "")
    found.user_id = members.get("user_id", "")
    yield Expectation("the token is long and ends in -", _is(r"T1[\w.-]{40,}-", found.access_token[0]))
    yield Expectation("the secret has 12 characters", _is("[A-Za-z0-9]{12}", found.access_token[1]))
    again = send_signed(f"{found.base_url}/users/@me", found.consumer, found.access_token)
    yield again
    same = f"<user_id>{found.user_id}</user_id>" in again.text
    yield Expectation("@me stands for the user of the token, as the account wished", again.status == 200 and same)


def list_the_feeds(found: Findings) -> Shown:
    """List the feeds of the user, signed with the access token."""
    sent = send_signed(f"{found.base_url}/users/{found.user_id}/feeds", found.consumer, found.access_token)
    yield sent
    links = {link.get("rel", ""): link for link in _parsed(sent).iter("link")}
    returned = links.get(_RETURNED)
    found.feed_url = returned.get("href", "") if returned is not None else ""
    title = returned.get("title") if returned is not None else None
    yield Expectation("there are twelve feeds", len(links) == 12)
    yield Expectation("one of them is Titles Returned Recently", title == "Titles Returned Recently")
    queries = [dict(parse_qsl(urlsplit(link.get("href", "")).query)) for link in links.values()]
    in_order = all(list(query)[:3] == ["feed_token", "oauth_consumer_key", "output"] for query in queries)
    yield Expectation("each has a feed token, the consumer key and output=atom, in that order", in_order)
    different = len({query.get("feed_token") for query in queries}) == len(links)
    yield Expectation("each has a token of its own", different)


def open_the_feed(found: Findings) -> Shown:
    """Open a feed without any signing, then the same list signed, as XML."""
    feed = send(found.feed_url)
    yield feed
    entries = [entry.findtext(f"{_ATOM}title") for entry in _parsed(feed).iter(f"{_ATOM}entry")]
    yield Expectation(f"it is an Atom feed with {len(entries)} entries", feed.status == 200 and bool(entries))
    address = f"{found.base_url}/users/{found.user_id}/rental_history/returned"
    signed = send_signed(address, found.consumer, found.access_token)
    yield signed
    items = list(_parsed(signed).iter("rental_history_item"))
    titles = [title.get("regular") for item in items for title in item.iter("title")]
    yield Expectation("the XML has the same titles in the same order", titles == entries and bool(titles))
    posters = [art.get("large", "") for item in items[:1] for art in item.iter("box_art")]
    for poster in posters:
        picture = send(poster)
        is_jpeg = picture.status == 200 and picture.content.startswith(b"\xff\xd8\xff")
        yield Expectation(f"the poster {poster} is a real picture", is_jpeg)
    other = found.feed_url.replace("/returned?", "/watched?")
    foreign = send(other)
    yield foreign
    refused = foreign.status == 401 and "Token resource mismatch" in foreign.text
    yield Expectation("the token of one feed opens no other", refused)


STEPS: tuple[Callable[[Findings], Shown], ...] = (
    register,
    ask_for_a_request_token,
    open_login_url_as_it_is,
    leave_out_the_application_name,
    sign_in_and_allow,
    ask_for_the_access_token,
    list_the_feeds,
    open_the_feed,
)


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def _header(sent: Sent, name: str) -> str:
    return next((value for key, value in sent.headers.items() if key.lower() == name), "")


def _parsed(sent: Sent) -> ElementTree.Element:
    """The XML of an answer; an empty element where it is none, so that the expectations fail in words."""
    try:
        return ElementTree.fromstring(sent.content)  # noqa: S314 (the mock's own answer)
    except ElementTree.ParseError:
        return ElementTree.Element("unreadable")


def _refused(sent: Sent, missing: str) -> bool:
    """The status document of the account, word for word."""
    document = _parsed(sent)
    said = (document.findtext("status_code"), document.findtext("message"))
    return sent.status == 400 and document.tag == "status" and said == ("400", f"{missing} is missing")


def _is_login_page(sent: Sent, name: str) -> bool:
    fields = all(f'name="{field}"' in sent.text for field in ("login", "password"))
    return sent.status == 200 and fields and name in unescape(sent.text)
