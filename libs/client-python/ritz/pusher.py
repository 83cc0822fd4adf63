"""Sends the lines of a file of records to the API."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Iterator, List, Sequence, Tuple

from .errors import logger
from .server import RunRefused, Server, Unreachable

_MENDABLE = ("NOT_FOUND", "FORBIDDEN")
"""Refusals that may not be repeated: what was missing may be sent later, or another token be used."""


class Pusher:
    """Sends the lines of a file from where it was left off; what the server has acknowledged is not sent again.

    How far it is stands in `<file>.pushed`, as `ritz push` has it too. Without it everything is sent again, which changes nothing.
    """

    LINES, BYTES, TIMEOUT = 500, 4_000_000, 60.0

    def __init__(self, path: Path, server: Server) -> None:
        self.path, self.server = path, server
        self.counts = {"CREATED": 0, "UPDATED": 0, "UNCHANGED": 0}
        self.refused: List[str] = []
        self._again: List[Tuple[bytes, str]] = []
        self._mark_file = Path(f"{path}.pushed")
        self._end = self._mark = self._read_mark()

    def drain(self) -> None:
        """Sends every whole line that the file holds now. Raises Unreachable, NotAccepted or OSError."""
        before = self._mark
        try:
            for batch, end in self._batches():
                self.send(batch)
                self._end = end
                if not self._again:
                    self._mark = end
        finally:
            if self._mark != before:
                self._write_mark()

    def settle(self) -> None:
        """Sends once more what may have come before what it belongs to; what is refused again is told."""
        again, self._again = [line for line, _ in self._again], []
        for start in range(0, len(again), self.LINES):
            self.send(again[start : start + self.LINES])
        for _, message in self._again:
            self._tell(message)
        if again and not self._again:
            self._mark = self._end
            self._write_mark()

    @property
    def pending(self) -> bool:
        with contextlib.suppress(OSError):
            return self.path.stat().st_size > self._end
        return False

    def send(self, lines: Sequence[bytes]) -> None:
        """One request. Raises RunRefused when the run itself is refused, for then everything of it would be."""
        done = False
        answers = self.server.post("/ingest?results=refused", b"".join(lines), "application/x-ndjson", self.TIMEOUT)
        for text in answers.splitlines():
            try:
                answer = json.loads(text)
            except ValueError:
                break  # the connection broke in the middle of a line
            status = answer.get("status")
            if status == "REFUSED":
                message = f"line refused ({answer.get('code')}): {answer.get('message')}"
                if answer.get("kind") == "run":
                    raise RunRefused(f"{self.server.url} refused the run: {answer.get('message')}")
                if answer.get("code") in _MENDABLE:
                    self._again.append((lines[int(answer["line"]) - 1], message))
                else:
                    self._tell(message)
            elif status == "STOPPED":
                raise Unreachable(f"{self.server.url}: {answer.get('message')}")
            elif status == "DONE":
                done = True
                for name in self.counts:
                    self.counts[name] += int(answer.get(name, 0))
        if not done:
            raise Unreachable(f"{self.server.url}: the connection was lost")

    def _tell(self, message: str) -> None:
        self.refused.append(message)
        if len(self.refused) <= 20:
            logger.warning("%s: %s", self.path, message)

    def _batches(self) -> Iterator[Tuple[List[bytes], int]]:
        with open(self.path, "rb") as reader:
            reader.seek(self._end)
            batch: List[bytes] = []
            size, end = 0, self._end
            for line in reader:
                if not line.endswith(b"\n") and not _is_json(line):
                    break  # it is still being written, or whoever wrote it was killed
                end += len(line)
                if line.strip():
                    batch.append(line if line.endswith(b"\n") else line + b"\n")
                    size += len(line)
                if len(batch) >= self.LINES or size >= self.BYTES:
                    yield batch, end
                    batch, size = [], 0
            if batch:
                yield batch, end

    def _digest(self, end: int) -> str:
        with open(self.path, "rb") as reader:
            reader.seek(max(0, end - 4096))
            return hashlib.sha256(reader.read(min(4096, end))).hexdigest()

    def _read_mark(self) -> int:
        try:
            mark = json.loads(self._mark_file.read_text())
            same = mark["url"] == self.server.url and mark["digest"] == self._digest(mark["end"])
            return int(mark["end"]) if same else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def _write_mark(self) -> None:
        """It only saves time."""
        fresh = Path(f"{self._mark_file}.{os.getpid()}")
        with contextlib.suppress(OSError):
            mark = {"url": self.server.url, "end": self._mark, "digest": self._digest(self._mark)}
            fresh.write_text(json.dumps(mark) + "\n")
            os.replace(fresh, self._mark_file)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
