"""Ratings over a real socket: reading both sides of them, giving, changing and taking them back."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import feedparser
import httpx
import pytest
from requests_oauthlib import OAuth1Session

from mock_netflix.world.subscribers import Rating
from mock_netflix.world.titles import TitleKey, TitleType
from tests.clients.signer import signed
from tests.resources.in_process import refusal

# Of the default world: one that Sam gave five stars, one that he does not want to see, and one he never rated.
RATED, HIDDEN, UNRATED = 70010013, 70010018, 70010001
# The series and the season that share this number; Sam rated the series.
TWINS = 70020009
TITLE, ACTUAL, PREDICTED = "/ratings/title", "/ratings/title/actual", "/ratings/title/predicted"

SET = "Your rating has been set"
TAKEN = (422, "Title has already been rated")


def movie(number: int) -> TitleKey:
    return TitleType.MOVIE, number


def ratings(mock) -> dict[TitleKey, Rating]:
    """What the ready subscriber thinks of titles now."""
    return dict(mock.state.subscribers[mock.state.subscriber.user_id].ratings)


def stars(mock, key: TitleKey) -> int | str | None:
    """The stars of one title; "none" where it has no rating."""
    return ratings(mock)[key].stars if key in ratings(mock) else "none"


def told(response: httpx.Response) -> tuple[int, str]:
    """Status and message of a write; the document repeats the status."""
    root = ElementTree.fromstring(response.content)
    assert root.tag == "status"
    assert root.findtext("status_code") == str(response.status_code)
    return response.status_code, root.findtext("message") or ""


def items(mock, path: str, **parameters: Any) -> list[dict[str, str | None]]:
    """Each item of a list of ratings: the texts of its elements by their names."""
    root = ElementTree.fromstring(mock.get(mock.user + path, **parameters).content)
    assert root.tag == "ratings"
    return [{child.tag: child.text for child in item} for item in root.iterfind("ratings_item")]


@pytest.mark.parametrize(
    ("path", "has", "lacks"),
    [
        (TITLE, {"user_rating", "predicted_rating"}, set()),
        (ACTUAL, {"user_rating"}, {"predicted_rating"}),
        (PREDICTED, {"predicted_rating"}, {"user_rating", "updated"}),
    ],
)
def test_each_list_has_its_side_and_all_have_the_title(mock, path, has, lacks):
    """reference: resources 3.8."""
    (item,) = items(mock, path, title_refs=f"movies/{RATED}")
    assert has <= set(item)
    assert not lacks & set(item)
    assert {"id", "title", "box_art", "average_rating"} <= set(item)


def test_stars_are_decimals_and_not_interested_is_an_attribute(mock):
    (item,) = items(mock, ACTUAL, title_refs=f"movies/{RATED}")
    assert item["user_rating"] == "5.0"
    hidden = mock.get(mock.user + ACTUAL, title_refs=f"movies/{HIDDEN}").text
    assert '<user_rating value="not_interested"></user_rating>' in hidden


def test_a_title_without_a_rating_has_an_item_with_an_id_and_no_rating(mock):
    """A client takes the id and rates the title by it."""
    (item,) = items(mock, TITLE, title_refs=f"movies/{UNRATED}")
    assert item["id"] == f"{mock.url}{mock.user}/ratings/title/{UNRATED}"
    assert "user_rating" not in item
    assert 1 <= float(item["predicted_rating"] or 0) <= 5


def test_unknown_titles_are_left_out_and_the_others_come_in_the_order_asked(mock):
    refs = f"movies/{UNRATED},movies/1,http://api.netflix.com/catalog/titles/movies/{RATED}"
    found = [item["id"] for item in items(mock, TITLE, title_refs=refs)]
    assert [(one or "").rpartition("/")[2] for one in found] == [str(UNRATED), str(RATED)]
    assert items(mock, TITLE, title_refs="movies/1") == []


def test_more_than_five_hundred_titles_are_refused(mock):
    refs = ",".join(["movies/1"] * 501)
    assert refusal(mock.get(mock.user + TITLE, title_refs=refs)) == (400, "title_refs is invalid")


@pytest.mark.parametrize("path", [TITLE, ACTUAL, PREDICTED])
def test_without_title_refs_a_list_has_all_that_was_rated_the_last_one_first(mock, path):
    found = [(item["id"] or "").rpartition("/")[2] for item in items(mock, path)]
    newest_first = sorted(ratings(mock).items(), key=lambda rated: rated[1].at, reverse=True)
    assert found == [str(number) for (_, number), _ in newest_first]


@pytest.mark.parametrize("path", [TITLE, ACTUAL, PREDICTED])
def test_what_was_rated_is_paged(mock, path):
    whole = items(mock, path)
    assert items(mock, path, start_index=3, max_results=4) == whole[3:7]
    response = mock.get(mock.user + path, max_results=0)
    assert refusal(response) == (400, "Query parameter max_results must be a positive integer.")


def test_what_is_rated_is_the_first_entry_of_the_feed(mock):
    mock.send("POST", mock.user + ACTUAL, title_ref=f"movies/{UNRATED}", rating=4)
    entry = feedparser.parse(mock.feed("ratings", mock.user + ACTUAL).content).entries[0]
    assert entry.link.endswith(f"/{UNRATED}")
    assert entry.nflx_user_rating == "4.0"


@pytest.mark.parametrize("name", ["title_ref", "title_refs"])
@pytest.mark.parametrize("path", [ACTUAL, TITLE])
def test_a_title_is_rated_by_its_address(mock, path, name):
    """One client writes `title_refs`, another posts to /ratings/title (reference: resources 3.8)."""
    ref = f"http://api-public.netflix.com/catalog/titles/movies/{UNRATED}"
    assert told(mock.send("POST", mock.user + path, rating=4, **{name: ref})) == (201, "success")
    assert stars(mock, movie(UNRATED)) == 4


def test_a_rating_bears_the_time_at_which_it_was_made(mock):
    before = max(rating.at for rating in ratings(mock).values())
    mock.send("POST", mock.user + ACTUAL, title_ref=f"movies/{UNRATED}", rating=4)
    made = ratings(mock)[movie(UNRATED)].at
    (item,) = items(mock, ACTUAL, title_refs=f"movies/{UNRATED}")
    assert made > before
    assert item["updated"] == str(made)


def test_a_form_body_rates_as_well(mock):
    """As the documentation has it: the parameters of a POST in its body."""
    token = mock.state.access_token
    session = OAuth1Session(mock.application.key, mock.application.secret, token.token, token.secret)
    session.trust_env = False
    answer = session.post(mock.url + mock.user + ACTUAL, data={"title_ref": f"movies/{UNRATED}", "rating": "2"})
    assert (answer.status_code, stars(mock, movie(UNRATED))) == (201, 2)


@pytest.mark.parametrize("number", [RATED, HIDDEN])
@pytest.mark.parametrize("path", [ACTUAL, TITLE])
def test_a_title_that_has_a_rating_is_not_rated_anew(mock, path, number):
    before = mock.state
    assert told(mock.send("POST", mock.user + path, title_ref=f"movies/{number}", rating=1)) == TAKEN
    by_id = mock.send("POST", f"{mock.user}{ACTUAL}/{number}", rating=1)
    assert told(by_id) == TAKEN
    assert mock.state is before


@pytest.mark.parametrize("path", [ACTUAL, TITLE])
def test_two_clients_rate_by_posting_to_the_id(mock, path):
    """One with the title's address beside it, one without (reference: resources 3.8)."""
    assert told(mock.send("POST", f"{mock.user}{path}/{UNRATED}", rating=5))[0] == 201
    beside = {"title_refs": "http://api.netflix.com/catalog/titles/movies/70010002"}
    assert told(mock.send("POST", f"{mock.user}{path}/70010002", rating=3, **beside))[0] == 201
    assert (stars(mock, movie(UNRATED)), stars(mock, movie(70010002))) == (5, 3)


