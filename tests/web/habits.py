"""What unchanged clients send, byte for byte (reference: client-demands 3-4, 8-12, 15-19, protocol 9.4).

A row writes its request for a client on whatever way in, and says what the answer has in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.web.ways_in import Client

FORM = "Content-Type: application/x-www-form-urlencoded"
GZIP, EXPECT = "Accept-Encoding: gzip", "Expect: 100-continue"
DELETES = ("DELETE", "delete", "Delete")
TITLES, CURRENT, DISCS = "/catalog/titles", "/users/current", "/queues/disc"
AUTOCOMPLETE, CLOCK, REQUEST_TOKEN = "/catalog/titles/autocomplete", "/oauth/clock/time", "/oauth/request_token"


@dataclass(frozen=True, slots=True)
class Habit:
    """A request, the status of its answer, and what stands in the answer: `{links}` is what links begin with.

    `header`: how one of the answer's header lines begins, in lower case.
    `over`: the scheme of the ways that it makes sense on, which are then those with a public name.
    """

    rule: str
    name: str
    request: Callable[[Client], bytes]
    says: str
    status: int = 200
    verb: str = "GET"
    header: str = ""
    over: str = ""


def reading(*headers: str, nonce: str | None = None, **more) -> Callable[[Client], bytes]:
    """A signed read, in the shape of one client."""
    return lambda client: client.written("GET", client.place("GET", CURRENT, nonce=nonce), *headers, **more)


def authorized(template: str) -> Callable[[Client], bytes]:
    """A signed read whose `Authorization` is written in this way."""

    def request(client: Client) -> bytes:
        fields = client.header("GET", CURRENT).removeprefix("OAuth ")
        return client.written("GET", CURRENT, f"Authorization: {template.format(fields)}")

    return request


def read(path: str, **plain: str) -> Callable[[Client], bytes]:
    """A signed read of any path; `{token}` is the access token, `{user}` the path of the subscriber."""

    def request(client: Client) -> bytes:
        named = path.format(token=client.served.state.access_token.token, user=client.user)
        return client.written("GET", client.place("GET", named, **plain))

    return request


def token_call(verb: str, **more) -> Callable[[Client], bytes]:
    """A request token is asked for, with everything in the query."""
    return lambda client: client.written(verb, client.place(verb, REQUEST_TOKEN, token=("", "")), **more)


def posted(path: str, *headers: str, **plain: str) -> Callable[[Client], bytes]:
    """A signed form."""

    def request(client: Client) -> bytes:
        form = client.form("POST", path.format(user=client.user), **plain)
        return client.written("POST", path.format(user=client.user), FORM, *headers, body=form.encode())

    return request


def twice(path: str) -> Callable[[Client], bytes]:
    """Everything in the query and in the body, signed once."""

    def request(client: Client) -> bytes:
        form = client.form("POST", path, method="GET", term="the")
        return client.written("POST", f"{path}?{form}", FORM, body=form.encode())

    return request


def asked(place: str, *headers: str) -> Callable[[Client], bytes]:
    """An unsigned read; `{key}` is the consumer key."""
    return lambda client: client.written("GET", place.format(key=client.key), *headers)


def fed(more: str) -> Callable[[Client], bytes]:
    """An unsigned read of the disc queue with the token of its feed."""
    return lambda client: client.written("GET", client.feed("queues.disc", "/queues/disc", more))


def taken(place: str, verb: str = "DELETE", **plain: str) -> Callable[[Client], bytes]:
    """The second title of the disc queue is taken out; `{at}` and `{title}` are its position and number."""

    def request(client: Client) -> bytes:
        path = f"{client.user}{DISCS}/available/{place.format(at=2, title=client.queued)}"
        return client.written(verb, client.place(verb, path, **plain))

    return request


def moved(verb: str, *headers: str, **plain: str) -> Callable[[Client], bytes]:
    """The second title of the disc queue is put first, with everything in the query."""

    def request(client: Client) -> bytes:
        ref = f"{client.links}/catalog/titles/movies/{client.queued}"
        place = client.place(verb, client.user + DISCS, title_ref=ref, position="1", **plain)
        return client.written(verb, place, *headers)

    return request


def with_length(request: Callable[[Client], bytes]) -> Callable[[Client], bytes]:
    """The same, saying that the body is empty."""
    return lambda client: request(client).replace(b"\r\n\r\n", b"\r\nContent-Length: 0\r\n\r\n", 1)


def with_lone_line_ends(request: Callable[[Client], bytes]) -> Callable[[Client], bytes]:
    return lambda client: request(client).replace(b"\r\n", b"\n")


def reading_as(write: Callable[[str], str]) -> Callable[[Client], bytes]:
    """A signed read with the host written in another way."""
    return lambda client: client.written("GET", client.place("GET", CURRENT), host=write(client.host))


RESOURCE, FOUND, TOKEN = '<link href="{links}{user}"', "<number_of_results>", "oauth_token_secret="
INVALID, MISSING_KEY = "<message>Invalid Signature</message>", "<message>Missing Required Consumer Key</message>"
MOVED = "{links}{user}/queues/disc/available/1/{title}</id>"
DELETED, DELETED_AS_JSON = "<message>Title deleted from queue</message>", '"message": "Title deleted from queue"'
# Without a signature, but with all the rest of one (rule 11).
HALF_SIGNED = "&oauth_timestamp=1&oauth_nonce=2&oauth_signature_method=HMAC-SHA1"

HABITS = (
    Habit("1", "Host in capitals", reading_as(str.upper), RESOURCE),
    Habit("1", "Host with the default port", reading_as("{}:80".format), RESOURCE, over="http"),
    Habit("1", "Host with the default port of TLS", reading_as("{}:443".format), RESOURCE, over="https"),
    Habit("3", "all in the query", reading(), RESOURCE),
    Habit("3", "the signature in the header", authorized("OAuth {}"), RESOURCE),
    Habit("3", "all in a form", posted(TITLES, method="GET", term="the"), FOUND, verb="POST"),
    Habit("3", "empty values in a query", read("{user}/queues/disc", position="", expand=""), FOUND),
    Habit("3", "empty values in a form", posted(TITLES, method="GET", position="", term=""), FOUND, verb="POST"),
    Habit("3", "a POST with no body, no length", moved("POST"), MOVED, 201, "POST"),
    Habit("3", "a POST with no body, length 0", with_length(moved("POST")), MOVED, 201, "POST"),
    Habit("3", "a form that is no form", moved("POST", FORM, "Content-Length: 0"), MOVED, 201, "POST"),
    Habit("3", "a token call by POST", token_call("POST"), TOKEN, verb="POST"),
    Habit("3", "a token call by POST, length 0", with_length(token_call("POST")), TOKEN, verb="POST"),
    Habit("4", "the whole address", reading(absolute=True), RESOURCE),
    Habit("4", "the whole address, HTTP/1.0", reading(absolute=True, version="1.0"), RESOURCE),
    Habit("4", "the whole address of a token call", token_call("GET", absolute=True), TOKEN),
    Habit("4", "another Host than the address", reading(absolute=True, host="elsewhere.example"), RESOURCE),
    Habit("4", "Host of the proxy", reading(absolute=True, host="127.0.0.1:8080"), RESOURCE),
    Habit("7", "a literal $uid", read("/users/$uid/queues/disc"), "{links}/users/$uid/queues/disc"),
    Habit("7", "the access token as user", read("/users/{token}/queues/disc"), "{links}/users/{token}/queues/disc"),
    Habit("8", "nothing but gzip", reading("Accept-Encoding: gzip"), RESOURCE, header="content-encoding: gzip"),
    Habit("8", "gzip, refused", asked(TITLES, GZIP), MISSING_KEY, 400, header="content-encoding: gzip"),
    Habit("8", "gzip in words of a browser", reading("Accept-Encoding: gzip;q=1.0,deflate;q=0.6"), RESOURCE),
    *(Habit("9", f"GET means {word}", moved("GET", method=word), MOVED, 201) for word in ("POST", "post", "Post")),
    *(Habit("9", f"GET means {word}", taken("{at}/{title}", "GET", method=word), DELETED) for word in DELETES),
    *(
        Habit("9", f"POST means {word}", taken("{title}", "POST", method=word), DELETED, verb="POST")
        for word in DELETES
    ),
    Habit(
        "9", "PUT is meant", posted("{user}/ratings/title/actual/60010029", method="Put", rating="4"), "", verb="POST"
    ),
    Habit("10", "one nonce for life", reading(nonce="main.pl::4711"), RESOURCE),
    Habit("11", "the key alone completes", asked(f"{AUTOCOMPLETE}?{{key}}&term=the"), "<autocomplete>"),
    Habit("11", "the key alone tells the time", asked(f"{CLOCK}?{{key}}"), "<time>"),
    Habit(
        "11", "all but a signature completes", asked(f"{AUTOCOMPLETE}?{{key}}&term=the{HALF_SIGNED}"), "<autocomplete>"
    ),
    Habit("11", "all but a signature tells the time", asked(f"{CLOCK}?{{key}}{HALF_SIGNED}"), "<time>"),
    Habit("12", "a stray comma", authorized("OAuth ,{}"), RESOURCE),
    Habit("12", "stray commas and a realm", authorized('OAuth realm="",,{},'), RESOURCE),
    Habit("12", "the scheme in small letters", authorized("oauth {}"), RESOURCE),
    Habit("15", "a slash at the end", read(f"{TITLES}/", term="the"), FOUND),
    Habit("15", "a slash at the end, with the key alone", asked(f"{CLOCK}/?{{key}}"), "<time>"),
    Habit("16", "DELETE of an entry", taken("{at}/{title}"), DELETED, verb="DELETE"),
    Habit("16", "DELETE of a title", taken("{title}"), DELETED, verb="DELETE"),
    Habit("16", "DELETE of an entry, JSON", taken("{at}/{title}", output="json"), DELETED_AS_JSON, verb="DELETE"),
    Habit("16", "DELETE of a title, JSON", taken("{title}", output="json"), DELETED_AS_JSON, verb="DELETE"),
    Habit("16", "DELETE, length 0", with_length(taken("{at}/{title}")), DELETED, verb="DELETE"),
    Habit("17", "a write tells the etag", moved("POST"), "<etag>", 201, "POST"),
    Habit("17", "a write tells the position", moved("POST"), "<position>1</position>", 201, "POST"),
    Habit("18", "all in query and body", twice(TITLES), INVALID, 401, "POST"),
    Habit("18", "all in query and body of a token call", twice(REQUEST_TOKEN), "Invalid Signature", 401, "POST"),
    Habit("19", "unpacked", reading("Accept-Encoding: identity"), RESOURCE),
    Habit("19", "no User-Agent to speak of", reading("User-Agent:"), RESOURCE),
    Habit("19", "HTTP/1.0", reading(version="1.0"), RESOURCE, header="connection: close"),
    Habit("19", "HTTP/1.0, kept alive", reading("Connection: keep-alive", version="1.0"), RESOURCE),
    Habit("19", "Connection: close", reading("Connection: close"), RESOURCE, header="connection: close"),
    Habit("19", "Connection: close, TE", reading("TE: deflate,gzip;q=0.3", "Connection: TE, close"), RESOURCE),
    Habit(
        "19", "headers of a proxy", reading("Proxy-Connection: Keep-Alive", "Via: 1.1 a", "Pragma: no-cache"), RESOURCE
    ),
    Habit("19", "the login of a proxy", reading("Proxy-Authorization: Basic YTpi"), RESOURCE),
    Habit("19", "lone line feeds are no HTTP", with_lone_line_ends(reading()), "<message>Bad Request</message>", 400),
    Habit(
        "19", "a form that waits to be asked for", posted(TITLES, EXPECT, method="GET", term="the"), FOUND, verb="POST"
    ),
    Habit("9.4", "a feed as it is", fed("&output=atom"), "<feed "),
    Habit("9.4", "a feed without its output", fed(""), "<queue>"),
    Habit("9.4", "a feed as JSON with synopses", fed("&output=json&expand=synopsis"), '"synopsis"'),
    Habit("9.4", "all of a feed", fed("&output=atom&max_results=500"), "{links}{user}/queues/disc/saved/60010004<"),
    Habit("9.4", "the rest of a feed", fed("&output=atom&start_index=3"), "<nflx:start_index>3<"),
    Habit("9.4", "a feed with its etag", fed("&max_results=1"), "<etag>", header="etag: "),
)
