"""Which texts people may give things as names: what is seen, and nothing that turns or hides what stands beside it."""

from __future__ import annotations

LONGEST = 200

# Control characters, and those that turn round or hide others.
_UNSEEN = r"\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
# As a regular expression for the whole of a text; it does not begin with a blank.
TEXT = rf"[^\x00-\x20\xa0{_UNSEEN}][^\x00-\x1f{_UNSEEN}]{{0,{LONGEST - 1}}}"