@pytest.mark.parametrize(("verb", "tunnel"), [("PUT", {}), ("GET", {"method": "PUT"}), ("POST", {"method": "put"})])
@pytest.mark.parametrize("path", [ACTUAL, TITLE])
def test_a_rating_is_changed_by_its_id_with_a_real_put_or_a_tunnelled_one(mock, path, verb, tunnel):
    """A stack that can only GET changes things by GET (reference: protocol 8.4)."""
    response = mock.send(verb, f"{mock.user}{path}/{RATED}", rating=2, **tunnel)
    assert told(response) == (200, SET)
    assert stars(mock, movie(RATED)) == 2


def test_a_put_rates_also_what_had_no_rating(mock):
    assert told(mock.send("PUT", f"{mock.user}{ACTUAL}/{UNRATED}", rating=3)) == (200, SET)
    assert stars(mock, movie(UNRATED)) == 3


def test_the_id_of_an_item_is_where_its_rating_is_read_and_changed(mock):
    """The clients call ids back as they are (reference: resources 9.4, 9.5)."""
    (item,) = items(mock, TITLE, title_refs=f"movies/{RATED}")
    path = (item["id"] or "").removeprefix(mock.url)
    assert told(mock.send("PUT", path, rating=1)) == (200, SET)
    one = ElementTree.fromstring(mock.get(path).content)
    assert (one.tag, one.findtext("user_rating")) == ("ratings_item", "1.0")
    assert "predicted_rating" not in mock.get(path.replace("title", "title/actual")).text


