"""The file of a run: what is logged is here before anything else happens."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

from .errors import logger


@contextlib.contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Keeps other processes from writing meanwhile; where the file system has no locks, single appends must do."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                os.lseek(descriptor, 0, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_UN)


class RecordFile:
    """Lines appended whole, by any number of threads and processes. Lines that cannot be written wait in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.waiting: List[bytes] = []
        self.fault: Optional[str] = None
        self._lock = threading.Lock()
        self._descriptor: Optional[int] = None

    def append(self, record: Mapping[str, Any]) -> None:
        line = json.dumps(record, allow_nan=False, ensure_ascii=False, separators=(",", ":")) + "\n"
        with self._lock:
            self.waiting.append(line.encode())
            self._write(durable=record["kind"] != "step")

    def retry(self) -> bool:
        """Whether everything is on disk."""
        with self._lock:
            if self.waiting:
                self._write(durable=True)
            return not self.waiting

    def take(self, send: Callable[[List[bytes]], None]) -> None:
        """Hands over the lines that could not be written; they are forgotten once `send` returns."""
        with self._lock:
            send(self.waiting)
            self.waiting = []

    def claim(self, record: Mapping[str, Any]) -> Optional[Dict[str, Any]]:
        """Makes `record` the first of the file, or returns the one that is there. Raises OSError."""
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = self._open()
            with _locked(descriptor):
                self._cut_half_line(descriptor)
                os.lseek(descriptor, 0, os.SEEK_SET)
                with os.fdopen(os.dup(descriptor), "rb") as reader:
                    first = reader.readline()
                if first:
                    return dict(json.loads(first))
                line = json.dumps(record, allow_nan=False, ensure_ascii=False, separators=(",", ":")) + "\n"
                self._append(descriptor, line.encode(), durable=True)
            return None

    def after_fork(self) -> None:
        """A child has a file of its own: locks are between open files, and a lock held by another thread never opens."""
        self._lock = threading.Lock()
        self._descriptor = None
        self.waiting = []

    def _open(self) -> int:
        if self._descriptor is None:
            flags = os.O_APPEND | os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self.path, flags, 0o644)
        return self._descriptor

    def _write(self, durable: bool) -> None:
        try:
            descriptor = self._open()
            with _locked(descriptor):
                self._cut_half_line(descriptor)
                self._append(descriptor, b"".join(self.waiting), durable)
        except OSError as error:
            if self.fault is None:
                logger.error(
                    "%s cannot be written (%s). Records are kept in memory and written as soon as it can be: "
                    "make room, or they are lost when this process ends before they are sent. Training goes on.",
                    self.path,
                    error.strerror or error,
                )
            self.fault = str(error.strerror or error)
            return
        self.waiting = []
        if self.fault is not None:
            logger.warning("%s can be written again; nothing was lost.", self.path)
            self.fault = None

    @staticmethod
    def _append(descriptor: int, data: bytes, durable: bool) -> None:
        size = os.fstat(descriptor).st_size
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            if durable:
                os.fsync(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, size)
            raise

    @staticmethod
    def _cut_half_line(descriptor: int) -> None:
        """As a process that was killed while it wrote leaves one."""
        size = os.fstat(descriptor).st_size
        end = size
        while end > 0:
            start = max(0, end - 65536)
            os.lseek(descriptor, start, os.SEEK_SET)
            newline = os.read(descriptor, end - start).rfind(b"\n")
            if newline >= 0:
                end = start + newline + 1
                break
            end = start
        if end < size:
            os.ftruncate(descriptor, end)
