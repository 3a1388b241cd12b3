"""A client of 2009 on urllib: everything in the query, a POST with an empty body, XML by ElementTree."""

import base64
import hashlib
import hmac
import json
import os
import random
import re
import time
import urllib.parse
import urllib.request
from xml.etree import ElementTree

HOST = "http://api.netflix.com"
REQUEST_TOKEN_URL = "http://api.netflix.com/oauth/request_token"
ACCESS_TOKEN_URL = "http://api.netflix.com/oauth/access_token"
RSS_URL = "http://rss.netflix.com/NewReleasesRSS"
QUEUE_URL = "http://api.netflix.com/users/%s/queues/disc"

KEY = os.environ["MOCK_NETFLIX_CONSUMER_KEY"]
SECRET = os.environ["MOCK_NETFLIX_CONSUMER_SECRET"]


def escape(text):
    return urllib.parse.quote(str(text), safe="~")


def sign(verb, url, parameters, token=None):
    """The URL with all parameters and the signature."""
    values = {
        **parameters,
        "oauth_consumer_key": KEY,
        "oauth_nonce": str(random.randint(0, 10**9)),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time())),
        "oauth_version": "1.0",
    }
    if token:
        values["oauth_token"] = token["oauth_token"]
    query = "&".join(f"{escape(name)}={escape(values[name])}" for name in sorted(values))
    base = "&".join(escape(part) for part in (verb, url, query))
    key = f"{escape(SECRET)}&{escape(token['oauth_token_secret'] if token else '')}"
    digest = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    return f"{url}?{query}&oauth_signature={escape(base64.b64encode(digest).decode())}"


def fetch(url, verb="GET", body=None):
    asked = urllib.request.Request(url, data=body, method=verb)
    with urllib.request.urlopen(asked) as answer:
        return answer.read()


def call(verb, url, token=None, **parameters):
    body = b"" if verb == "POST" else None
    return ElementTree.fromstring(fetch(sign(verb, url, parameters, token), verb, body))


def answer_of_token_call(url, token=None):
    text = fetch(sign("GET", url, {}, token)).decode()
    return {name: urllib.parse.unquote_plus(value) for name, value in (pair.split("=") for pair in text.split("&"))}


def log_in(request_token):
    """Opens the page, and sends the form that has a login and a password."""
    more = {"oauth_consumer_key": KEY, "application_name": request_token["application_name"], "oauth_callback": ""}
    url = request_token["login_url"] + "&" + urllib.parse.urlencode(more)
    page = fetch(url).decode()
    form = next(one for one in re.findall(r"(?s)<form.*?</form>", page) if "login" in one and "password" in one)
    action = re.search(r'action="([^"]*)"', form).group(1)
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        fields[given["name"]] = given.get("value", "")
    fields["login"] = os.environ["MOCK_NETFLIX_LOGIN"]
    fields["password"] = os.environ["MOCK_NETFLIX_PASSWORD"]
    said = fetch(urllib.parse.urljoin(url, action), "POST", urllib.parse.urlencode(fields).encode()).decode()
    if "successfully" not in said:
        raise SystemExit(said)


def names(queue):
    return [item.find("title").get("regular") for item in queue.iter("queue_item")]


def main():
    seen = {"clock": int(call("GET", HOST + "/oauth/clock/time").findtext("."))}
    request_token = answer_of_token_call(REQUEST_TOKEN_URL)
    log_in(request_token)
    token = answer_of_token_call(ACCESS_TOKEN_URL, request_token)
    user = seen["user_id"] = token["user_id"]
    queue = QUEUE_URL % user
    before = call("GET", queue, token, max_results=500)
    seen["before"] = names(before)
    found = call("GET", HOST + "/catalog/titles", term="strangelove", max_results=1)
    title = found.find("catalog_title")
    added = call("POST", queue, token, title_ref=title.findtext("id"), etag=before.findtext("etag"))
    seen["added"] = int(added.findtext(".//queue_item/position"))
    moved = call("POST", queue, token, title_ref=title.findtext("id"), position=1, etag=added.findtext("etag"))
    item = moved.findtext(".//queue_item/id")
    seen["moved"] = names(call("GET", queue, token, max_results=500))
    call("DELETE", item, token, etag=moved.findtext("etag"))
    seen["after"] = names(call("GET", queue, token, max_results=500))
    feeds = call("GET", f"{HOST}/users/{user}/feeds", token)
    read = [ElementTree.fromstring(fetch(link.get("href"))) for link in feeds.iter("link")]
    seen["feeds"] = sum(feed.tag == "{http://www.w3.org/2005/Atom}feed" for feed in read)
    seen["poster"] = fetch(title.find("box_art").get("large"))[:3].hex()
    seen["page"] = "<html" in fetch(title.find('link[@rel="alternate"]').get("href")).decode()
    seen["releases"] = len(ElementTree.fromstring(fetch(RSS_URL)).findall("channel/item"))
    print(json.dumps(seen))


main()