@pytest.mark.parametrize(
    ("rating", "expected"), [("1", 1), ("5", 5), ("not_interested", None), ("no_opinion", "none")], ids=str
)
def test_the_words_of_a_rating(mock, rating, expected):
    assert mock.send("PUT", f"{mock.user}{ACTUAL}/{RATED}", rating=rating).status_code == 200
    assert stars(mock, movie(RATED)) == expected


def test_a_rating_that_was_taken_back_may_be_given_again(mock):
    mock.send("PUT", f"{mock.user}{ACTUAL}/{RATED}", rating="no_opinion")
    (item,) = items(mock, TITLE, title_refs=f"movies/{RATED}")
    assert "user_rating" not in item
    assert mock.send("POST", mock.user + ACTUAL, title_ref=f"movies/{RATED}", rating=3).status_code == 201


def test_no_opinion_of_what_has_no_rating_changes_nothing(mock):
    """A client posts it where its user takes a rating back that the service does not have."""
    before = ratings(mock)
    response = mock.send("POST", mock.user + ACTUAL, title_ref=f"movies/{UNRATED}", rating="no_opinion")
    assert (told(response), ratings(mock)) == ((201, "success"), before)


@pytest.mark.parametrize("rating", ["", "0", "6", "4.5", "-1", "five", "NOT_INTERESTED", "５"])
def test_what_is_no_rating_is_refused(mock, rating):
    before = mock.state
    for verb, path in (("PUT", f"{ACTUAL}/{RATED}"), ("POST", f"{ACTUAL}/{UNRATED}")):
        assert told(mock.send(verb, mock.user + path, rating=rating)) == (400, "rating is invalid")
    assert told(mock.send("PUT", f"{mock.user}{ACTUAL}/{RATED}")) == (400, "rating is invalid")
    assert mock.state is before


@pytest.mark.parametrize("ref", ["movies/1", "nonsense", f"movies/{UNRATED},movies/1"])
def test_an_unknown_title_is_not_rated_nor_what_is_named_beside_it(mock, ref):
    before = mock.state
    response = mock.send("POST", mock.user + ACTUAL, title_ref=ref, rating=3)
    assert told(response) == (400, "Title not found or not available")
    assert "<sub_code>130</sub_code>" in response.text
    assert mock.state is before


def test_a_rating_of_nothing_is_refused(mock):
    assert told(mock.send("POST", mock.user + ACTUAL, rating=3)) == (400, "title_ref is invalid")


@pytest.mark.parametrize("verb", ["GET", "PUT", "POST"])
@pytest.mark.parametrize("number", ["1", "x", "7" * 5000])
def test_an_id_of_nothing_is_not_found(mock, verb, number):
    assert refusal(mock.send(verb, f"{mock.user}{ACTUAL}/{number}", rating=3)) == (404, "Resource not found")


def test_several_titles_are_rated_at_once_or_none_of_them(mock):
    both = f"movies/{UNRATED},movies/{RATED}"
    assert told(mock.send("POST", mock.user + ACTUAL, title_refs=both, rating=3)) == TAKEN
    assert stars(mock, movie(UNRATED)) == "none"
    assert mock.send("POST", mock.user + ACTUAL, title_refs=f"movies/{UNRATED},movies/70010002", rating=3).is_success
    assert stars(mock, movie(70010002)) == 3


@pytest.mark.parametrize(
    ("ref", "key"),
    [
        ("series/70020001/seasons/70021002", (TitleType.SEASON, 70021002)),
        ("discs/70022001", (TitleType.DISC, 70022001)),
        ("programs/70020001/70023004", (TitleType.PROGRAM, 70023004)),
    ],
)
def test_a_part_of_a_series_is_rated_by_itself(mock, ref, key):
    assert mock.send("POST", mock.user + ACTUAL, title_ref=ref, rating=4).status_code == 201
    assert stars(mock, key) == 4


