"""A client of 2012 on requests: one session, the signature in a header, parameters in forms, JSON."""

import base64
import hashlib
import hmac
import json
import os
import time
import uuid
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urljoin
from xml.etree import ElementTree

import requests

BASE = "http://api.netflix.com"
KEY = os.environ["MOCK_NETFLIX_CONSUMER_KEY"]
SECRET = os.environ["MOCK_NETFLIX_CONSUMER_SECRET"]


class LoginForm(HTMLParser):
    """Keeps the form that has a login and a password."""

    def __init__(self, page):
        super().__init__()
        self.forms = []
        self.feed(page)
        self.action, self.fields = next(form for form in self.forms if {"login", "password"} <= set(form[1]))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag == "input" and given.get("name") != "deny" and self.forms:
            self.forms[-1][1][given["name"]] = given.get("value", "")


class Netflix:
    def __init__(self):
        self.session = requests.Session()
        self.token, self.secret = None, ""

    def header(self, verb, url, parameters):
        protocol = {
            "oauth_consumer_key": KEY,
            "oauth_nonce": uuid.uuid4().hex,
            "oauth_signature_method": "HMAC-SHA1",
            "oauth_timestamp": str(int(time.time())),
            "oauth_version": "1.0",
        }
        if self.token:
            protocol["oauth_token"] = self.token
        pairs = sorted((quote(n, safe="~"), quote(str(v), safe="~")) for n, v in {**parameters, **protocol}.items())
        normalized = "&".join(f"{name}={value}" for name, value in pairs)
        base = f"{verb}&{quote(url, safe='')}&{quote(normalized, safe='~')}"
        digest = hmac.new(f"{SECRET}&{self.secret}".encode(), base.encode(), hashlib.sha1).digest()
        protocol["oauth_signature"] = base64.b64encode(digest).decode()
        return "OAuth " + ", ".join(f'{name}="{quote(value, safe="~")}"' for name, value in protocol.items())

    def send(self, verb, url, **parameters):
        headers = {"Authorization": self.header(verb, url, parameters)}
        place = "data" if verb == "POST" else "params"
        answer = self.session.request(verb, url, headers=headers, **{place: parameters})
        answer.raise_for_status()
        return answer

    def call(self, verb, url, **parameters):
        return self.send(verb, url, output="json", **parameters).json()

    def take(self, path):
        told = dict(parse_qsl(self.send("POST", BASE + path).text))
        self.token, self.secret = told["oauth_token"], told["oauth_token_secret"]
        return told

    def log_in(self, told):
        more = {"oauth_consumer_key": KEY, "application_name": told["application_name"], "oauth_callback": "oob"}
        page = self.session.get(told["login_url"], params=more)
        form = LoginForm(page.text)
        form.fields["login"] = os.environ["MOCK_NETFLIX_LOGIN"]
        form.fields["password"] = os.environ["MOCK_NETFLIX_PASSWORD"]
        said = self.session.post(urljoin(page.url, form.action), data=form.fields)
        assert "successfully" in said.text, said.text


def names(told):
    return [item["title"]["regular"] for item in told["queue"]["queue_item"]]


def etag(told):
    return told["status"]["etag"]


def main():
    netflix = Netflix()
    seen = {"clock": int(netflix.call("GET", BASE + "/oauth/clock/time")["time"])}
    netflix.log_in(netflix.take("/oauth/request_token"))
    user = seen["user_id"] = netflix.take("/oauth/access_token")["user_id"]
    queue = f"{BASE}/users/{user}/queues/disc"
    before = netflix.call("GET", queue, max_results=500)
    seen["before"] = names(before)
    found = netflix.call("GET", BASE + "/catalog/titles", term="strangelove", max_results=1)
    title = found["catalog_titles"]["catalog_title"]
    added = netflix.call("POST", queue, title_ref=title["id"], etag=before["queue"]["etag"])
    seen["added"] = int(added["status"]["resources_created"]["queue_item"]["position"])
    moved = netflix.call("POST", queue, title_ref=title["id"], position=1, etag=etag(added))
    seen["moved"] = names(netflix.call("GET", queue, max_results=500))
    netflix.call("DELETE", moved["status"]["resources_created"]["queue_item"]["id"])
    seen["after"] = names(netflix.call("GET", queue, max_results=500))
    links = netflix.call("GET", f"{BASE}/users/{user}/feeds")["resource"]["link"]
    feeds = [ElementTree.fromstring(netflix.session.get(link["href"]).content) for link in links]
    seen["feeds"] = sum(feed.tag == "{http://www.w3.org/2005/Atom}feed" for feed in feeds)
    seen["poster"] = netflix.session.get(title["box_art"]["large"]).content[:3].hex()
    page = next(link["href"] for link in title["link"] if link["rel"] == "alternate")
    seen["page"] = "<html" in netflix.session.get(page).text
    rss = netflix.session.get("http://rss.netflix.com/Top100RSS")
    seen["releases"] = len(ElementTree.fromstring(rss.content).findall("channel/item"))
    print(json.dumps(seen))


main()
