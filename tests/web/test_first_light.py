def test_a_signed_call_is_answered(mock):
    assert mock.get(f"{mock.user}/rental_history/returned").status_code == 200
