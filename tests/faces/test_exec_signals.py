"""How `mock-netflix exec` and its command end: by signals, by the terminal, and with nothing left of either."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

pytestmark = [
    pytest.mark.usefixtures("authority"),
    pytest.mark.skipif(not hasattr(signal, "sigwaitinfo"), reason="signals do not say here who sent them"),
]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux alone")

COMMAND = (sys.executable, "-m", "mock_netflix", "exec", "--")
# Counts each signal by its name until a line comes, in the same process all the time.
COUNTING = """
import os, signal, sys
heard = []
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, lambda number, _: (heard.append(number), os.write(1, b"heard\\n")))
os.write(1, f"ready {os.environ['http_proxy']}\\n".encode())
while len(heard) < int(sys.argv[1]):
    signal.pause()
os.write(1, " ".join(signal.Signals(number).name for number in heard).encode() + b"\\n")
sys.exit(9)
"""


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    """exec with a command, which has printed its first line; killed at the end of the block, if it still runs."""
    with subprocess.Popen((*COMMAND, *command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def closed(url: str) -> bool:
    """Whether nothing listens there any more."""
    host, port = url.removeprefix("http://").split(":")
    with suppress(ConnectionRefusedError), socket.create_connection((host, int(port))):
        return False
    return True


def is_gone(process: int) -> bool:
    """Whether there is no such process, or it has ended and only its parent has not heard of it."""
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_is_passed_on_to_the_command_once_and_its_status_is_what_it_makes_of_it(name):
    with running(sys.executable, "-c", COUNTING, "1") as process:
        url = line_of(process).removeprefix("ready ")
        process.send_signal(getattr(signal, name))
        assert [line_of(process), line_of(process)] == ["heard", name]
        assert process.wait(timeout=30) == 9
        assert closed(url)


def test_several_signals_are_passed_on_each():
    with running(sys.executable, "-c", COUNTING, "3") as process:
        line_of(process)
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            process.send_signal(getattr(signal, name))
            assert line_of(process) == "heard"
        assert line_of(process) == "SIGTERM SIGINT SIGHUP"
        assert process.wait(timeout=30) == 9


def test_a_command_that_a_signal_ends_has_its_number_and_the_summary_is_told():
    with running("sh", "-c", "echo $$; exec sleep 600") as process:
        child = int(line_of(process))
        process.terminate()
        _, err = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert err.startswith("mock-netflix: no request came.")
    assert is_gone(child)


def test_ctrl_c_in_the_terminal_reaches_the_command_once():
    """In a terminal of its own; what is typed there comes to the whole process group."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        (*COMMAND, sys.executable, "-c", COUNTING, "2"),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_take_terminal,
    ) as process:
        os.close(theirs)
        said = b""
        for typed, awaited in ((b"", b"ready"), (b"\x03", b"heard"), (b"\x1c", b"SIGINT SIGQUIT\r\n")):
            os.write(ours, typed)
            while awaited not in said:
                said += os.read(ours, 1000)
        assert process.wait(timeout=30) == 9
        os.close(ours)
    assert said.count(b"heard") == 2


def _take_terminal() -> None:
    """Makes standard input the terminal of this session."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@linux_only
def test_what_the_command_leaves_running_is_ended_too():
    """A child of its own, and one that has left for a session of its own."""
    script = "sleep 600 & echo $!; setsid sleep 600 & echo $!; exit 4"
    with running("sh", "-c", script) as process:
        left = [int(line_of(process)), int(line_of(process))]
        process.communicate(timeout=30)
    assert process.returncode == 4
    assert all(map(is_gone, left))


STUBBORN = """
import os, signal, sys
if os.fork():
    sys.stdin.readline()
    sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid(), flush=True)
while True:
    signal.pause()
"""


@linux_only
@pytest.mark.slow
def test_what_will_not_end_is_killed():
    command = (*COMMAND, sys.executable, "-c", STUBBORN)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        left = int(line_of(process))
        process.communicate("go on\n", timeout=60)
    assert process.returncode == 0
    assert is_gone(left)


def test_a_signal_that_the_caller_ignores_is_ignored_by_the_command_as_it_would_be_without():
    """nohup, and what a shell without job control puts into the background."""
    script = "trap '' HUP; exec \"$@\""
    show = "import signal, sys; print(signal.getsignal(signal.SIGHUP).name, signal.getsignal(signal.SIGPIPE).name)"
    command = ("sh", "-c", script, "sh", *COMMAND, "sh", "-c", f"grep -E '^Sig(Blk|Ign)' /proc/self/status || {show!r}")
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if sys.platform == "linux":
        assert int(shown[1], 16) == 0
        assert int(shown[3], 16) & (1 << signal.SIGHUP - 1)
        assert not int(shown[3], 16) & (1 << signal.SIGPIPE - 1)


def test_the_command_has_no_file_of_the_mock_open():
    """The listening socket least of all, or the port would stay."""
    show = "import os; print(*sorted(int(one) for one in os.listdir('/dev/fd') if int(one) < 200))"
    plain = subprocess.run((sys.executable, "-c", show), capture_output=True, text=True, check=True).stdout
    beside = subprocess.run((*COMMAND, sys.executable, "-c", show), capture_output=True, text=True, check=True).stdout
    assert beside == plain
