"""Sends later what was not sent."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, List, Optional

from .active import runs_directory
from .errors import RitzError
from .pusher import Pusher
from .server import RunRefused, Server, Unreachable
from .values import PathLike


@dataclass(frozen=True)
class Synced:
    """What became of the lines that were sent."""

    files: List[Path]
    created: int
    updated: int
    unchanged: int
    refused: List[str]


def sync(
    *paths: PathLike, url: Optional[str] = None, token: Optional[str] = None, attempts: int = 5
) -> Synced:
    """Sends what is not sent of these files of records, or directories of them; of ./ritz-runs (RITZ_RUNS) unless given.

    Raises RitzError when the server does not answer so many times in a row, or accepts nothing.
    """
    server = Server.named(url, token)
    files = list(_record_files(paths or (runs_directory(None),)))
    counts = {"CREATED": 0, "UPDATED": 0, "UNCHANGED": 0}
    refused: List[str] = []
    for file in files:
        pusher = Pusher(file, server)
        for failures in range(1, attempts + 1):
            try:
                pusher.drain()
                pusher.settle()
                break
            except RunRefused as error:
                refused.append(f"{file}: {error}")
                break
            except Unreachable as error:
                if failures == attempts:
                    message = f"{error}, {attempts} times in a row. What was acknowledged is stored; sync goes on after it."
                    raise RitzError(message) from None
                time.sleep(0.5 * 2 ** (failures - 1))
            except OSError as error:
                raise RitzError(f"{file} cannot be read ({error.strerror or error}).") from error
        for name in counts:
            counts[name] += pusher.counts[name]
        refused += [f"{file}: {message}" for message in pusher.refused]
    return Synced(files, counts["CREATED"], counts["UPDATED"], counts["UNCHANGED"], refused)


def _record_files(paths: Iterable[PathLike]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(path.glob("*.jsonl"))
        elif path.is_file():
            yield path
        else:
            raise RitzError(f"{path}: no such file or directory.")
