"""Recommendations, reviews and lists over a real socket."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from mock_netflix.world.subscribers import Review
from mock_netflix.world.titles import TitleType
from tests.resources.in_process import Api, refusal
from tests.resources.lantern import LANTERN, RETURNED_AT, sam
from tests.worlds import a_movie, a_world

RECOMMENDATIONS, REVIEWS = "/recommendations", "/reviews"


def root(mock, path: str, **parameters: Any) -> ElementTree.Element:
    return ElementTree.fromstring(mock.get(mock.user + path, **parameters).content)


def names(mock, path: str, **parameters: Any) -> list[str]:
    """The names of the titles of a list."""
    return [title.attrib["regular"] for title in root(mock, path, **parameters).iterfind("*/title")]


def predictions(mock, **parameters: Any) -> list[float]:
    found = root(mock, RECOMMENDATIONS, **parameters).iterfind("recommendation/predicted_rating")
    return [float(one.text or "") for one in found]


def test_recommendations_come_with_the_highest_prediction_first(mock):
    """reference: resources 3.9."""
    found = predictions(mock, max_results=500)
    assert len(found) > 10
    assert found == sorted(found, reverse=True)


def test_a_prediction_is_the_same_in_the_recommendations_and_in_the_ratings(mock):
    recommended = root(mock, RECOMMENDATIONS, max_results=5).findall("recommendation")
    refs = ",".join(link.attrib["href"] for item in recommended for link in item.findall("link")[:1])
    rated = root(mock, "/ratings/title/predicted", title_refs=refs).iterfind("*/predicted_rating")
    assert [one.text for one in rated] == [item.findtext("predicted_rating") for item in recommended]


def test_the_id_of_a_recommendation_is_its_title_s_number_below_the_list(mock):
    item = root(mock, RECOMMENDATIONS).find("recommendation")
    assert item is not None
    link = item.find("link")
    assert link is not None
    number = link.attrib["href"].rpartition("/")[2]
    assert item.findtext("id") == f"{mock.url}{mock.user}{RECOMMENDATIONS}/{number}"


def test_what_is_rated_is_no_longer_recommended_and_what_is_like_it_moves(mock):
    first = names(mock, RECOMMENDATIONS)[0]
    link = root(mock, RECOMMENDATIONS).find("recommendation/link")
    assert link is not None
    before = predictions(mock, max_results=500)
    mock.send("POST", f"{mock.user}/ratings/title/actual", title_ref=link.attrib["href"], rating="not_interested")
    assert first not in names(mock, RECOMMENDATIONS, max_results=500)
    assert predictions(mock, max_results=500) != before[1:]


def test_what_is_queued_is_no_longer_recommended(mock):
    first = names(mock, RECOMMENDATIONS)[0]
    link = root(mock, RECOMMENDATIONS).find("recommendation/link")
    assert link is not None
    assert mock.send("POST", f"{mock.user}/queues/disc", title_ref=link.attrib["href"]).status_code == 201
    assert first not in names(mock, RECOMMENDATIONS, max_results=500)


def test_recommendations_are_paged_and_expanded(mock):
    """One client asks for `expand=formats` here (reference: resources 2.6)."""
    whole = names(mock, RECOMMENDATIONS, max_results=500)
    assert names(mock, RECOMMENDATIONS, start_index=3, max_results=4) == whole[3:7]
    assert root(mock, RECOMMENDATIONS, max_results=9999).findtext("results_per_page") == "500"
    expanded = root(mock, RECOMMENDATIONS, expand="formats", max_results=1)
    assert expanded.find("recommendation/link/delivery_formats") is not None


def test_the_feed_of_recommendations_tells_the_prediction(mock):
    entries = feedparser.parse(mock.feed("recommendations", mock.user + RECOMMENDATIONS).content).entries
    assert [float(entry.nflx_predicted_rating) for entry in entries] == predictions(mock)


def test_reviews_have_their_text_their_title_and_the_stars_that_were_given(mock):
    """The form is the mock's own (reference: resources 3.10)."""
    for item in root(mock, REVIEWS).iterfind("review"):
        number = (item.findtext("id") or "").rpartition("/")[2]
        link = item.find("link")
        assert link is not None
        assert link.attrib["href"].endswith(f"/{number}")
        assert len(item.findtext("text") or "") > 20
        rating = ratings_of(mock)[number]
        assert item.findtext("user_rating") == (None if rating is None else f"{rating.stars}.0")


