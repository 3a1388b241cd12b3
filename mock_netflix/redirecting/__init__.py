"""The hosts of the service lead to the mock, in this process and for as long as a block lasts.

```
a client --> its name  --> door: looking up -----> the address of the service  (names.py)
         --> connects  --> door: connecting -----> where the mock listens      (detour.py)
         --> speaks TLS -> door: TLS ------------> trusts the mock's authority
```

`doors.py` are the functions through which clients go out, `patches.py` puts ours in their place and theirs back,
`ways.py` is where they lead now, `proxies.py` keeps proxies out of it, and `block.py` is what a program enters and
leaves. Whatever names another host goes as it went.
"""

from mock_netflix.redirecting.block import RedirectedHosts
from mock_netflix.redirecting.detour import Detour

__all__ = ["Detour", "RedirectedHosts"]
