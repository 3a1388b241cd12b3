"""What may have been meant is said beside the answer, in a header and in the terminal, and changes nothing else."""

from __future__ import annotations


def hints(mock, response) -> list[str]:
    """What the address in the header says."""
    answer = mock.http.get(response.headers["x-mock-netflix-explain"])
    said: list[str] = answer.json()["hints"]
    return said


def test_a_misspelt_parameter_is_named_with_the_one_that_was_meant(mock):
    response = mock.get(f"{mock.user}/rental_history", max_result=5)
    assert response.status_code == 200
    assert hints(mock, response) == [
        "max_result is no parameter of users.rental_history: did you mean max_results?",
    ]


def test_an_unknown_parameter_is_named(mock):
    response = mock.get_as_application("/catalog/titles", term="jaws", colour="blue")
    assert hints(mock, response) == ["colour is no parameter of titles.search"]


def test_an_unknown_expansion_is_named(mock):
    response = mock.get_as_application("/catalog/titles", term="jaws", expand="synopsys,cast")
    assert hints(mock, response) == ["synopsys cannot be expanded"]


def test_a_call_without_fault_has_no_hint(mock):
    response = mock.get(f"{mock.user}/queues/disc", sort="date_added", expand="cast,screen formats", output="json")
    assert "x-mock-netflix-explain" not in response.headers


def test_a_path_of_a_user_without_the_user(mock):
    response = mock.get("/queues/disc")
    assert response.status_code == 404
    assert hints(mock, response) == [
        "it belongs to a user: /users/{user}/queues/disc, where @me stands for the user of the token"
    ]


def test_a_misspelt_path_is_told_the_nearest(mock):
    response = mock.get("/catalog/titles/autocompleat", term="x")
    assert "/catalog/titles/autocomplete" in hints(mock, response)[0]
    assert hints(mock, mock.get("/0"))[:1] == []


def test_a_wrong_verb_is_told_the_right_ones(mock):
    response = mock.send("PUT", f"{mock.user}/queues/disc")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
    assert hints(mock, response) == ["it takes GET and POST; a verb can be sent as method=, too"]


def test_hints_of_hostile_names_stay_short(mock):
    response = mock.get_as_application("/catalog/titles", **{f"{'x' * 500}{number}": "1" for number in range(30)})
    assert response.status_code == 200
    assert len(hints(mock, response)) == 5
    assert all(len(hint) < 200 for hint in hints(mock, response))


def test_the_number_of_another_type_leads_to_the_title(mock):
    response = mock.get_as_application("/catalog/titles/movies/70020001")
    assert response.status_code == 404
    assert hints(mock, response) == [f"that number is The Twilight Zone: {mock.url}/catalog/titles/series/70020001"]


def test_a_call_that_lacks_something_is_told_where_to_get_it(mock):
    keyless, tokenless = mock.http.get(f"{mock.url}/catalog/titles"), mock.get_as_application("/users/@me")
    assert "keys are at /_mock/" in explained(mock, keyless)
    assert "access token" in explained(mock, tokenless)


def explained(mock, response) -> str:
    said: str = mock.http.get(response.headers["x-mock-netflix-explain"]).json()["explanation"]["message"]
    return said