def ratings_of(mock) -> dict[str, Any]:
    """The rating of each title that the subscriber reviewed, by its number; None where there is none."""
    ready = mock.state.subscriber
    return {str(review.title[1]): ready.ratings.get(review.title) for review in ready.reviews}


def test_the_text_of_a_review_is_a_section_of_characters(mock):
    text = mock.get(mock.user + REVIEWS).text
    assert "<text><![CDATA[" in text
    assert "hired men & a village" in text


def test_reviews_come_with_the_last_one_first_and_only_the_later_ones_where_that_is_asked(mock):
    moments = [int(one.text or "") for one in root(mock, REVIEWS).iterfind("review/updated")]
    assert len(moments) > 3
    assert moments == sorted(moments, reverse=True)
    later = root(mock, REVIEWS, updated_min=moments[1]).iterfind("review/updated")
    assert [int(one.text or "") for one in later] == moments[:2]


def test_reviews_of_some_titles_only(mock):
    refs = "http://api.netflix.com/catalog/titles/movies/60010007,movies/70010001,movies/1,70010013"
    assert names(mock, REVIEWS, title_refs=refs) == ["The General", "Blade Runner"]
    assert names(mock, REVIEWS, title_refs="movies/70010001") == []
    assert len(names(mock, REVIEWS, title_refs="", max_results=2)) == 2


def test_a_feed_reader_shows_what_was_written(mock):
    entry = feedparser.parse(mock.feed("reviews", mock.user + REVIEWS).content).entries[0]
    assert entry.content[0].value.startswith("<blockquote>More snow than")
    assert "<img " in entry.content[0].value


def test_a_review_cannot_break_out_of_what_a_feed_reader_shows():
    review = Review(LANTERN.key, "<script>alert(1)</script> & ]]> more", RETURNED_AT)
    world = a_world(LANTERN, subscribers=(replace(sam(), reviews=(review,)),))
    atom = Api(world).get(f"/users/{world.subscriber.user_id}{REVIEWS}", output="atom")
    raw = ElementTree.fromstring(atom.content).findtext(".//{*}content")
    assert "&lt;script&gt;" in (raw or "")
    xml = ElementTree.fromstring(Api(world).get(f"/users/{world.subscriber.user_id}{REVIEWS}").content)
    assert xml.findtext("review/text") == review.text


@pytest.mark.parametrize("path", [RECOMMENDATIONS, REVIEWS, "/lists"])
@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE"])
def test_what_is_only_read_takes_no_other_verb(mock, path, verb):
    assert refusal(mock.send("GET", mock.user + path, method=verb)) == (405, "Method Not Allowed")


def test_every_list_leads_to_titles(mock):
    """Each address answers a list of titles (reference: resources 3.11)."""
    links = root(mock, "/lists").findall("list/link")
    assert len(links) == 4
    for link in links:
        assert link.get("title")
        answer = mock.get(link.attrib["href"].removeprefix(mock.url))
        assert ElementTree.fromstring(answer.content).find("*/title") is not None


def test_who_rated_reviewed_and_knows_nothing_gets_empty_lists():
    nothing = a_world(a_movie(1, "Bonus", type=TitleType.DISC), subscribers=(sam(),))
    for path, item in ((RECOMMENDATIONS, "recommendation"), (REVIEWS, "review"), ("/ratings/title", "ratings_item")):
        found = ElementTree.fromstring(Api(nothing).get(f"/users/{nothing.subscriber.user_id}{path}").content)
        assert (found.findtext("number_of_results"), found.find(item)) == ("0", None)
