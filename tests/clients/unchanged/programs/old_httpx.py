"""A client on httpx, brought over from an older one: the signature in the form of a POST, whatever the verb meant."""

import base64
import hashlib
import hmac
import json
import os
import re
import time
from html import unescape
from urllib.parse import quote, urljoin
from xml.etree import ElementTree

import httpx

API = "http://api.netflix.com"
KEY = os.environ["MOCK_NETFLIX_CONSUMER_KEY"]
SECRET = os.environ["MOCK_NETFLIX_CONSUMER_SECRET"]


def oauth_escape(text):
    return quote(str(text), safe="-._~")


def signed_form(url, parameters, token):
    form = {
        **parameters,
        "oauth_consumer_key": KEY,
        "oauth_nonce": str(time.perf_counter_ns()),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time())),
    }
    if token:
        form["oauth_token"] = token["oauth_token"]
    pairs = sorted((oauth_escape(name), oauth_escape(value)) for name, value in form.items())
    base = f"POST&{oauth_escape(url)}&" + oauth_escape("&".join(f"{name}={value}" for name, value in pairs))
    key = f"{SECRET}&{token['oauth_token_secret'] if token else ''}"
    form["oauth_signature"] = base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
    return form


def call(client, verb, url, token=None, **parameters):
    """A POST for everything; what it stands for is in its form."""
    form = signed_form(url, {**parameters, "method": verb.lower(), "output": "json"}, token)
    answer = client.post(url, data=form)
    answer.raise_for_status()
    return answer.json()


def token_call(client, path, token=None):
    """A line of a form, taken apart without decoding what needs none."""
    answer = client.post(API + path, data=signed_form(API + path, {}, token))
    answer.raise_for_status()
    return dict(pair.split("=") for pair in answer.text.split("&"))


def log_in(client, told):
    login_url = httpx.URL(httpx.QueryParams(f"url={told['login_url']}")["url"])
    name = httpx.QueryParams(f"name={told['application_name']}")["name"]
    more = {"oauth_consumer_key": KEY, "application_name": name, "oauth_callback": "http://localhost:9/done"}
    page = client.get(login_url.copy_merge_params(more))
    form = re.search(r"(?s)<form[^>]*>.*?</form>", page.text).group()
    action = unescape(re.search(r'action="(.*?)"', form).group(1))
    fields = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form)}
    assert 'name="login"' in form
    assert 'name="password"' in form
    fields.update(login=os.environ["MOCK_NETFLIX_LOGIN"], password=os.environ["MOCK_NETFLIX_PASSWORD"])
    led = client.post(urljoin(str(page.url), action), data={**fields, "accept_tos": "checked"})
    assert led.status_code == 302, led.text
    assert led.headers["location"] == f"http://localhost:9/done?oauth_token={told['oauth_token']}"


def names(told):
    return [item["title"]["regular"] for item in told["queue"]["queue_item"]]


def main():
    with httpx.Client() as client:
        seen = {"clock": int(call(client, "GET", f"{API}/oauth/clock/time")["time"])}
        request_token = token_call(client, "/oauth/request_token")
        log_in(client, request_token)
        token = token_call(client, "/oauth/access_token", request_token)
        user = seen["user_id"] = token["user_id"]
        queue = f"{API}/users/{token['oauth_token']}/queues/disc"
        seen["before"] = names(call(client, "GET", queue, token, max_results=500))
        found = call(client, "GET", f"{API}/catalog/titles", term="strangelove", max_results=1)
        title = found["catalog_titles"]["catalog_title"]
        created = call(client, "POST", queue, token, title_ref=title["id"], position="")["status"]["resources_created"]
        seen["added"] = int(created["queue_item"]["position"])
        moved = call(client, "POST", queue, token, title_ref=title["id"], position=1)["status"]["resources_created"]
        seen["moved"] = names(call(client, "GET", queue, token, max_results=500))
        call(client, "DELETE", moved["queue_item"]["id"], token)
        seen["after"] = names(call(client, "GET", queue, token, max_results=500))
        links = call(client, "GET", f"{API}/users/{user}/feeds", token)["resource"]["link"]
        roots = [ElementTree.fromstring(client.get(link["href"]).content).tag for link in links]
        seen["feeds"] = roots.count("{http://www.w3.org/2005/Atom}feed")
        seen["poster"] = client.get(title["box_art"]["large"]).content[:3].hex()
        page = next(link["href"] for link in title["link"] if link["rel"] == "alternate")
        seen["page"] = "<html" in client.get(page).text
        rss = ElementTree.fromstring(client.get("http://rss.netflix.com/Top100RSS").content)
        seen["releases"] = len(rss.findall("channel/item"))
        print(json.dumps(seen))


main()
