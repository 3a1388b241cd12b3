"""The authority that signs the certificates of the mock, so that clients speak https with it and verify.

`authority.py` is the authority, `keeping.py` where it is kept between runs.
"""

from mock_netflix.authority.authority import Authority, NoTlsError
from mock_netflix.authority.keeping import Kept, kept, shown_in

__all__ = ["Authority", "Kept", "NoTlsError", "kept", "shown_in"]
