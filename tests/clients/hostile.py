"""What nobody sends who means well: tables of odd texts, addresses, hosts and bytes."""

from __future__ import annotations

# Texts for a search: controls, what XML forbids, what has a meaning to somebody, what grows when it is folded.
TERMS = (
    *("\x00", "\x01\x08\x0b\x0c\x1f\x7f", "\ufffe\uffff", "\x85\u2028", "\ufdd0", "\U0010ffff", "\r\n\t", "\u202e"),
    *("]]>", "<script>&amp;\"'", "<?xml?><!DOCTYPE a>", "{}{0}%s%(name)s", "../..\\", "' OR 1=1 --", " ", "+", "%"),
    *("☃" * 900, "e\u0301" * 500, "ﷺ" * 500, "a" * 20_000, "a " * 5_000),
)

# Not UTF-8, as escapes: lone bytes, lone surrogates, an overlong NUL, beyond the last letter.
UNDECODABLE = ("%FF", "%C3", "%ED%A0%80", "%ED%BF%BF", "%C0%80", "%F5%80%80%80", "caf%E9", "%80%FE")
# The same as bytes, for places that take any.
UNDECODABLE_BYTES = ("caf\xe9", "\x80\xfe")

# No numbers where a number is wanted, and numbers beyond all bounds.
NUMBERS = (
    "-1",
    "1.5",
    "1e9",
    "\u0661",
    "\uff11",
    "²",
    " ",
    " 1",
    "1 ",
    "+1",
    "0x10",
    "1_0",
    "NaN",
    "1\n",
    "1a",
    "\x00",
)
HUGE = ("501", "9" * 20, "9" * 5000, "0" * 5000 + "1", str(2**63))

# Common parameters: name, value, the status of a search with it.
ODD = (
    *(("output", value, 400) for value in ("yaml", "json ", "\x00", "☃", "json" * 5000, "pox,json", "../json")),
    *(("output", value, 200) for value in ("", "POX", "xml")),
    *(("v", value, 400) for value in ("2.0", "2", "2" * 5000, "2\x00")),
    *(("v", value, 200) for value in ("", "1.5", "1.0", "x", "\u0662", "-1")),
    *(("method", value, 400) for value in ("PATCH", "GET ", "\x00", "☃", "G" * 5000, "HEAD", "po\u017ft")),
    *(("method", value, 405) for value in ("delete", "Put", "POST")),
    *(("method", value, 200) for value in ("", "get", "GeT")),
    *(("expand", value, 200) for value in ("", ",", ",,,", "nonsense", "@title", "synopsis," * 3000, "\x00", "☃")),
    *(("callback", value, 200) for value in ("?", "alert(1)")),
)

PATHS = (
    *("/", "//", "///", "/..", "/../..", "/.", "/%2f", "/%2F..%2F", "/%00", "/%0a", "/%0d%0aX:y", "/%ff", "/%zz", "/%"),
    *("/catalog", "/catalog//titles", "//catalog/titles", "/catalog/titles/..", "/catalog/titles/%00", "/users/%00"),
    *("/catalog%2ftitles", "/catalog/titles/movies/", "/catalog/titles/movies/-1", "/catalog/titles/movies/%D9%A3"),
    *(f"/catalog/titles/{kind}/{'9' * 5000}" for kind in ("movies", "series", "programs", "discs", "seasons")),
    *("/catalog/titles/series/1/seasons/x", "/catalog/titles/programs/x/y", "/catalog/titles/people/1", "/docs"),
    *("/catalog/titles/index.json", "/catalog/titles;a=b", "/catalog/titles;", "/CATALOG/TITLES", "/users", "/users/"),
    *("/users//feeds", "/users/%2e%2e/feeds", "/users/T1/feeds", "/users/a%2fb/feeds", "/oauth", "/oauth/"),
    *("/oauth/authorize", "/oauth/clock", "/oauth/login/x", "/oauth/request_token%00", "/us/boxshots/large/1.jpg"),
    *(f"/us/boxshots/large/{'9' * 5000}.jpg", "/us/boxshots/%00/1.jpg", "/us/boxshots/a/b.jpg", "/favicon.ico"),
    *(f"/Movie/x/{'9' * 5000}", "/Movie/x/0", "/Movie/%00/%C2%B2", "/RoleDisplay/x/%D9%A3", "/RoleDisplay/x/y"),
    *("/robots.txt", "/admin", "/.git/config", "/_mocked", "/%5fmock/", "/openapi.json", "/" + "a" * 60_000),
)

