"""A client of 2008 on bare sockets: HTTP/1.0, request lines in absolute form, no user agent, no blanks.

It logs in by a script, with everything in the query of a POST, and signs with one nonce a second.
"""

import base64
import hashlib
import hmac
import json
import os
import socket
import ssl
import time
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from xml.etree import ElementTree

HOST = "http://api.netflix.com"
KEY = os.environ["MOCK_NETFLIX_CONSUMER_KEY"]
SECRET = os.environ["MOCK_NETFLIX_CONSUMER_SECRET"]
PORTS = {"http": 80, "https": 443}


def request(verb, url, header=None):
    """The body of an answer; everything to the end of the connection is it."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, PORTS[parts.scheme]))
    if parts.scheme == "https":
        connection = ssl.create_default_context().wrap_socket(connection, server_hostname=parts.hostname)
    lines = [f"{verb} {url} HTTP/1.0", f"Host:{parts.hostname}", "Accept-Encoding: identity", "Connection: close"]
    lines += [f"Authorization: {header}"] if header else []
    lines += ["Content-Length: 0"] if verb == "POST" else []
    with connection, connection.makefile("rb") as answer:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        head, _, body = answer.read().partition(b"\r\n\r\n")
    status = int(head.split(None, 2)[1])
    assert status < 300, (status, body)
    return body


def escape(text):
    return quote(str(text), safe="~")


def authorization(verb, url, parameters, token):
    now = str(int(time.time()))
    values = {
        "oauth_consumer_key": KEY,
        "oauth_nonce": now,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": now,
        **({"oauth_token": token["oauth_token"]} if token else {}),
    }
    pairs = sorted(f"{escape(name)}={escape(value)}" for name, value in {**values, **parameters}.items())
    base = "&".join((verb, escape(url), escape("&".join(pairs))))
    key = f"{SECRET}&{token['oauth_token_secret'] if token else ''}"
    values["oauth_signature"] = base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
    return "OAuth " + ",".join(f'{name}="{escape(value)}"' for name, value in values.items())


def send(verb, url, token=None, **parameters):
    query = urlencode(parameters, quote_via=quote)
    return request(verb, f"{url}?{query}" if query else url, authorization(verb, url, parameters, token))


def call(verb, url, token=None, **parameters):
    return ElementTree.fromstring(send(verb, url, token, **parameters))


def log_in(told):
    """No page is looked at."""
    given = {
        "oauth_token": told["oauth_token"],
        "oauth_consumer_key": KEY,
        "application_name": told["application_name"],
        "name": os.environ["MOCK_NETFLIX_LOGIN"],
        "password": os.environ["MOCK_NETFLIX_PASSWORD"],
        "accept_tos": "true",
        "output": "pox",
        "oauth_callback": "",
    }
    request("POST", f"https://api-user.netflix.com/oauth/login?{urlencode(given)}")


def names(queue, token):
    return [title.get("regular") for title in call("GET", queue, token, max_results=500).iterfind("queue_item/title")]


def main():
    seen = {"clock": int(call("GET", HOST + "/oauth/clock/time").text)}
    request_token = dict(parse_qsl(send("GET", HOST + "/oauth/request_token").decode()))
    log_in(request_token)
    token = dict(parse_qsl(send("GET", HOST + "/oauth/access_token", request_token).decode()))
    user = seen["user_id"] = token["user_id"]
    queue = f"{HOST}/users/{user}/queues/disc"
    seen["before"] = names(queue, token)
    title = call("GET", HOST + "/catalog/titles/", term="strangelove", max_results=1).find("catalog_title")
    added = call("POST", queue, token, title_ref=title.findtext("id"))
    seen["added"] = int(added.findtext(".//queue_item/position"))
    call("POST", queue, token, title_ref=title.findtext("id"), position=1)
    seen["moved"] = names(queue, token)
    # Without the position where it is.
    send("DELETE", f"{queue}/available/{title.findtext('id').rsplit('/')[-1]}", token)
    seen["after"] = names(queue, token)
    links = call("GET", f"{HOST}/users/{user}/feeds", token).iter("link")
    tags = [ElementTree.fromstring(request("GET", link.get("href"))).tag for link in links]
    seen["feeds"] = tags.count("{http://www.w3.org/2005/Atom}feed")
    seen["poster"] = request("GET", title.find("box_art").get("large"))[:3].hex()
    seen["page"] = b"<html" in request("GET", title.find('link[@rel="alternate"]').get("href"))
    rss = ElementTree.fromstring(request("GET", "http://rss.netflix.com/NewReleasesRSS"))
    seen["releases"] = len(rss.findall("channel/item"))
    print(json.dumps(seen))


main()
