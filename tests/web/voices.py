"""What the gateway says, in whichever of its voices: bare text at the token calls, a status document elsewhere."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

BARE = ("/oauth/request_token", "/oauth/access_token")


def told(answer: Any) -> tuple[int, str]:
    """Status and message of an answer that refuses, read as its media type says."""
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type == "text/plain":
        return answer.status_code, answer.text
    if media_type == "application/json":
        status = answer.json()["status"]
        assert int(status["status_code"]) == answer.status_code
        return answer.status_code, status["message"]
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.findtext("status_code")) == ("status", str(answer.status_code))
    return answer.status_code, root.findtext("message") or ""


def headers(answer: Any) -> tuple[str | None, str | None, str | None]:
    """The gateway's code, its message once more, and when to try again."""
    names = ("X-Mashery-Error-Code", "X-Error-Detail-Header", "Retry-After")
    code, detail, again = (answer.headers.get(name) for name in names)
    return code, detail, again
