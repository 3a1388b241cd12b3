"""A command that runs beside the server: started, told of signals, waited for, and nothing of it left when it is over.

It shares the terminal and the process group. A Ctrl-C reaches both, so only what somebody sends to us alone is passed
on; who sent a signal is known where the system tells it (sigwaitinfo). On Linux, what the command leaves running is
ours when it ends, and is ended too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

# What shells say of a command that is not there, or cannot be started; and add to the number of the signal that ended
# one.
NOT_FOUND = 127
NOT_STARTED = 126
BY_SIGNAL = 128

# Seconds that what is left of a command has to end by itself.
_GRACE = 2.0
# prctl(2): orphans become children of this process.
_SUBREAPER = 36
# These come to the whole process group from the terminal.
_OF_TERMINAL = (signal.SIGINT, getattr(signal, "SIGQUIT", signal.SIGINT))
_PASSED_ON = (*_OF_TERMINAL, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
# Python ignores them, and who is started by it would.
_IGNORED_HERE = tuple(getattr(signal, name) for name in ("SIGPIPE", "SIGXFSZ") if hasattr(signal, name))


class CommandError(Exception):
    """A command cannot be started; says why, and has the `status` to exit with."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


@contextmanager
def signals_kept() -> Iterator[None]:
    """Signals wait in this block, on this thread and those that it starts, until `run` hears of them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Where it is ignored, no child could be waited for.
    handler = signal.signal(signal.SIGCHLD, lambda *_: None)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*_PASSED_ON, signal.SIGCHLD})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGCHLD, handler)


def run(command: list[str], environment: Mapping[str, str]) -> int:
    """Runs a command to its end, within `signals_kept`; its exit status, as a shell tells it. Raises CommandError."""
    with _said(command[0]):
        if not hasattr(os, "posix_spawnp"):
            return _run_elsewhere(command, environment)
        _adopt_orphans()
        others = _children()
        child = os.posix_spawnp(command[0], command, environment, setsigmask=(), setsigdef=_IGNORED_HERE)
    status = _awaited(child)
    _end_what_is_left(others)
    return status if status >= 0 else BY_SIGNAL - status


@contextmanager
def _said(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise CommandError(f"there is no command {name!r}", NOT_FOUND) from None
    except OSError as error:
        hint = "; is its first line missing, which says what runs it?" if error.errno == errno.ENOEXEC else ""
        raise CommandError(f"{name!r} cannot be started: {error.strerror or error}{hint}", NOT_STARTED) from None
    except ValueError as error:
        raise CommandError(f"{name!r} cannot be started: {error}", NOT_STARTED) from None


def _run_elsewhere(command: list[str], environment: Mapping[str, str]) -> int:
    """The same where there are no such signals: Ctrl-C is left to the command."""
    with subprocess.Popen(command, env=dict(environment)) as process:  # noqa: S603 (what it is for)
        while True:
            with suppress(KeyboardInterrupt):
                return process.wait()


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _awaited(child: int) -> int:
    """Waits for a child, and passes signals on to it; its exit code, or minus the number of a signal."""
    while True:
        number, to_all = _heard()
        if number == signal.SIGCHLD:
            for one, status in _ended():
                if one == child:
                    return os.waitstatus_to_exitcode(status)
        elif not to_all:
            os.kill(child, number)


def _heard() -> tuple[int, bool]:
    """The next signal, and whether the terminal has sent it to the child too."""
    if hasattr(signal, "sigwaitinfo"):
        told = signal.sigwaitinfo((*_PASSED_ON, signal.SIGCHLD))
        # Above 0 it is from the kernel.
        return told.si_signo, told.si_signo in _OF_TERMINAL and told.si_code > 0
    number = signal.sigwait((*_PASSED_ON, signal.SIGCHLD))
    return number, number in _OF_TERMINAL and _in_foreground()


def _in_foreground() -> bool:
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        finally:
            os.close(terminal)
    return False


def _ended() -> Iterator[tuple[int, int]]:
    """The children that have ended, and how."""
    with suppress(ChildProcessError):
        while (one := os.waitpid(-1, os.WNOHANG))[0]:
            yield one


def _end_what_is_left(others: set[int]) -> None:
    """Ends the orphans of the command, which are children of ours that were not there before: asked first, then not."""
    asked: set[int] = set()
    killed = others
    while left := _children() - killed:
        for one in left - asked:
            _kill(one, signal.SIGTERM)
        asked |= left
        if signal.sigtimedwait({signal.SIGCHLD}, _GRACE) is None:
            for one in left:
                _kill(one, signal.SIGKILL)
            killed |= left
            # Their own children become ours when they are gone.
            signal.sigtimedwait({signal.SIGCHLD}, _GRACE)
        list(_ended())


def _children() -> set[int]:
    """The children of this process that have not ended, by /proc; on other systems than Linux, none that are told."""
    found: set[int] = set()
    if sys.platform != "linux":
        return found
    for path in Path("/proc").glob("[0-9]*/stat"):
        # What ends meanwhile is none.
        with suppress(OSError, ValueError):
            state, parent = path.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.add(int(path.parent.name))
    return found


def _kill(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
