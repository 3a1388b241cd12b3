"""A client as a program of its own: makes a world, changes everything in it, and must see only what it did itself.

`python -m tests.web.one_of_eight URL NUMBER` says "ready" when its world is made, waits for a line, and ends with the
titles of its queue in JSON. Whatever is not as it left it ends it with an error.
"""

from __future__ import annotations

import json
import sys
from random import Random
from xml.etree import ElementTree

import requests
from requests import Response
from requests_oauthlib import OAuth1Session

# Movies of the default world on DVD, and a subscriber of it who has done nothing yet.
MOVIES = range(60010002, 60010019)
NEWCOMER = "newcomer@example.com"
ROUNDS = 20


class Client:
    """One that knows nothing but the address of the server."""

    def __init__(self, url: str, number: int) -> None:
        self.url, self.chance = url, Random(number)
        self.sent = 0
        wanted = {"name": f"client {number}", "subscriber": NEWCOMER}
        world = requests.post(f"{url}/_mock/worlds", json=wanted).json()
        self.control, self.person = world["control"], world["subscriber"]
        self.key, self.secret = world["application"]["key"], world["application"]["secret"]
        self.queue: list[int] = []
        self.ratings: dict[int, str] = {}

    def signs_in(self) -> None:
        """The whole dance, for an access token of its own."""
        asks = OAuth1Session(self.key, client_secret=self.secret, callback_uri="oob")
        asked = asks.fetch_request_token(f"{self.url}/oauth/request_token")
        form = {"oauth_token": asked["oauth_token"], "oauth_consumer_key": self.key, "output": "pox"}
        form |= {"name": self.person["login"], "password": self.person["password"]}
        verifier = asks.post(f"{self.url}/oauth/login", data=form).headers["X-Mock-Netflix-Verifier"]
        given = asks.fetch_access_token(f"{self.url}/oauth/access_token", verifier=verifier)
        self.http = OAuth1Session(self.key, self.secret, given["oauth_token"], given["oauth_token_secret"])
        self.sent += 3

    def send(self, verb: str, path: str, status: int, **fields: object) -> Response:
        kind = "params" if verb == "GET" else "data"
        answer = self.http.request(verb, f"{self.url}/users/@me{path}", **{kind: fields})
        self.sent += 1
        assert answer.status_code == status, (verb, path, fields, answer.status_code, answer.text)
        return answer

    def changes_something(self) -> None:
        number, place = self.chance.choice(MOVIES), self.chance.randint(1, 1 + len(self.queue))
        deed = self.chance.choice(("queue", "queue", "remove", "rate"))
        if deed == "queue":
            self.send("POST", "/queues/disc", 201, title_ref=f"movies/{number}", position=place)
            self.queue = [one for one in self.queue if one != number]
            self.queue.insert(place - 1, number)
        elif deed == "remove":
            there = number in self.queue
            self.send("DELETE", f"/queues/disc/available/{number}", 200 if there else 404)
            self.queue = [one for one in self.queue if one != number]
        elif number not in self.ratings:
            stars = str(self.chance.randint(1, 5))
            self.send("POST", "/ratings/title/actual", 201, title_ref=f"movies/{number}", rating=stars)
            self.ratings[number] = stars

    def queue_read(self) -> list[int]:
        root = ElementTree.fromstring(self.send("GET", "/queues/disc", 200, max_results=500).content)
        return [int(item.findtext("id", "").rpartition("/")[2]) for item in root.iterfind("queue_item")]

    def sees_what_it_did(self) -> None:
        assert self.queue_read() == self.queue
        refs = ",".join(f"movies/{number}" for number in self.ratings)
        if refs:
            root = ElementTree.fromstring(self.send("GET", "/ratings/title/actual", 200, title_refs=refs).content)
            found = [item.findtext("user_rating") for item in root.iterfind("ratings_item")]
            assert found == [f"{stars}.0" for stars in self.ratings.values()]

    def hears_of_nobody_else(self) -> None:
        heard = requests.get(f"{self.control}/requests").json()["requests"]
        assert [one["number"] for one in heard] == list(range(1, self.sent + 1))
        assert {one["subscriber"] for one in heard} <= {None, NEWCOMER}


def main(url: str, number: str) -> None:
    client = Client(url, int(number))
    print("ready", flush=True)
    sys.stdin.readline()
    client.signs_in()
    client.sees_what_it_did()
    for _ in range(ROUNDS):
        client.changes_something()
        client.sees_what_it_did()
    client.hears_of_nobody_else()
    print(json.dumps({"world": client.key, "queue": client.queue, "ratings": client.ratings}))


if __name__ == "__main__":
    main(*sys.argv[1:])
