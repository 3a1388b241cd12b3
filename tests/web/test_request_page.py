"""The page of one request in a real browser: why it was refused, for the person in front of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.clients import signer
from tests.conftest import Mock
from tests.web.made_worlds import own, serving
from tests.web.refusals import PLAIN, protocol, unexplained, unsorted_request, without_token_secret

HOSTILE = "<script>document.title='had'</script><img src=x onerror=\"document.title='had'\">\u202e\x1b[31m'\"&amp;"


def nonce_used(mock: Mock) -> None:
    mock.sandbox.state = replace(mock.state, rules=replace(mock.state.rules, unique_nonces=True))
    url = f"{mock.url}/catalog/titles?{signer.encoded([*PLAIN, *protocol(mock, '/catalog/titles', PLAIN, 'once')])}"
    for _ in range(2):
        mock.http.get(url)


def hostile(mock: Mock) -> None:
    unexplained(mock, [("term", HOSTILE * 20), ("x" * 3000, "y")], HOSTILE)


def accepted(mock: Mock) -> None:
    mock.get("/catalog/titles", term="love", nonsense="1")


KINDS = {
    "unsorted": unsorted_request,
    "key": without_token_secret,
    "unexplained": unexplained,
    "nonce": nonce_used,
    "not found": lambda mock: mock.http.get(f"{mock.url}/nothing"),
    "accepted": accepted,
    "hostile": hostile,
}
each_kind = pytest.mark.parametrize("ask", KINDS.values(), ids=KINDS)
refused_kinds = pytest.mark.parametrize("ask", [KINDS[name] for name in KINDS if name != "accepted"])


def show(page: Page, mock: Mock) -> None:
    """The page of the newest request."""
    number = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"][-1]["number"]
    page.goto(f"{mock.url}/_mock/requests/{number}")


def words(page: Page, selector: str) -> str:
    return " ".join(page.locator(selector).inner_text().split())


def test_the_cause_and_what_to_do_stand_before_everything_else(mock: Mock, page: Page) -> None:
    unsorted_request(mock)
    show(page, mock)
    assert page.title() == "Request 1: unsorted"
    assert words(page, "h1") == "Request 1: 401 Invalid Signature"
    assert words(page, "#cause") == "unsorted RFC 5849 section 3.4.1.3.2"
    assert words(page, "#message").startswith("The parameters are not sorted as they should be.")
    assert words(page, "#fix").startswith("To do: Percent-encode names and values, then sort")
    bottom = page.locator("#why").bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] < 500
    assert all((one.bounding_box() or {})["y"] > bottom["y"] for one in page.locator("h2").all())


def test_what_was_signed_stands_beside_what_is_right(mock: Mock, page: Page) -> None:
    """And only what differs is marked, from the first on."""
    _, signed = unsorted_request(mock)
    why = mock.http.get(f"{mock.url}/_mock/requests/1").json()["explanation"]
    show(page, mock)
    rows = [[cell.inner_text() for cell in row.locator("td").all()] for row in page.locator(".sides tbody tr").all()]
    assert rows[:2] == [["GET", "GET"], [f"{mock.url}/catalog/titles"] * 2]
    assert [right for _, right in rows[2:]] == why["base_string_parts"]["parameters"]
    assert sorted(mine for mine, _ in rows[2:]) == why["base_string_parts"]["parameters"]
    first = page.locator("#first-difference")
    assert words(page, "#first-difference th") == "parameter 1 first difference"
    assert [one.inner_text() for one in first.locator("mark").all()] == rows[2]
    boxes = [one.bounding_box() or {} for one in first.locator("td").all()]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    assert page.locator("pre", has_text=signed).count() == 1


def test_a_value_that_differs_is_marked_within_its_line(mock: Mock, page: Page) -> None:
    own = protocol(mock, "/catalog/titles", [("term", "a%20b")])
    mock.http.get(f"{mock.url}/catalog/titles?{signer.encoded([('term', 'a b'), *own])}")
    show(page, mock)
    assert words(page, "#cause code") == "double-encoded"
    assert [one.inner_text() for one in page.locator("mark").all()] == ["%2520", "%20"]


def test_where_only_the_key_is_wrong_it_is_said(mock: Mock, page: Page) -> None:
    without_token_secret(mock)
    show(page, mock)
    assert words(page, "#same").startswith("What was signed is the right base string.")
    assert page.locator(".sides").count() == 0
    key = f"{mock.application.secret}&{mock.state.access_token.secret}"
    assert words(page, "tr:has-text('Key to sign with') code") == key


def test_a_nonce_used_twice_leads_to_both_requests(mock: Mock, page: Page) -> None:
    nonce_used(mock)
    show(page, mock)
    page.get_by_role("link", name="Request 1", exact=True).click()
    assert words(page, "h1") == "Request 1: 200"


def test_one_request_leads_to_the_next_and_to_all(mock: Mock, page: Page) -> None:
    for _ in range(3):
        mock.http.get(f"{mock.url}/nothing")
    page.goto(f"{mock.url}/_mock/requests/2")
    page.get_by_role("link", name="Previous: 1").click()
    assert page.get_by_role("link", name="Previous").count() == 0
    page.get_by_role("link", name="Next: 2").click()
    page.get_by_role("link", name="Next: 3").click()
    assert page.get_by_role("link", name="Next").count() == 0
    page.get_by_role("link", name="All requests").click()
    assert words(page, "h1") == "mock-netflix"


def test_the_command_on_the_page_explains_the_same(mock: Mock, page: Page) -> None:
    without_token_secret(mock)
    show(page, mock)
    command = words(page, "pre:has-text('mock-netflix explain')")
    assert command == f"mock-netflix explain --base-url {mock.url} 1 --base 'YOUR BASE STRING'"


@each_kind
def test_nothing_has_to_be_scrolled_sideways(mock: Mock, page: Page, ask) -> None:
    ask(mock)
    for width in (320, 400, 840, 1200):
        page.set_viewport_size({"width": width, "height": 700})
        show(page, mock)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@each_kind
def test_what_was_sent_is_shown_and_does_nothing(mock: Mock, page: Page, ask) -> None:
    """The page loads nothing from elsewhere, runs nothing, and complains of nothing."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    ask(mock)
    show(page, mock)
    assert page.title() != "had"
    assert [url for url in asked if not url.startswith((f"{mock.url}/_mock/requests/", "data:"))] == []
    assert said == []
    assert page.locator("script, main img, iframe, object").count() == 0
    shown = page.locator("body").inner_text()
    assert not {"\x1b", "\u202e", "\x00"} & set(shown)


