"""The person at the sign-in page: opens it, fills in its form as it came, sends it."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx

from mock_netflix.world.grants import Application
from mock_netflix.world.subscribers import Subscriber


class _Form(HTMLParser):
    """The address of a page's form, and the fields that a browser would send with it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.action = given.get("action") or ""
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[given.get("name") or ""] = given.get("value") or ""


def login_url(token: Mapping[str, str], application: Application, **more: str) -> str:
    """The `login_url` of a request token's answer with the parameters that a client appends to it."""
    appended = {"oauth_consumer_key": application.key, "application_name": token["application_name"], **more}
    return f"{token['login_url']}&{urlencode(appended)}"


def allow(http: httpx.Client, address: str, subscriber: Subscriber) -> httpx.Response:
    """The answer to the form once it was filled in; a redirect is not followed."""
    page = http.get(address)
    form = _Form(page.text)
    fields = {**form.fields, "login": subscriber.login, "password": subscriber.password}
    return http.post(urljoin(address, form.action), data=fields)


def query_of(answer: httpx.Response) -> dict[str, str]:
    """What a redirect tells the client in its address."""
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def code_shown(answer: httpx.Response) -> str:
    """The verification code that a person reads off the page."""
    return answer.text.partition('id="verifier">')[2].partition("<")[0]