def test_an_id_of_two_titles_stands_for_the_one_that_is_named_or_else_the_one_that_is_rated(mock):
    """reference: resources 2.4: a series and its only season share a number."""
    series, season = (TitleType.SERIES, TWINS), (TitleType.SEASON, TWINS)
    address = f"http://api.netflix.com/catalog/titles/series/{TWINS}/seasons/{TWINS}"
    mock.send("POST", f"{mock.user}{ACTUAL}/{TWINS}", rating=2, title_refs=address)
    assert (stars(mock, series), stars(mock, season)) == (5, 2)
    mock.send("PUT", f"{mock.user}{ACTUAL}/{TWINS}", rating="no_opinion")
    mock.send("PUT", f"{mock.user}{ACTUAL}/{TWINS}", rating=1)
    assert (stars(mock, series), stars(mock, season)) == ("none", 1)


def test_a_rating_moves_the_predictions_of_titles_of_the_same_director(mock):
    """One star for each of three films of Alfred Hitchcock says something about the fourth."""
    ref = {"title_refs": "movies/60010028"}
    (before,) = items(mock, PREDICTED, **ref)
    for number in (60010023, 60010027, 60010030):
        mock.send("PUT", f"{mock.user}{ACTUAL}/{number}", rating=1)
    (after,) = items(mock, PREDICTED, **ref)
    assert 1.0 <= float(after["predicted_rating"] or 0) < float(before["predicted_rating"] or 0) - 0.5


def test_a_refusal_and_a_success_are_told_in_json(mock):
    address = {"title_ref": f"movies/{UNRATED}", "rating": 3, "output": "json"}
    made = mock.send("POST", mock.user + ACTUAL, **address)
    assert made.json() == {"status": {"status_code": "201", "message": "success"}}
    again = mock.send("POST", mock.user + ACTUAL, **address)
    assert (again.status_code, again.json()) == (422, {"status": {"status_code": "422", "message": TAKEN[1]}})


@pytest.mark.parametrize("output", ["atom", "atomx"])
def test_a_write_is_answered_with_a_status_document_even_where_atom_was_asked_for(mock, output):
    response = mock.send("POST", mock.user + ACTUAL, title_ref=f"movies/{UNRATED}", rating=3, output=output)
    assert (told(response), response.headers["content-type"]) == ((201, "success"), "application/xml;charset=UTF-8")


def test_nobody_rates_for_somebody_else(mock):
    other = next(user_id for user_id in mock.state.subscribers if user_id != mock.state.subscriber.user_id)
    response = mock.send("PUT", f"/users/{other}{ACTUAL}/{RATED}", rating=1)
    assert refusal(response) == (401, "User ID access token mismatch")


@pytest.mark.parametrize("method", ["POST", "post"])
def test_a_feed_token_opens_the_feed_and_rates_nothing(mock, method):
    before = mock.state
    asked = {"title_ref": f"movies/{UNRATED}", "rating": 5, "method": method, "output": "pox"}
    assert mock.feed("ratings", mock.user + ACTUAL).status_code == 200
    assert refusal(mock.feed("ratings", mock.user + ACTUAL, **asked)) == (400, "Missing Required Access Token")
    assert mock.state is before


def test_the_ratings_of_a_user_lead_to_their_three_lists(mock):
    links = ElementTree.fromstring(mock.get(f"{mock.user}/ratings").content).findall("link")
    addresses = [link.attrib["href"].removeprefix(mock.url) for link in links]
    assert addresses == [mock.user + path for path in (TITLE, ACTUAL, PREDICTED)]
    assert all(mock.get(address).is_success for address in addresses)


def test_a_long_list_of_titles_may_be_posted_to_be_read(mock):
    """A client does so where the address would be too long (reference: protocol 8.4)."""
    response = mock.send("POST", mock.user + TITLE, method="GET", title_refs=f"movies/{RATED}")
    assert (response.status_code, response.text) == (
        200,
        mock.get(mock.user + TITLE, title_refs=f"movies/{RATED}").text,
    )


def test_a_rating_is_changed_only_where_it_is_as_the_client_read_it(mock):
    """`If-Match` on a write (reference: protocol 8.5)."""
    path = f"{mock.user}/ratings/title/actual/60010003"
    consumer = (mock.application.key, mock.application.secret)
    token = (mock.state.access_token.token, mock.state.access_token.secret)

    def put(etag: str, rating: int) -> int:
        url = signed("PUT", mock.url + path, {"rating": str(rating)}, consumer=consumer, token=token)
        status: int = mock.http.put(url, headers={"If-Match": etag}).status_code
        return status

    read = mock.get(path).headers["etag"]
    assert [put('"1"', 2), put(read, 3), put(read, 4), put("*", 5)] == [412, 200, 412, 200]
