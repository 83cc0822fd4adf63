"""The state of a Lanczos run as an append-only file: a killed run leaves at most one incomplete record, which is dropped.

Layout, that of the TypeScript library: records of a 16-byte head (payload bytes as float64, CRC-32 of the payload, 0) and a payload
of a length, JSON and basis rows.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy

from ..errors import RitzError

_HEAD = struct.Struct("<dII")
_LENGTH = struct.Struct("<I")
_FORMAT = "ritz-lanczos-python-1"


class Journal:
    """Opened for one run: `identity` is everything that decides its numbers. `notes` are kept from when the file was made."""

    def __init__(self, path: "os.PathLike[str] | str", identity: Mapping[str, Any], notes: Mapping[str, Any]) -> None:
        self.path = Path(path)
        self._dtype = numpy.dtype(identity["precision"])
        self._dimension = int(identity["dimension"])
        expected = {"format": _FORMAT, **json.loads(json.dumps(identity))}
        self._end = 0
        try:
            self._file = open(self.path, "r+b")
        except FileNotFoundError:
            self.notes = dict(notes)
            self._create(expected)
            return
        except OSError as error:
            raise self._unwritable(error) from error
        head = self._read()
        if head is None or "identity" not in head[0]:
            raise RitzError(f"{self.path}: not a saved Lanczos state, or its beginning is damaged. Remove it or name another file.")
        stored = head[0]["identity"]
        for key in {**expected, **stored}:
            if stored.get(key) != expected.get(key):
                raise RitzError(
                    f"{self.path}: it belongs to another run ({key}: {stored.get(key)} there, {expected.get(key)} here). "
                    "Remove it or name another file."
                )
        self.notes = dict(head[0]["notes"])

    def records(self) -> List[Tuple[Dict[str, Any], List[numpy.ndarray]]]:
        """(head, rows) of every complete record after the identity; what is behind them is cut off."""
        found = []
        while True:
            record = self._read()
            if record is None:
                self._file.truncate(self._end)
                return found
            found.append(record)

    def append(self, head: Mapping[str, Any], rows: Sequence[numpy.ndarray]) -> None:
        """Adds a record and waits until it is on the disk. Raises RitzError, for example when the disk is full."""
        text = json.dumps(head).encode()
        parts = [_LENGTH.pack(len(text)), text, *(numpy.ascontiguousarray(row, dtype=self._dtype).tobytes() for row in rows)]
        checksum = 0
        for part in parts:
            checksum = zlib.crc32(part, checksum)
        try:
            self._file.seek(self._end)
            self._file.write(_HEAD.pack(float(sum(map(len, parts))), checksum, 0))
            for part in parts:
                self._file.write(part)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self._file.truncate(self._end)
            raise self._unwritable(error) from error
        self._end = self._file.tell()

    def close(self) -> None:
        self._file.close()

    def _create(self, identity: Mapping[str, Any]) -> None:
        """Under another name until the identity is on the disk: the file is never there without it."""
        unfinished = Path(f"{self.path}.new")
        try:
            self._file = open(unfinished, "w+b")
            self.append({"identity": identity, "notes": self.notes}, [])
            os.replace(unfinished, self.path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _read(self) -> Optional[Tuple[Dict[str, Any], List[numpy.ndarray]]]:
        self._file.seek(self._end)
        head = self._file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        length, checksum, _ = _HEAD.unpack(head)
        if not 4 <= length <= os.fstat(self._file.fileno()).st_size:
            return None
        payload = self._file.read(int(length))
        if len(payload) < length or zlib.crc32(payload) != checksum:
            return None
        start = _LENGTH.size + _LENGTH.unpack_from(payload)[0]
        rows = numpy.frombuffer(payload[start:], dtype=self._dtype).reshape(-1, self._dimension)
        self._end += _HEAD.size + int(length)
        return json.loads(payload[_LENGTH.size : start]), list(rows)

    def _unwritable(self, error: OSError) -> RitzError:
        return RitzError(
            f"{self.path}: the Lanczos state cannot be saved ({error.strerror or error}). Free space there or name another file; "
            "what was saved before is kept."
        )
