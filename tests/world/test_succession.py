"""A world whose fixtures were read anew: what comes from them, and what stays of what happened since."""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.extended import extended
from mock_netflix.world.grants import Standing, allow, issue_access_token, issue_request_token, register, with_standing
from mock_netflix.world.people import Person
from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.rules import Rules
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Rating
from mock_netflix.world.succession import succeed
from mock_netflix.world.titles import Award, TitleType
from tests.worlds import ADA as ADA_MARSH
from tests.worlds import NOW, a_movie, a_subscriber, a_world, returned

LANTERN, FOG = a_movie(), a_movie(70900002, "The Fog")
SAM, ADA = a_subscriber(), a_subscriber("ada@example.com")
READ = a_world(LANTERN, FOG, subscribers=(SAM, ADA))


def changed(state: State, login: str, **told: object) -> State:
    """The world in which this subscriber did something."""
    one = next(one for one in state.subscribers.values() if one.login == login)
    return state.with_subscriber(replace(one, **told))


def one_of(state: State, login: str):
    return next((one for one in state.subscribers.values() if one.login == login), None)


def queue(*titles) -> Queue:
    return Queue(tuple(QueueEntry(title.key, "DVD", NOW) for title in titles))


def test_titles_are_those_that_were_read_anew():
    now = succeed(READ, READ, a_world(FOG, subscribers=(SAM, ADA)))
    assert set(now.catalogue.titles) == {FOG.key}


def test_tokens_stay_and_still_are_of_the_same_subscribers():
    grants, token = issue_access_token(READ.grants, READ.application.key, ADA.user_id)
    grants, request = issue_request_token(grants, READ.application, "oob", NOW)
    grants = allow(grants, request, ADA.user_id)
    now = succeed(READ.with_grants(grants), READ, a_world(LANTERN, subscribers=(SAM, ADA)))
    assert now.grants == grants
    assert now.access_token == READ.access_token
    assert token.token in now.grants.access_tokens


def test_the_next_token_is_none_that_there_was():
    grants = READ.grants
    for _ in range(3):
        grants, _ = issue_access_token(grants, READ.application.key, SAM.user_id)
    now = succeed(READ.with_grants(grants), READ, READ)
    after, token = issue_access_token(now.grants, now.application.key, SAM.user_id)
    assert len(after.access_tokens) == len(grants.access_tokens) + 1
    assert token.token not in grants.access_tokens


def test_registered_applications_their_standing_and_the_rules_stay():
    grants, mine = register(READ.grants, "Mine")
    grants = with_standing(grants, READ.application, Standing.INACTIVE)
    now = succeed(READ.with_grants(grants).with_rules(Rules(unique_nonces=True)), READ, READ)
    assert now.grants.applications[mine.key] == mine
    assert now.application.standing is Standing.INACTIVE
    assert now.rules == Rules(unique_nonces=True)


def test_a_subscriber_of_whom_the_files_tell_the_same_is_as_they_are_now():
    now = changed(READ, SAM.login, disc_queue=queue(LANTERN))
    assert one_of(succeed(now, READ, READ), SAM.login).disc_queue == queue(LANTERN)


def test_a_subscriber_of_whom_the_files_tell_otherwise_is_as_they_tell():
    now = changed(changed(READ, SAM.login, disc_queue=queue(LANTERN)), ADA.login, disc_queue=queue(LANTERN))
    anew = a_world(LANTERN, FOG, subscribers=(replace(SAM, disc_queue=queue(FOG)), ADA))
    after = succeed(now, READ, anew)
    assert one_of(after, SAM.login).disc_queue == queue(FOG)
    assert one_of(after, ADA.login).disc_queue == queue(LANTERN)


def test_a_new_subscriber_comes_and_one_who_is_taken_out_goes():
    noor = a_subscriber("noor@example.com")
    after = succeed(READ, READ, a_world(LANTERN, subscribers=(SAM, noor)))
    assert [one.login for one in after.subscribers.values()] == [SAM.login, noor.login]


def test_what_is_about_a_title_that_is_gone_goes_with_it_and_the_etag_tells():
    now = changed(
        READ,
        SAM.login,
        disc_queue=queue(LANTERN, FOG),
        instant_queue=queue(FOG),
        ratings={LANTERN.key: Rating(3, NOW)},
        rentals=returned(LANTERN, FOG),
    )
    sam = one_of(succeed(now, READ, a_world(FOG, subscribers=(SAM, ADA))), SAM.login)
    assert sam.disc_queue.available == queue(FOG).available
    assert sam.disc_queue.etag != queue(LANTERN, FOG).etag
    assert sam.instant_queue.etag == queue(FOG).etag
    assert (sam.ratings, [event.title for event in sam.rentals]) == ({}, [FOG.key])


def test_another_ready_one_has_the_token_of_every_start_and_the_old_one_keeps_theirs():
    anew = a_world(LANTERN, FOG, subscribers=(ADA, SAM))
    after = succeed(READ, READ, anew)
    assert after.subscriber.login == ADA.login
    assert after.access_token == anew.access_token
    assert {READ.access_token.token, anew.access_token.token} <= set(after.grants.access_tokens)


def test_what_was_added_to_the_world_stays_with_the_people_in_it():
    """A title that the files tell by now is as they tell it."""
    guest = Person(5, "Guest")
    added = a_movie(1, "Added", cast=(guest.number,), awards=(Award("afi", "Best", 2009, True, ADA_MARSH.number),))
    twice = a_movie(2, "Told Twice")
    before = READ.with_catalogue(extended(READ.catalogue, [added, twice], [guest]))
    anew = replace(a_world(FOG, replace(twice, regular="Told")), subscribers=READ.subscribers)
    catalogue = succeed(before, READ, anew.with_catalogue(Catalogue(anew.catalogue.titles, ()))).catalogue
    assert [title.regular for title in catalogue.titles.values()] == ["The Fog", "Told", "Added"]
    assert {person.name for person in catalogue.people.values()} >= {"Guest", ADA_MARSH.name}


def test_parts_of_a_series_that_the_files_tell_by_now_are_theirs():
    series = a_movie(1, "Series", type=TitleType.SERIES)
    seasons = [a_movie(number, "Season", type=TitleType.SEASON, series=1) for number in (2, 3)]
    before = READ.with_catalogue(extended(READ.catalogue, [series, *seasons]))
    now = succeed(before, READ, a_world(series, seasons[0], subscribers=(SAM, ADA)))
    assert set(now.catalogue.titles) == {series.key, seasons[0].key}


def test_a_subscriber_who_was_added_stays_without_what_is_about_titles_that_are_gone():
    kit = a_subscriber("kit@example.com", disc_queue=queue(LANTERN, FOG))
    now = succeed(READ.with_subscriber(kit), READ, a_world(FOG, subscribers=(SAM, ADA)))
    assert [one.title for one in one_of(now, kit.login).disc_queue.available] == [FOG.key]
    told = a_subscriber("kit@example.com", nickname="told")
    now = succeed(READ.with_subscriber(kit), READ, a_world(FOG, subscribers=(SAM, told)))
    assert now.subscribers[told.user_id] == told
