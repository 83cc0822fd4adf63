"""Sends a growing file in the background."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Optional

from .errors import logger
from .pusher import Pusher
from .server import NotAccepted, Server, Unreachable


class Sender:
    """Sends what a file holds while it grows, in a thread of its own, so that nothing waits for the network."""

    LINGER = 0.25  # seconds between two requests, so that many small lines travel together
    FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

    def __init__(self, path: Path, server: Server) -> None:
        self.pusher = Pusher(path, server)
        self.given_up = False
        self._failure: Optional[str] = None
        self._changed = threading.Condition()
        self._thread: Optional[threading.Thread] = None
        self._wanted = self._hurry = self._settle = False

    def poke(self) -> None:
        """There is more to send. Returns at once."""
        with self._changed:
            self._wanted = True
            self._start()
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Tries once, now; whether everything is sent."""
        with self._changed:
            self._wanted = self._hurry = self._settle = True
            if not self._start():
                self._attempt(settle=True)
                self._settle = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._settle or self.given_up, timeout)
            return not self._settle and self._failure is None and not self.pusher.pending

    def _start(self) -> bool:
        """False where no thread can be started any more, as the interpreter is ending."""
        if self.given_up or (self._thread is not None and self._thread.is_alive()):
            return True
        self._thread = threading.Thread(target=self._work, name="ritz", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:
            return False
        return True

    def _work(self) -> None:
        pause = self.FIRST_PAUSE
        while not self.given_up:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted)
                self._wanted = self._hurry = False
                settle = self._settle
            self._attempt(settle)
            with self._changed:
                if settle:
                    self._settle = False
                self._changed.notify_all()
                if self._failure is None:
                    pause = self.FIRST_PAUSE
                    self._changed.wait_for(lambda: self._hurry, self.LINGER)
                else:
                    self._wanted = True
                    self._changed.wait_for(lambda: self._hurry, pause)
                    pause = min(2 * pause, self.LONGEST_PAUSE)

    def _attempt(self, settle: bool) -> None:
        failure: Optional[str] = None
        try:
            self.pusher.drain()
            if settle:
                self.pusher.settle()
        except NotAccepted as error:
            failure, self.given_up = str(error), True
        except (Unreachable, OSError) as error:
            failure = str(error)
        file, url = self.pusher.path, self.pusher.server.url
        if failure is None and self._failure is not None:
            logger.info("%s answers again.", url)
        elif failure is not None and (self._failure is None or self.given_up):
            later = f"`python -m ritz sync {file}` sends it later" if self.given_up else "it is sent when the server answers"
            logger.warning("%s. Everything is kept in %s; %s. Training goes on.", failure.rstrip("."), file, later)
        self._failure = failure
