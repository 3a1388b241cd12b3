"""Whatever is asked of the ratings, in whatever order: a refusal leaves the world the very same, and lists add up."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resources.in_process import Api
from tests.resources.lantern import the_lantern_world

WORLD = the_lantern_world()
USER = f"/users/{WORLD.subscriber.user_id}"

TYPED = ("movies/70900001", "movies/70900002", "movies/70900004", "seasons/70900011", "discs/70900013", "movies/1")
SAID = ("1", "5", "not_interested", "no_opinion", "6", "")

posts = st.tuples(
    st.just("POST"),
    st.sampled_from(("/ratings/title", "/ratings/title/actual")),
    st.fixed_dictionaries({"title_ref": st.sampled_from(TYPED), "rating": st.sampled_from(SAID)}),
)
by_id = st.tuples(
    st.sampled_from(("POST", "PUT")),
    st.sampled_from(TYPED).map(lambda typed: f"/ratings/title/actual/{typed.rpartition('/')[2]}"),
    st.fixed_dictionaries({"rating": st.sampled_from(SAID)}),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(posts | by_id, max_size=8))
def test_a_refused_command_leaves_the_world_the_very_same(commands):
    api = Api(WORLD)
    for verb, path, parameters in commands:
        before = api.sandbox.state
        answer = api.send(verb, USER + path, parameters)
        assert answer.status_code in (200, 201, 400, 404, 422)
        assert answer.is_success or api.sandbox.state is before
        assert api.sandbox.state.catalogue is WORLD.catalogue


@settings(deadline=None, max_examples=20)
@given(st.lists(posts | by_id, max_size=6))
def test_whatever_was_rated_is_listed_and_predicted_between_one_star_and_five(commands):
    api = Api(WORLD)
    for verb, path, parameters in commands:
        api.send(verb, USER + path, parameters)
    refs = ",".join(TYPED)
    listed = ElementTree.fromstring(api.get(f"{USER}/ratings/title/actual").content)
    assert listed.findtext("number_of_results") == str(len(api.sandbox.state.subscribers[USER[7:]].ratings))
    for path, more in (("/ratings/title", {"title_refs": refs}), ("/recommendations", {})):
        found = ElementTree.fromstring(api.get(USER + path, **more).content).iterfind("*/predicted_rating")
        assert all(1.0 <= float(one.text or "") <= 5.0 for one in found)