HOSTS = (
    *(
        "",
        " ",
        "a b",
        "a/b",
        "a@b",
        "x:",
        "x:port",
        "x:99999",
        "x:0",
        "x:-1",
        ":80",
        "[::1",
        "[::1]",
        "[zz]:1",
        "[::1]:99",
    ),
    *("\xe9.example", "%zz", "<script>", '"', "a,b", "a\tb", "..", "x" * 5000, "xn--a", "api.netflix.com:80", "{name}"),
    *("127.0.0.1.", "1", "0x7f.1", "user:pass@host", "host?query", "host#fragment", "localhost:65536", "\xff\xfe"),
)

# Request targets that are no addresses, or no form of a target at all.
TARGETS = (
    *(
        "http://",
        "http:///a",
        "http://[",
        "http://[::1/a",
        "http://a:b/c",
        "http://a b/c",
        "ftp://a/b",
        "http:a",
        "a",
        "*",
        "?",
        "#",
    ),
    *(
        "%",
        "http://\xe9/",
        "http://a@b@c/",
        "http://x/a?b=%FF",
        "javascript:alert(1)",
        "HTTP://X/",
        "/\\a",
        "\\",
        "/\xff",
    ),
    *("/catalog/titles?term=caf\xe9", "/catalog/titles?term=caf\xc3\xa9", "/a\x7f", "/a\x00", "/a\tb", "/a#b", "/?a?b"),
)

GARBAGE = (
    *(b"hello\r\n\r\n", b"\x00\x01\x02\x03\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 99),
    *(
        b"GET\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / FTP/1.1\r\n\r\n",
        b"GET  /  HTTP/1.1\r\n\r\n",
    ),
    *(b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", b"get / HTTP/1.1\r\nHost: x\r\n\r\n", b"\xc3\x89 / HTTP/1.1\r\n\r\n"),
    *(b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n\r\n", b"GET / HTTP/1.1\r\nA b: c\r\n\r\n"),
    *(b"GET / HTTP/1.1\r\nA: \x00\r\n\r\n", b"GET / HTTP/1.1\nHost: x\n\n", b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n\r\n",
)

# Huge, broken, or of no use here.
HEADERS = (
    *(
        "X: " + "a" * 100_000,
        "Authorization: OAuth " + 'a="b",' * 20_000,
        "Cookie: " + "a=b;" * 30_000,
        "A" * 50_000 + ": b",
    ),
    *(
        "Authorization: OAuth" + '"' * 999,
        "Authorization: Basic Zm9v",
        "Authorization:",
        "Origin: http://[",
        "Origin: \xff",
    ),
    *("Content-Type: ;;;", "Accept-Encoding: gzip;q=x,,*", "Expect: 100-continue", "Range: bytes=9-1", "TE: \xff"),
)
ORIGINS = ("http://[", "null", "", "http://evil.example", "\xff", "http://[::1]:x", "//", "http://a@b")
BODY_TYPES = ("application/json", "multipart/form-data; boundary=x", "text/xml", "\xff", "", "a/b;" * 999)
VERBS = ("PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "PURGE", "QUERY", "HEAD", "PUT", "DELETE")

# What is sent to the mock's own side, where a name is wanted.
NAMES = (
    *(b"", b"{", b"[]", b"null", b"1", b'"name"', b'{"name": 1}', b'{"name": ""}', b'{"name": " "}', b'{"name": null}'),
    *(
        b'{"name": "\\ud800"}',
        b'{"name": "\xff"}',
        b'{"name": "a\\u0000"}',
        b'{"name": "%s"}' % (b"a" * 201),
        b"[" * 99_999,
    ),
    *(b'{"name": ' + b"9" * 5000 + b"}", b"\xff\xfe", b"a" * 1_048_577),
)


def shown(value: object) -> str:
    """A short name of a row for the list of tests."""
    return ascii(value).strip("b'\"")[:40]
