"""The command line under watch: `watched.py FILE WORD…` runs `mock-netflix WORD…`.

In FILE it notes what the process reaches for, as far as Python tells of it (sys.addaudithook). What libraries do that
are not Python it does not see, so the event loop is Python's own here, as on machines without uvloop.
"""

from __future__ import annotations

import socket
import sys

# What leads out of a process (docs.python.org/3/library/audit_events.html); `socket.bind` and `listen` do not.
_OUT = (
    *("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.getnameinfo"),
    *("socket.gethostbyname", "socket.gethostbyaddr", "http.client.connect", "urllib.Request", "smtplib.connect"),
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
    *("webbrowser.open", "ctypes.dlopen"),
)


def main() -> None:
    notes = open(sys.argv[1], "a", buffering=1)  # noqa: SIM115

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event in _OUT:
            # Of a socket itself, the address that it is given is enough.
            told = [argument for argument in arguments if not isinstance(argument, socket.socket)]
            notes.write(f"{event} {told}\n")

    sys.modules["uvloop"] = None  # type: ignore[assignment]
    sys.argv = ["mock-netflix", *sys.argv[2:]]
    from mock_netflix.cli import main as command

    sys.addaudithook(note)
    command()


if __name__ == "__main__":
    main()