def test_a_hostile_signature_is_shown_as_the_text_that_it_is(mock: Mock, page: Page) -> None:
    hostile(mock)
    show(page, mock)
    received = page.locator("tr:has-text('Signature received') code").inner_text()
    assert received == HOSTILE.replace("\u202e", "\\u202e").replace("\x1b", "\\x1b")


@each_kind
def test_headings_tables_and_links_have_names(mock: Mock, page: Page, ask) -> None:
    ask(mock)
    show(page, mock)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("th:not([scope])").count() == 0
    assert page.evaluate("[...document.querySelectorAll('tbody tr')].every(row => row.querySelector('th[scope=row]'))")
    assert all(one.inner_text().strip() for one in page.locator("th, a").all())
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))


# How much lighter the one of two colours is than the other (WCAG 2.1, contrast ratio); what is behind a text is the
# nearest background that is there.
CONTRAST = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).slice(0, 3)
      .map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = one => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$/.test(colour) && colour !== 'transparent') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('main *')].filter(one => [...one.childNodes].some(
    child => child.nodeType === 3 && child.textContent.trim())).map(one => {
      const [a, b] = [light(getComputedStyle(one).color), light(behind(one))].sort((x, y) => y - x);
      return [one.tagName + ' ' + one.className + ' ' + one.textContent.slice(0, 20), (a + .05) / (b + .05)];
    }).filter(([_, ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ask", [unsorted_request, nonce_used, unexplained], ids=["unsorted", "nonce", "unexplained"])
def test_every_text_can_be_read_by_day_and_by_night(mock: Mock, page: Page, ask, scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    ask(mock)
    show(page, mock)
    assert page.evaluate(CONTRAST) == []
    page.goto(f"{mock.url}/_mock/")
    assert page.evaluate(CONTRAST) == []


# What went over the wire.


def test_parameters_headers_and_answer_are_shown(mock: Mock, page: Page) -> None:
    answer = mock.get("/catalog/titles", term="a b", max_results=3)
    show(page, mock)
    rows = [row.inner_text().split("\t") for row in page.locator("#parameters tbody tr").all()]
    assert rows[:2] == [["term", "a b", "query"], ["max_results", "3", "query"]]
    assert {"oauth_nonce", "oauth_signature"} < {name for name, *_ in rows}
    assert f"host: {mock.url.removeprefix('http://')}" in page.locator("#sent + pre").inner_text()
    told = page.locator("#answer + pre").inner_text()
    assert told.startswith("200\ncache-control: private\n")
    assert answer.text.strip() in told


def test_a_form_is_shown_as_it_was_sent(mock: Mock, page: Page) -> None:
    mock.http.post(f"{mock.url}/nothing", data={"title_ref": "<b>&\u202e", "x": "1"})
    show(page, mock)
    assert page.locator("#sent + pre").inner_text().rstrip().endswith("title_ref=%3Cb%3E%26%E2%80%AE&x=1")
    assert page.locator("#parameters tbody tr").first.inner_text().split("\t") == [
        "title_ref",
        "<b>&\\u202e",
        "body",
    ]


def test_of_a_picture_its_size_is_told(mock: Mock, page: Page) -> None:
    number = next(iter(mock.state.catalogue.titles.values())).number
    size = len(mock.http.get(f"{mock.url}/us/boxshots/large/{number}.jpg").content)
    show(page, mock)
    assert page.get_by_text(f"A picture or a catalogue file of {size} bytes, which is not kept.").count() == 1


def test_the_page_of_a_request_of_a_world_leads_to_others_of_it(page: Page) -> None:
    with serving() as server:
        world = server.made()
        for word in ("love", "jaws"):
            world.get("/catalog/titles", term=word)
        page.goto(f"{server.url}{own(world)}/requests/2")
        page.get_by_role("link", name="Previous: 1").click()
        assert page.url == f"{server.url}{own(world)}/requests/1"
        assert "term=love" in words(page, "h1 + p")
        page.get_by_role("link", name="All requests").click()
        assert page.get_by_role("link", name="Request 2", exact=True).count() == 1


# The list on the page of everything.


def test_the_last_requests_are_told_by_what_was_asked_cause_and_remedy(mock: Mock, page: Page) -> None:
    """Without the parameters of OAuth, which say nothing to a person."""
    unsorted_request(mock)
    mock.http.get(f"{mock.url}/favicon.ico")
    page.goto(f"{mock.url}/_mock/")
    row = page.locator("tr", has=page.get_by_role("link", name="Request 1", exact=True))
    told = " ".join(row.inner_text().split())
    assert "401 GET /catalog/titles?term=a%20b&max_results=3 Invalid Signature unsorted The parameters" in told
    assert "To do: Percent-encode names and values" in told
    assert "oauth_" not in told
    assert page.get_by_role("link", name="Request 2", exact=True).count() == 0


@refused_kinds
def test_the_list_leads_to_the_page(mock: Mock, page: Page, ask) -> None:
    ask(mock)
    page.goto(f"{mock.url}/_mock/")
    page.get_by_role("link", name="Request 1", exact=True).click()
    assert words(page, "h1").startswith("Request 1: ")
