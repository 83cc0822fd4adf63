"""Python client of Ritz: records Hessian spectra of any framework, and reads what is stored.

One file, the standard library only, Python 3.9 or later. Arrays of numpy, PyTorch and JAX are accepted wherever lists are.

    import ritz

    run = ritz.init("resnet, cosine", architecture="resnet-32", dataset="cifar-10", optimiser="sgd(momentum=0.9)",
                    learning_rate=0.1, parameter_count=464154, data_size=50000)
    run.log_step(100, train_loss=1.7, learning_rate=0.1)
    run.log_lanczos(100, alpha, beta)                 # k tridiagonals: [k][m] and [k][m] or [k][m - 1]
    run.log_gradient_overlap(100, k=10, fraction=0.93)
    run.finish()

What is logged is appended to `ritz-runs/<id>.jsonl` first, in the format that `POST /ingest` and `ritz push` take, and sent by a
thread of its own. So a server that is down, a lost connection or a wrong token never holds up the training and loses nothing:
`ritz.sync()` or `python -m ritz sync` sends later what was not sent, and what was sent already changes nothing.

Mistakes in a call (wrong shapes, unknown names) raise RitzError. What happens to a correct call (no server, a full disk, a loss
that is NaN) is said once through the logger "ritz", and the training goes on.

Environment: RITZ_URL (http://127.0.0.1:4000), RITZ_TOKEN, RITZ_RUNS (the directory, ./ritz-runs), RITZ_OFFLINE=1 (send nothing).
"""

from __future__ import annotations

import argparse
import array
import atexit
import base64
import contextlib
import datetime
import hashlib
import http.client
import importlib
import json
import logging
import math
import operator as operators
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Type
from typing import TypedDict, Union

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "Densities",
    "History",
    "RitzError",
    "Run",
    "StoredRun",
    "Synced",
    "Trajectory",
    "densities",
    "distances",
    "export_onnx",
    "finish",
    "histories",
    "init",
    "log_gradient_overlap",
    "log_lanczos",
    "log_ritz",
    "log_step",
    "query",
    "runs",
    "sync",
    "trajectories",
]
__version__ = "0.1.0"

Numbers = Any
"""One number for each of something: a list, a tuple, or an array of numpy, PyTorch or JAX."""
Array = Any
"""A numpy array where numpy can be imported, else a list (of lists)."""
PathLike = Union[str, "os.PathLike[str]"]

_log = logging.getLogger("ritz")


class RitzError(Exception):
    """What was asked cannot be done; the message says what was given, what was expected and what to do."""


# ──── Values: from what Python programs hold to what the interchange format says


def _plain(value: Any) -> Any:
    """Arrays as nested lists, numbers of array libraries as numbers; everything else as it is."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist()) if not isinstance(value, (int, float)) else value
    return value


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:80] + "…"


def _number(name: str, value: Any) -> float:
    """May be NaN or infinite."""
    plain = _plain(value)
    if isinstance(plain, (bool, complex)) or not hasattr(plain, "__float__"):
        raise RitzError(f"{name} is {_shown(value)}; one real number is expected.")
    try:
        return float(plain)
    except OverflowError:
        return math.inf


def _finite(name: str, value: Any) -> float:
    number = _number(name, value)
    if not math.isfinite(number):
        raise RitzError(f"{name} is {number}; a finite number is expected.")
    return number


def _whole(least: int, most: int = 2**53 - 1) -> Callable[[str, Any], int]:
    def convert(name: str, value: Any) -> int:
        plain = _plain(value)
        try:
            if isinstance(plain, bool):
                raise TypeError
            number = int(plain) if isinstance(plain, float) and plain.is_integer() else operators.index(plain)
        except TypeError:
            raise RitzError(f"{name} is {_shown(value)}; a whole number is expected.") from None
        if not least <= number <= most:
            raise RitzError(f"{name} is {number}; a whole number from {least} to {most} is expected.")
        return number

    return convert


_step = _whole(0, 2**31 - 1)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise RitzError(f"{name} is {_shown(value)}; text is expected.")
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise RitzError(f"{name} contains NUL or half of a surrogate pair, which cannot be stored.")
    return value


def _name(name: str, value: Any) -> str:
    if _text(name, value).strip() == "":
        raise RitzError(f"{name} is empty; a name is expected.")
    return str(value)


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise RitzError(f"{name} is {_shown(value)}; True or False is expected.")
    return value


def _one_of(*choices: str) -> Callable[[str, Any], str]:
    def convert(name: str, value: Any) -> str:
        if isinstance(value, str) and value.upper() in choices:
            return value.upper()
        raise RitzError(f"{name} is {_shown(value)}; {' or '.join(choice.lower() for choice in choices)} is expected.")

    return convert


def _tags(name: str, value: Any) -> List[str]:
    if isinstance(value, str):
        raise RitzError(f"{name} is {_shown(value)}; a list of labels is expected.")
    return sorted({_name(f"{name}[{at}]", tag) for at, tag in enumerate(value)})


def _json(name: str, value: Any) -> Any:
    """Free-form settings as JSON says them."""
    plain = _plain(value)
    if isinstance(plain, Mapping):
        return {_text(f"a key of {name}", key): _json(f"{name}.{key}", inner) for key, inner in plain.items()}
    if isinstance(plain, list):
        return [_json(f"{name}[{at}]", inner) for at, inner in enumerate(plain)]
    if isinstance(plain, float) and not math.isfinite(plain):
        raise RitzError(f"{name} is {plain}; a finite number is expected.")
    if plain is None or isinstance(plain, (bool, int, float)):
        return plain
    if isinstance(plain, os.PathLike):
        return os.fspath(plain)
    if isinstance(plain, str):
        return _text(name, plain)
    raise RitzError(f"{name} is a {type(value).__name__}; text, numbers, lists and dictionaries of them are expected.")


def _settings(name: str, value: Any) -> Dict[str, Any]:
    if not isinstance(value, Mapping):
        raise RitzError(f"{name} is {_shown(value)}; a dictionary is expected.")
    return dict(_json(name, value))


_SCHEDULE_KEYS = {"kind", "initial", "factor", "steps", "total_steps", "warmup_steps"}


def _schedule(name: str, value: Any) -> Dict[str, Any]:
    given = _settings(name, value)
    unknown = sorted(set(given) - _SCHEDULE_KEYS)
    if unknown or not {"kind", "initial"} <= set(given):
        what = f"{unknown[0]!r} is not known" if unknown else "kind or initial is missing"
        raise RitzError(f'{name}: {what}; expected such as {{"kind": "step", "initial": 0.1, "factor": 0.1, "steps": [100]}}.')
    kind = _one_of("CONSTANT", "STEP", "COSINE", "WARMUP_COSINE")(f"{name}.kind", given.pop("kind"))
    return {"kind": kind, **{_camel(key): inner for key, inner in given.items()}}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def _snake(name: str) -> str:
    return re.sub("[A-Z]", lambda match: f"_{match.group().lower()}", name)


_Converter = Callable[[str, Any], Any]


def _converted(where: str, given: Mapping[str, Any], known: Mapping[str, _Converter]) -> Dict[str, Any]:
    """By the names of the interchange format; None means not given."""
    for name in given:
        if name not in known:
            raise RitzError(f"{where}: {name!r} is not known; expected of {', '.join(known)}.")
    return {_camel(name): known[name](f"{where}: {name}", value) for name, value in given.items() if value is not None}


def _rows(name: str, value: Any) -> List[List[float]]:
    """One row per probe, of a vector or of a matrix whose rows may differ in length."""
    plain = _plain(value)
    if not isinstance(plain, list):
        raise RitzError(f"{name} is {_shown(value)}; a list of numbers, or one list for each probe, is expected.")
    rows = plain if any(isinstance(item, list) for item in plain) else [plain]
    converted = []
    for at, row in enumerate(rows):
        if not isinstance(row, list):
            raise RitzError(f"{name}[{at}] is {_shown(row)}; a list of numbers is expected, as for the other probes.")
        if any(isinstance(item, list) for item in row):
            raise RitzError(f"{name} has three or more axes; [m], or [k][m] for k probes, is expected.")
        converted.append([_number(f"{name}[{at}][{index}]", item) for index, item in enumerate(row)])
    return converted


def _probes(where: str, first: Tuple[str, Any], second: Tuple[str, Any]) -> List[Tuple[List[float], List[float]]]:
    (one, ones), (two, twos) = [(name, _rows(f"{where}: {name}", value)) for name, value in (first, second)]
    if len(ones) != len(twos):
        raise RitzError(f"{where}: {one} is of {len(ones)} probes and {two} of {len(twos)}; as many of each are expected.")
    for at, (a, b) in enumerate(zip(ones, twos)):
        if not a:
            raise RitzError(f"{where}: {one}[{at}] is empty; at least one number is expected.")
        expected = (len(a) - 1, len(a)) if two == "beta" else (len(a),)
        if len(b) not in expected:
            lengths = " or ".join(map(str, expected))
            raise RitzError(f"{where}: {two}[{at}] has {len(b)} numbers; {lengths} are expected for {len(a)} of {one}[{at}].")
    return list(zip(ones, twos))


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ──── What can be said of a run, a step, a measurement


class RunSettings(TypedDict, total=False):
    """Settings of a run; `architecture`, `dataset`, `optimiser` and one of `learning_rate` and `schedule` are required."""

    architecture: str  # the network, such as "resnet-32"
    dataset: str  # the training data, such as "cifar-10"
    optimiser: str  # with its settings: "sgd(momentum=0.9)"
    learning_rate: float  # of a constant schedule
    schedule: Mapping[str, Any]  # {"kind": "constant" | "step" | "cosine" | "warmup_cosine", "initial": …, …}
    seed: int  # of the initial parameters and the order of the data; 0 unless given
    project: str  # created when it is new; "default" unless given
    experiment: str
    batch_norm: str  # "none" (unless given), "minibatch", "population" or "running"
    residual: bool
    classes: int  # K in λ1/λK
    parameter_count: int  # n, also the dimension of every spectrum unless it says otherwise
    planned_steps: int
    git_revision: str
    engine: str  # what it is trained with, such as "pytorch-2.6"
    config: Mapping[str, Any]  # everything else that may differ between runs
    tags: Sequence[str]
    notes: str


class StepValues(TypedDict, total=False):
    """What a step can carry: one number each, None where nothing was measured."""

    epoch: Optional[float]
    train_loss: Optional[float]
    train_accuracy: Optional[float]  # 0 to 1
    test_loss: Optional[float]
    test_accuracy: Optional[float]  # 0 to 1
    learning_rate: Optional[float]
    gradient_norm: Optional[float]


class MeasurementSettings(TypedDict, total=False):
    """How a spectrum was measured."""

    operator: str  # "hessian" unless given, or "ggn"
    block: str  # "all" unless given, or the name of a group of parameters
    parameter_count: int  # n, the dimension of the operator; that of the run unless given
    data_size: int  # examples that the loss was taken over; that of the run unless given
    data_fingerprint: str  # digest of those examples; "" unless given
    loss_reduction: str  # "mean" unless given, or "sum"
    weight_decay_included: bool
    batch_norm: str  # statistics that the measurement normalised by; those of the run unless given
    lanczos_steps: int  # m that was asked for; the longest probe unless given
    probe_law: str  # "sphere" unless given, or "rademacher"
    seed: int  # that the start vectors come from; 0 unless given
    reorthogonalisation: str  # "full" unless given, or "none"
    precision: str  # "float32" unless given, or "float64"
    hvp_count: int  # matrix-vector products; the Lanczos steps of all probes unless given
    seconds: float  # wall time
    engine: str  # what computed the products; that of the run unless given


_BATCH_NORM = _one_of("NONE", "MINIBATCH", "POPULATION", "RUNNING")
_OPERATOR = _one_of("HESSIAN", "GGN")
_RUN: Dict[str, _Converter] = {
    **{name: _name for name in ("name", "project", "experiment", "architecture", "dataset", "optimiser")},
    "schedule": _schedule,
    "learning_rate": lambda name, value: {"kind": "CONSTANT", "initial": _finite(name, value)},
    "seed": _whole(-(2**53) + 1),
    "batch_norm": _BATCH_NORM,
    "residual": _flag,
    "classes": _whole(1, 2**31 - 1),
    "parameter_count": _whole(1),
    "planned_steps": _step,
    "git_revision": _text,
    "engine": _text,
    "config": _settings,
    "tags": _tags,
    "notes": _text,
}
_REQUIRED = ("architecture", "dataset", "optimiser", "schedule")
_STEP: Dict[str, _Converter] = {name: _number for name in StepValues.__annotations__}
_MEASUREMENT: Dict[str, _Converter] = {
    "operator": _OPERATOR,
    "block": _name,
    "parameter_count": _whole(1),
    "data_size": _whole(1),
    "data_fingerprint": _text,
    "loss_reduction": _one_of("MEAN", "SUM"),
    "weight_decay_included": _flag,
    "batch_norm": _BATCH_NORM,
    "lanczos_steps": _whole(1, 10_000),
    "probe_law": _one_of("SPHERE", "RADEMACHER"),
    "seed": _whole(-(2**53) + 1),
    "reorthogonalisation": _one_of("FULL", "NONE"),
    "precision": _one_of("FLOAT32", "FLOAT64"),
    "hvp_count": _whole(0),
    "seconds": _finite,
    "engine": _text,
}
_WEIGHT_TOLERANCE = 0.01


# ──── The file: what is logged is here before anything else happens


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


class _RecordFile:
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
                _log.error(
                    "%s cannot be written (%s). Records are kept in memory and written as soon as it can be: "
                    "make room, or they are lost when this process ends before they are sent. Training goes on.",
                    self.path,
                    error.strerror or error,
                )
            self.fault = str(error.strerror or error)
            return
        self.waiting = []
        if self.fault is not None:
            _log.warning("%s can be written again; nothing was lost.", self.path)
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


# ──── The server


class _Unreachable(Exception):
    """Worth trying again later."""


class _NotAccepted(RitzError):
    """The same request again would be refused again."""


class _RunRefused(_NotAccepted):
    """Nothing of a run is stored when the run is not."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class _Server:
    url: str
    token: Optional[str] = field(repr=False)

    @classmethod
    def named(cls, url: Optional[str], token: Optional[str]) -> _Server:
        """Of the arguments, or else of the environment."""
        address = url or os.environ.get("RITZ_URL") or "http://127.0.0.1:4000"
        try:
            parts = urllib.parse.urlsplit(address)
            valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            valid = False
        if not valid or re.search(r"\s", address):
            raise RitzError(f"url (or RITZ_URL): expected an address such as http://127.0.0.1:4000, got {address!r}.")
        secret = (token or os.environ.get("RITZ_TOKEN") or "").strip() or None
        if secret is not None and not re.fullmatch(r"[\w.~+/=-]+", secret, re.ASCII):
            raise RitzError("token (or RITZ_TOKEN) holds characters that no token has. `ritz token create` prints one.")
        return cls(address.rstrip("/"), secret)

    def post(self, path: str, body: bytes, content_type: str, timeout: float) -> bytes:
        """The body of the answer. Raises _Unreachable or _NotAccepted."""
        headers = {"Content-Type": content_type, "Accept": "application/json, application/x-ndjson"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        handlers: List[urllib.request.BaseHandler] = [_NoRedirect()]
        if urllib.parse.urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1"):
            handlers.append(urllib.request.ProxyHandler({}))  # no proxy of the company reaches this machine's loopback
        try:
            request = urllib.request.Request(self.url + path, body, headers)
            with urllib.request.build_opener(*handlers).open(request, timeout=timeout) as response:
                return bytes(response.read())
        except urllib.error.HTTPError as error:
            with error:
                try:
                    text = error.read().decode(errors="replace")
                except (OSError, http.client.HTTPException):
                    text = ""
            message = f"{self.url} answered {error.code}: {_message_in(text)}"
            if error.code in (408, 429) or error.code >= 500:
                raise _Unreachable(message) from error
            if error.code == 401:
                message += " Set RITZ_TOKEN to a token of that server (`ritz token create --scope write` prints one)."
            raise _NotAccepted(message) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
            raise _Unreachable(f"{self.url} does not answer ({why})") from error


def _message_in(text: str) -> str:
    """Of an answer in the shape of GraphQL errors, or the beginning of whatever it is."""
    try:
        answer = json.loads(text)
        return "; ".join(str(error["message"]) for error in answer["errors"])
    except (ValueError, KeyError, TypeError):
        return text.strip()[:200] or "nothing"


_MENDABLE = ("NOT_FOUND", "FORBIDDEN")
"""Refusals that may not be repeated: what was missing may be sent later, or another token be used."""


class _Pusher:
    """Sends the lines of a file from where it was left off; what the server has acknowledged is not sent again.

    How far it is stands in `<file>.pushed`, as `ritz push` has it too. Without it everything is sent again, which changes nothing.
    """

    LINES, BYTES, TIMEOUT = 500, 4_000_000, 60.0

    def __init__(self, path: Path, server: _Server) -> None:
        self.path, self.server = path, server
        self.counts = {"CREATED": 0, "UPDATED": 0, "UNCHANGED": 0}
        self.refused: List[str] = []
        self._again: List[Tuple[bytes, str]] = []
        self._mark_file = Path(f"{path}.pushed")
        self._end = self._mark = self._read_mark()

    def drain(self) -> None:
        """Sends every whole line that the file holds now. Raises _Unreachable, _NotAccepted or OSError."""
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
        """One request. Raises _RunRefused when the run itself is refused, for then everything of it would be."""
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
                    raise _RunRefused(f"{self.server.url} refused the run: {answer.get('message')}")
                if answer.get("code") in _MENDABLE:
                    self._again.append((lines[int(answer["line"]) - 1], message))
                else:
                    self._tell(message)
            elif status == "STOPPED":
                raise _Unreachable(f"{self.server.url}: {answer.get('message')}")
            elif status == "DONE":
                done = True
                for name in self.counts:
                    self.counts[name] += int(answer.get(name, 0))
        if not done:
            raise _Unreachable(f"{self.server.url}: the connection was lost")

    def _tell(self, message: str) -> None:
        self.refused.append(message)
        if len(self.refused) <= 20:
            _log.warning("%s: %s", self.path, message)

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


class _Sender:
    """Sends what a file holds while it grows, in a thread of its own, so that nothing waits for the network."""

    LINGER = 0.25  # seconds between two requests, so that many small lines travel together
    FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

    def __init__(self, path: Path, server: _Server) -> None:
        self.pusher = _Pusher(path, server)
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
        except _NotAccepted as error:
            failure, self.given_up = str(error), True
        except (_Unreachable, OSError) as error:
            failure = str(error)
        file, url = self.pusher.path, self.pusher.server.url
        if failure is None and self._failure is not None:
            _log.info("%s answers again.", url)
        elif failure is not None and (self._failure is None or self.given_up):
            later = f"`python -m ritz sync {file}` sends it later" if self.given_up else "it is sent when the server answers"
            _log.warning("%s. Everything is kept in %s; %s. Training goes on.", failure.rstrip("."), file, later)
        self._failure = failure


# ──── Runs that are recorded


class Run:
    """A run that is being recorded; made by `ritz.init`. Safe to use from several threads."""

    def __init__(self, record: Mapping[str, Any], data_size: Optional[int], file: Path, server: Optional[_Server]) -> None:
        self.id: str = record["id"]
        self.name: str = record["name"]
        self.file = file
        self.status = "RUNNING"
        self._record, self._data_size, self._pid = record, data_size, os.getpid()
        self._records = _RecordFile(file)
        self._sender: Optional[_Sender] = None
        self._said: set[str] = set()
        self._lock = threading.RLock()
        try:
            first = self._records.claim(record)
        except OSError as error:
            raise RitzError(f"{file} cannot be written ({error.strerror or error}). Name another directory.") from error
        except (TypeError, ValueError):
            raise RitzError(f"{file} holds something other than records of runs. Name another directory or id.") from None
        if first is not None:
            self._continue(first)
        if server is not None:
            self._sender = _Sender(file, server)
            self._sender.poke()

    def _continue(self, first: Mapping[str, Any]) -> None:
        """The file is there already: of this run, interrupted or written by another process too."""
        different = sorted(
            name for name in {*first, *self._record} - {"createdAt"} if first.get(name) != self._record.get(name)
        )
        if different:
            raise RitzError(
                f"Run {self.id} exists in {self.file} with other values of {', '.join(map(_snake, different))}. "
                "A run keeps its settings: give a new run a new id, or none."
            )
        with open(self.file, "rb") as reader:
            for line in reader:
                if b'"kind":"finish"' in line[:40] and b'"INTERRUPTED"' not in line:
                    raise RitzError(f"Run {self.id} has ended, says {self.file}. Give a new run a new id, or none.")

    def __repr__(self) -> str:
        return f"<ritz.Run {self.name!r} {self.id} {self.status.lower()}>"

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], _value: Optional[BaseException], _trace: Optional[TracebackType]
    ) -> None:
        if self.status == "RUNNING":
            self.finish(_status_after(kind))

    def log_step(self, step: int, **values: Unpack[StepValues]) -> None:
        """What was measured at a step. May be called several times for a step with different values, not with other ones.

        A value that is NaN or infinite is left out, as the database holds finite numbers only; it is said once.
        """
        number = _step("log_step: step", step)
        fields = _converted("log_step", values, _STEP)
        for name in [name for name, value in fields.items() if not math.isfinite(value)]:
            self._say_once(
                f"{name}", f"{_snake(name)} is {fields.pop(name)} at step {number} of {self.name!r}; it is left out there."
            )
        self._write({"v": 1, "kind": "step", "runId": self.id, "number": number, **fields})

    def log_lanczos(self, step: int, alpha: Numbers, beta: Numbers, **how: Unpack[MeasurementSettings]) -> None:
        """A spectrum as the tridiagonals of Lanczos: all of its probes in one call.

        alpha: the diagonals, [m] for one probe or [k][m]. beta: the off-diagonals, m - 1 numbers a probe or m; beta[j] couples
        j and j + 1, and the m-th is the norm of the last residual, which error bounds need.
        """
        probes = _probes("log_lanczos", ("alpha", alpha), ("beta", beta))
        self._log_spectrum("log_lanczos", step, [{"alpha": a, "beta": b} for a, b in probes], how)

    def log_ritz(self, step: int, nodes: Numbers, weights: Numbers, **how: Unpack[MeasurementSettings]) -> None:
        """A spectrum of which only Ritz values and quadrature weights were kept: [m] for one probe or [k][m]; weights sum to 1."""
        probes = _probes("log_ritz", ("nodes", nodes), ("weights", weights))
        for at, (_, shares) in enumerate(probes):
            total = math.fsum(shares)
            if any(share < 0 for share in shares) or abs(total - 1) > _WEIGHT_TOLERANCE:
                raise RitzError(f"log_ritz: weights[{at}] must not be negative and sum to 1; their sum is {total:g}.")
        self._log_spectrum("log_ritz", step, [{"nodes": n, "weights": w} for n, w in probes], how)

    def log_gradient_overlap(
        self,
        step: int,
        k: int,
        fraction: float,
        *,
        gradient: str = "full_batch",
        operator: str = "hessian",
        block: str = "all",
    ) -> None:
        """The share of the gradient's energy in the span of the K leading Ritz vectors, |P_K g|² / |g|², 0 to 1.

        Belongs to the spectrum of the same step, operator and block, which may be logged before or after.
        gradient: "full_batch" or "mini_batch".
        """
        where = "log_gradient_overlap"
        number, leading = _step(f"{where}: step", step), _whole(1, 2**31 - 1)(f"{where}: k", k)
        kind = _one_of("FULL_BATCH", "MINI_BATCH")(f"{where}: gradient", gradient)
        place = {"operator": _OPERATOR(f"{where}: operator", operator), "block": _name(f"{where}: block", block)}
        share = _number(f"{where}: fraction", fraction)
        if not math.isfinite(share):
            _log.warning("The gradient overlap at step %d of %r is %s; it is left out.", number, self.name, share)
            return
        if not 0 <= share <= 1 + 1e-6:
            raise RitzError(f"{where}: fraction is {share}; a number from 0 to 1 is expected.")
        record = {"v": 1, "kind": "overlap", "runId": self.id, "step": number, **place}
        self._write({**record, "k": leading, "gradient": kind, "fraction": share})

    def flush(self, timeout: float = 30.0) -> bool:
        """Waits until everything logged so far is sent, or one attempt failed, at most so many seconds; says whether it is."""
        on_disk = self._records.retry()
        return self._sender is None or (self._sender.flush(timeout) and on_disk)

    def finish(self, status: str = "finished", *, timeout: float = 30.0) -> None:
        """Ends the run and makes one attempt to send what is not sent. The same status again changes nothing.

        status: "finished", "failed" or "interrupted". Raises RitzError when records are neither on disk nor sent.
        """
        ended = _one_of("FINISHED", "FAILED", "INTERRUPTED")("finish: status", status)
        with self._lock:
            if self.status == "RUNNING":
                self._write({"v": 1, "kind": "finish", "runId": self.id, "status": ended, "finishedAt": _now()})
                self.status = ended
            elif self.status != ended:
                raise RitzError(f"Run {self.name!r} has ended as {self.status.lower()}; it cannot end as {status} too.")
        sent = self.flush(timeout)
        if self._records.waiting:
            self._rescue()
        _active.pop(self.id, None)
        if self._sender is not None and not sent and not self._sender.given_up:
            _log.warning("Not all of %r was sent. `python -m ritz sync %s` sends the rest.", self.name, self.file)

    def close(self, *, timeout: float = 30.0) -> None:
        """Leaves the run as it is, for another process that records it too; makes one attempt to send what is not sent."""
        if self.status == "RUNNING":
            self.status = "CLOSED"
            self.flush(timeout)
            if self._records.waiting:
                self._rescue()
        _active.pop(self.id, None)

    def _rescue(self) -> None:
        """Sends what could not be written."""
        lines = len(self._records.waiting)
        try:
            if self._sender is None:
                raise _Unreachable("nothing is sent offline")
            self._records.take(self._sender.pusher.send)
        except (_Unreachable, RitzError) as error:
            raise RitzError(
                f"{lines} records of {self.name!r} are neither in {self.file} ({self._records.fault}) nor sent ({error}). "
                "They are still in memory: make room and call finish() again."
            ) from None

    def _log_spectrum(self, where: str, step: int, probes: List[Dict[str, List[float]]], how: Mapping[str, Any]) -> None:
        number = _step(f"{where}: step", step)
        settings = _converted(where, how, _MEASUREMENT)
        longest = max(len(next(iter(probe.values()))) for probe in probes)
        known = {
            "parameterCount": self._record.get("parameterCount"),
            "dataSize": self._data_size,
            "dataFingerprint": "",
            "batchNorm": self._record.get("batchNorm", "NONE"),
            "lanczosSteps": longest,
            "seed": 0,
            "precision": "FLOAT32",
            "hvpCount": sum(len(next(iter(probe.values()))) for probe in probes),
            "seconds": 0.0,
            "engine": self._record["engine"],
            "operator": "HESSIAN",
            "block": "all",
            **settings,
        }
        for name in ("parameterCount", "dataSize"):
            if known[name] is None:
                raise RitzError(f"{where}: {_snake(name)} is not known; give it here or to ritz.init.")
        if known["lanczosSteps"] < longest:
            raise RitzError(f"{where}: lanczos_steps is {known['lanczosSteps']}, but a probe has {longest}.")
        for at, probe in enumerate(probes):
            for name, values in probe.items():
                for index, value in enumerate(values):
                    if not math.isfinite(value):
                        _log.error(
                            "%s[%d][%d] is %s: the spectrum at step %d of %r cannot be stored.",
                            *(name, at, index, value, number, self.name),
                        )
                        return
        place = f"spectrum {number} {known['operator']} {known['block']}"
        self._write(
            {
                **{"v": 1, "kind": "spectrum", "id": str(uuid.uuid5(uuid.UUID(self.id), place))},
                **{"runId": self.id, "step": number, **known},
                "probes": [{"index": at, "seed": known["seed"], **probe} for at, probe in enumerate(probes)],
            }
        )

    def _write(self, record: Mapping[str, Any]) -> None:
        with self._lock:
            if self.status != "RUNNING":
                raise RitzError(f"Run {self.name!r} has ended as {self.status.lower()}; nothing can be logged to it.")
            self._records.append(record)
        if self._sender is not None:
            self._sender.poke()

    def _say_once(self, what: str, message: str) -> None:
        with self._lock:
            if what in self._said:
                return
            self._said.add(what)
        _log.warning("%s (Said once.)", message)

    def _after_fork(self) -> None:
        """A child has none of the threads of its parent, and perhaps locks that they held: it writes, and its parent sends."""
        self._lock = threading.RLock()
        self._records.after_fork()
        self._sender = None


_active: Dict[str, Run] = {}
_starting = threading.Lock()


def init(
    name: str,
    *,
    id: Optional[str] = None,
    data_size: Optional[int] = None,
    directory: Optional[PathLike] = None,
    offline: Optional[bool] = None,
    url: Optional[str] = None,
    token: Optional[str] = None,
    **settings: Unpack[RunSettings],
) -> Run:
    """Starts a run, or goes on with the one of this id.

    id: a UUID; given by a program that is started again, or by several processes that record one run together. The settings must
    be the same each time. data_size: examples that the spectra are measured on, unless a spectrum says otherwise. directory,
    offline, url, token: instead of what the environment says.
    """
    fields = {key: value for key, value in settings.items() if value is not None}
    if "learning_rate" in fields and "schedule" in fields:
        raise RitzError("init: got both learning_rate and schedule; one of them is expected.")
    record = _converted("init", {"name": name, **fields}, _RUN)
    if "learningRate" in record:
        record["schedule"] = record.pop("learningRate")
    missing = [field for field in _REQUIRED if field not in record]
    if missing:
        also = " (or learning_rate)" if "schedule" in missing else ""
        raise RitzError(f"init: {', '.join(missing)}{also} is missing; what differs between runs must be known to compare them.")
    try:
        run_id = str(uuid.UUID(id)) if id is not None else str(uuid.uuid4())
    except (ValueError, AttributeError, TypeError):
        raise RitzError(f"init: id is {_shown(id)}; a UUID is expected, or none for a new run.") from None
    # What tells JSON apart from itself read back must not be told apart later: tuples are lists, keys are text.
    record = json.loads(json.dumps({"v": 1, "kind": "run", "id": run_id, "seed": 0, "engine": "python", **record}))
    size = None if data_size is None else _whole(1)("init: data_size", data_size)
    if offline is None:
        offline = os.environ.get("RITZ_OFFLINE", "") not in ("", "0")
    server = None if offline else _Server.named(url, token)
    file = _runs_directory(directory) / f"{run_id}.jsonl"
    with _starting:
        active = _active.get(run_id)
        if active is not None:
            active._continue(record)
            return active
        run = Run({**record, "createdAt": _now()}, size, file, server)
        _active[run_id] = run
    return run


def _runs_directory(directory: Optional[PathLike]) -> Path:
    return Path(directory or os.environ.get("RITZ_RUNS") or "ritz-runs")


def _the_run(caller: str) -> Run:
    if len(_active) == 1:
        return next(iter(_active.values()))
    if not _active:
        raise RitzError(f"ritz.{caller}: no run is active. Start one with ritz.init.")
    names = " and ".join(repr(run.name) for run in _active.values())
    raise RitzError(f"ritz.{caller}: {len(_active)} runs are active, {names}. Call the method of the one that is meant.")


def log_step(step: int, **values: Unpack[StepValues]) -> None:
    """Run.log_step of the active run."""
    _the_run("log_step").log_step(step, **values)


def log_lanczos(step: int, alpha: Numbers, beta: Numbers, **how: Unpack[MeasurementSettings]) -> None:
    """Run.log_lanczos of the active run."""
    _the_run("log_lanczos").log_lanczos(step, alpha, beta, **how)


def log_ritz(step: int, nodes: Numbers, weights: Numbers, **how: Unpack[MeasurementSettings]) -> None:
    """Run.log_ritz of the active run."""
    _the_run("log_ritz").log_ritz(step, nodes, weights, **how)


def log_gradient_overlap(step: int, k: int, fraction: float, **where: str) -> None:
    """Run.log_gradient_overlap of the active run."""
    _the_run("log_gradient_overlap").log_gradient_overlap(step, k, fraction, **where)


def finish(status: str = "finished", *, timeout: float = 30.0) -> None:
    """Run.finish of the active run; nothing where none is active, so that it may be called twice."""
    if _active:
        _the_run("finish").finish(status, timeout=timeout)


def _status_after(kind: Optional[Type[BaseException]]) -> str:
    if kind is None:
        return "finished"
    return "failed" if issubclass(kind, Exception) else "interrupted"


@atexit.register
def _at_exit() -> None:
    """Runs that nobody finished: failed after an exception, else interrupted. What cannot be sent now waits in the files."""
    kind: Optional[Type[BaseException]] = getattr(sys, "last_type", None)
    for run in list(_active.values()):
        if run._pid != os.getpid():
            continue
        try:
            run.finish("interrupted" if kind is None else _status_after(kind), timeout=10.0)
        except RitzError as error:
            _log.error("%s", error)


def _after_fork_in_child() -> None:
    for run in _active.values():
        run._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)


# ──── Sending later


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
    server = _Server.named(url, token)
    files = list(_record_files(paths or (_runs_directory(None),)))
    counts = {"CREATED": 0, "UPDATED": 0, "UNCHANGED": 0}
    refused: List[str] = []
    for file in files:
        pusher = _Pusher(file, server)
        for failures in range(1, attempts + 1):
            try:
                pusher.drain()
                pusher.settle()
                break
            except _RunRefused as error:
                refused.append(f"{file}: {error}")
                break
            except _Unreachable as error:
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
            raise RitzError(f"{path}: there is no such file or directory.")


# ──── Reading


def _array(values: Sequence[Any]) -> Array:
    """Lists as they are, or as an array of numpy, where None is NaN."""
    try:
        numpy: Any = importlib.import_module("numpy")
    except ImportError:
        return list(values)
    whole = all(isinstance(value, int) for value in values)
    return numpy.array(values, dtype=int if whole and len(values) > 0 else float)


def _unpacked(text: str) -> List[float]:
    """Little-endian float64 in base64."""
    values = array.array("d", base64.b64decode(text))
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()


def query(
    text: str, variables: Optional[Mapping[str, Any]] = None, *, url: Optional[str] = None, token: Optional[str] = None
) -> Dict[str, Any]:
    """The `data` of a GraphQL query. Raises RitzError with the words of the API when it has errors."""
    return _query(_Server.named(url, token), text, variables or {})


def _query(server: _Server, text: str, variables: Mapping[str, Any]) -> Dict[str, Any]:
    body = json.dumps({"query": text, "variables": variables}).encode()
    try:
        answer = json.loads(server.post("/graphql", body, "application/json", timeout=120.0))
    except _Unreachable as error:
        raise RitzError(f"{error}. Is the API running there? `npm start` starts it; RITZ_URL names another.") from error
    except ValueError:
        raise RitzError(f"{server.url} does not answer as the Ritz API does. Check the address.") from None
    if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
        raise RitzError(f"{server.url} answered: {_message_in(json.dumps(answer))}")
    return dict(answer["data"])


@dataclass(frozen=True)
class StoredRun:
    """A run of the database with its settings."""

    id: str
    name: str
    project: str
    experiment: str
    status: str
    architecture: str
    dataset: str
    optimiser: str
    schedule: Dict[str, Any]
    batch_norm: str
    residual: bool
    seed: int
    classes: Optional[int]
    parameter_count: Optional[int]
    config: Dict[str, Any]
    tags: List[str]
    notes: Optional[str]
    created_at: str
    finished_at: Optional[str]
    spectrum_steps: List[int]
    """Steps at which a spectrum was measured, ascending."""


RunLike = Union[str, Run, StoredRun]
"""A run, its id, or its name where only one has it."""

_RUNS = """query ($filter: RunFilter, $first: Int!, $after: String) {
  runs(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id name status architecture dataset optimiser batchNorm residual seed classes parameterCount tags notes createdAt finishedAt
      project { name } experiment { name } config { path value } spectra { step { number } }
      schedule { kind initial factor steps totalSteps warmupSteps }
    }
  }
}"""


def runs(
    *,
    ids: Optional[Sequence[str]] = None,
    project: Optional[str] = None,
    experiment: Optional[str] = None,
    status: Union[str, Sequence[str], None] = None,
    architecture: Union[str, Sequence[str], None] = None,
    dataset: Union[str, Sequence[str], None] = None,
    optimiser: Union[str, Sequence[str], None] = None,
    batch_norm: Union[str, Sequence[str], None] = None,
    schedule_kind: Union[str, Sequence[str], None] = None,
    residual: Optional[bool] = None,
    tags: Union[str, Sequence[str], None] = None,
    search: Optional[str] = None,
    archived: Optional[bool] = False,
    created_from: Optional[datetime.datetime] = None,
    created_before: Optional[datetime.datetime] = None,
    limit: Optional[int] = None,
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[StoredRun]:
    """The runs that fulfil every condition given, the newest first; all of their pages unless `limit` says how many.

    A list of values allows any of them, but `tags` must all be there. archived: None for those put out of sight too.
    Raises RitzError for a project that does not exist.
    """
    several = {
        **{"status": _upper(status), "architecture": _several(architecture), "dataset": _several(dataset)},
        **{"optimiser": _several(optimiser), "batchNorm": _upper(batch_norm), "scheduleKind": _upper(schedule_kind)},
        **{"tags": _several(tags), "ids": _several(ids), "createdFrom": _instant("created_from", created_from)},
        **{"createdBefore": _instant("created_before", created_before), "project": project, "experiment": experiment},
        **{"residual": residual, "search": search, "archived": archived},
    }
    wanted = {name: value for name, value in several.items() if value is not None}
    server = _Server.named(url, token)
    found = _runs(server, wanted, limit)
    if not found and project is not None:
        known = [str(one["name"]) for one in _query(server, "{ projects { name } }", {})["projects"]]
        if project not in known:
            raise RitzError(f"There is no project {project!r}; there is {', '.join(map(repr, known)) or 'none yet'}.")
    return found


def _runs(server: _Server, wanted: Mapping[str, Any], limit: Optional[int]) -> List[StoredRun]:
    found: List[StoredRun] = []
    after: Optional[str] = None
    while limit is None or len(found) < limit:
        first = 50 if limit is None else min(50, limit - len(found))
        page = _query(server, _RUNS, {"filter": dict(wanted), "first": first, "after": after})["runs"]
        found += map(_stored_run, page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return found


def _several(value: Union[str, Sequence[str], None]) -> Optional[List[str]]:
    return None if value is None else [value] if isinstance(value, str) else list(value)


def _upper(value: Union[str, Sequence[str], None]) -> Optional[List[str]]:
    values = _several(value)
    return None if values is None else [one.upper() for one in values]


def _instant(name: str, value: Optional[datetime.datetime]) -> Optional[str]:
    if value is not None and value.tzinfo is None:
        raise RitzError(f"{name}: got {value} without a time zone; expected one, such as tzinfo=datetime.timezone.utc.")
    return None if value is None else value.isoformat(timespec="milliseconds")


def _stored_run(node: Mapping[str, Any]) -> StoredRun:
    config: Dict[str, Any] = {}
    for setting in node["config"]:
        *outer, last = setting["path"]
        inner = config
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = json.loads(setting["value"])
    plain = {_snake(name): value for name, value in node.items() if name not in ("config", "spectra", "schedule")}
    return StoredRun(
        **{**plain, "project": node["project"]["name"], "experiment": node["experiment"]["name"]},
        schedule={_snake(name): value for name, value in node["schedule"].items() if value is not None},
        config=config,
        spectrum_steps=sorted({int(spectrum["step"]["number"]) for spectrum in node["spectra"]}),
    )


def _ids(server: _Server, wanted: Union[RunLike, Sequence[RunLike]]) -> List[str]:
    """Each once, in their order."""
    some: Sequence[RunLike] = [wanted] if isinstance(wanted, (str, Run, StoredRun)) else wanted
    ids = [_id_of(server, one) if isinstance(one, str) else one.id for one in some]
    if not ids:
        raise RitzError("runs: got none; at least one is expected.")
    return list(dict.fromkeys(ids))


def _id_of(server: _Server, text: str) -> str:
    with contextlib.suppress(ValueError):
        return str(uuid.UUID(text))
    named = [run.id for run in _runs(server, {"search": text}, None) if run.name == text]
    if len(named) == 1:
        return named[0]
    if named:
        raise RitzError(f"{len(named)} runs are called {text!r}: choose one by its id, of {', '.join(named)}.")
    raise RitzError(f"No run is called {text!r}. ritz.runs() lists those stored.")


@dataclass(frozen=True)
class Densities:
    """The spectra of R runs at one moment of their trainings, on one grid of P points and with one kernel."""

    position: float
    """The moment, in the unit of the alignment."""
    runs: List[str]
    """Ids of the runs that have a spectrum there; rows of everything below are in this order."""
    names: List[str]
    steps: List[int]
    """Where each of the spectra really stands."""
    grid: Array
    """[P], ascending, in units of the eigenvalues."""
    density: Array
    """[R][P]: share of the eigenvalues per unit of eigenvalue."""
    lower: Array
    """[R][P]: the band of 95 % confidence over the probes."""
    upper: Array
    sigma: Optional[float]
    """Standard deviation of the kernel."""
    wasserstein1: Array
    """[R][R], in units of the eigenvalues."""
    l1: Array
    """[R][R], 0 to 2."""
    jensen_shannon: Array
    """[R][R], 0 to 1."""
    missing: List[str]
    """Names of the runs without a spectrum there."""
    warnings: List[str]
    """Differences in how the spectra were measured, which play a part in how they differ."""
    differing: Dict[str, List[Optional[str]]]
    """Settings in which the runs differ: a value for each run that was asked for."""


_COMPARE = """query ($runs: [ID!]!, $align: Alignment, $at: [Float!], $tolerance: Float, $operator: CurvatureOperator,
    $block: String, $smoothing: SmoothingInput, $kernel: KernelName, $method: QuadratureMethod, $grid: GridInput) {
  compare(runs: $runs, align: $align, at: $at, tolerance: $tolerance, operator: $operator, block: $block,
      smoothing: $smoothing, kernel: $kernel, method: $method, grid: $grid) {
    differingSettings { name values }
    points {
      position lambda sigma
      entries { run { id name } spectrum { step { number } } density { packedDensity packedLower packedUpper } }
      missing { name }
      distances { wasserstein1 l1 jensenShannon }
      warnings { first { name } second { name } field firstValue secondValue consequence }
    }
  }
}"""


def densities(
    runs: Union[RunLike, Sequence[RunLike]],
    *,
    at: Optional[float] = None,
    align: str = "step",
    tolerance: Optional[float] = None,
    sigma: Optional[float] = None,
    points: int = 1024,
    low: Optional[float] = None,
    high: Optional[float] = None,
    operator: str = "hessian",
    block: str = "all",
    kernel: str = "gaussian",
    method: str = "variance_reduced",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> Densities:
    """Spectral densities of runs at the same moment, on one grid and with one kernel, and the distances between them.

    at: the moment, in the unit of `align` ("step", "epoch", "loss" or "lr_phase"); the farthest that every run has reached unless
    given. tolerance: how far from it a spectrum may stand. sigma: width of the kernel, chosen from the spectra unless given.
    points, low, high: of the grid.
    """
    server = _Server.named(url, token)
    grid = {"points": points, "min": low, "max": high}
    variables: Dict[str, Any] = {
        "runs": _ids(server, runs),
        "align": align.upper(),
        "operator": operator.upper(),
        "block": block,
        "kernel": kernel.upper(),
        "method": method.upper(),
        "grid": {name: value for name, value in grid.items() if value is not None},
    }
    optional = {
        "at": None if at is None else [at],
        "tolerance": tolerance,
        "smoothing": None if sigma is None else {"kind": "ABSOLUTE", "sigma": sigma},
    }
    variables.update({name: value for name, value in optional.items() if value is not None})
    comparison = _query(server, _COMPARE, variables)["compare"]
    if not comparison["points"] or not comparison["points"][0]["entries"]:
        raise RitzError(f"None of these runs has a {operator} spectrum of block {block!r} there.")
    point = comparison["points"][0]
    entries = point["entries"]

    def curves(name: str) -> Array:
        return _array([_unpacked(entry["density"][name]) for entry in entries])

    return Densities(
        position=point["position"],
        runs=[entry["run"]["id"] for entry in entries],
        names=[entry["run"]["name"] for entry in entries],
        steps=[entry["spectrum"]["step"]["number"] for entry in entries],
        grid=_array(list(map(float, point["lambda"]))),
        density=curves("packedDensity"),
        lower=curves("packedLower"),
        upper=curves("packedUpper"),
        sigma=point["sigma"],
        wasserstein1=_array(point["distances"]["wasserstein1"]),
        l1=_array(point["distances"]["l1"]),
        jensen_shannon=_array(point["distances"]["jensenShannon"]),
        missing=[run["name"] for run in point["missing"]],
        warnings=[
            f"{warning['field']} differs ({warning['first']['name']}: {warning['firstValue']}, "
            f"{warning['second']['name']}: {warning['secondValue']}). {warning['consequence']}"
            for warning in point["warnings"]
        ],
        differing={setting["name"]: setting["values"] for setting in comparison["differingSettings"]},
    )


def distances(runs: Sequence[RunLike], metric: str = "wasserstein1", **options: Any) -> Array:
    """The matrix of distances between the spectra of runs, [R][R]; options as of `densities`.

    metric: "wasserstein1" (units of the eigenvalues), "l1" (0 to 2) or "jensen_shannon" (0 to 1). Raises RitzError when one of
    the runs has no spectrum there, for then rows and runs would not match.
    """
    if metric not in ("wasserstein1", "l1", "jensen_shannon"):
        raise RitzError(f"metric is {_shown(metric)}; wasserstein1 or l1 or jensen_shannon is expected.")
    compared = densities(runs, **options)
    if compared.missing:
        raise RitzError(f"{', '.join(map(repr, compared.missing))} has no spectrum there. Leave it out.")
    return getattr(compared, metric)


@dataclass(frozen=True)
class Trajectory:
    """Statistics of the spectra of a run along its training: one number for each measured step, NaN (or None) if not known."""

    run: str
    name: str
    step: Array
    lambda_max: Array
    lambda_min: Array
    lambda_k: Array
    ratio: Array
    outlier_count: Array
    negative_mass: Array
    mass_near_zero: Array
    trace: Array
    frobenius_norm: Array
    effective_rank: Array
    overlap: Dict[Tuple[str, int], Array]
    """|P_K g|² / |g|² by kind of gradient ("full_batch", "mini_batch") and K."""


_TRAJECTORY = """query ($id: ID!, $operator: CurvatureOperator, $block: String) {
  run(id: $id) {
    name
    trajectory(operator: $operator, block: $block) {
      step lambdaMax lambdaMin lambdaK ratio outlierCount negativeMass massNearZero trace frobeniusNorm effectiveRank
      overlap { gradient k fraction }
    }
  }
}"""


def trajectories(
    runs: Union[RunLike, Sequence[RunLike]],
    *,
    operator: str = "hessian",
    block: str = "all",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[Trajectory]:
    """Outliers and other statistics of the spectra of each run, along its training."""
    server = _Server.named(url, token)
    found = []
    for run_id in _ids(server, runs):
        run = _stored(server, _TRAJECTORY, {"id": run_id, "operator": operator.upper(), "block": block})
        columns = run["trajectory"]
        overlap = {(str(one["gradient"]).lower(), int(one["k"])): _array(one["fraction"]) for one in columns.pop("overlap")}
        arrays = {_snake(name): _array(values) for name, values in columns.items()}
        found.append(Trajectory(run=run_id, name=run["name"], **arrays, overlap=overlap))
    return found


@dataclass(frozen=True)
class History:
    """Training curves of a run: one number for each logged step, NaN (or None) where it was not measured."""

    run: str
    name: str
    step: Array
    epoch: Array
    train_loss: Array
    train_accuracy: Array
    test_loss: Array
    test_accuracy: Array
    learning_rate: Array
    gradient_norm: Array
    downsampled: bool
    """Whether there are more steps than were asked for."""


_HISTORY = """query ($id: ID!, $maxPoints: Int!) {
  run(id: $id) {
    name
    history(maxPoints: $maxPoints) {
      step epoch trainLoss trainAccuracy testLoss testAccuracy learningRate gradientNorm downsampled
    }
  }
}"""


def histories(
    runs: Union[RunLike, Sequence[RunLike]],
    *,
    max_points: int = 10_000,
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[History]:
    """Loss, accuracy and learning rate of each run along its training."""
    server = _Server.named(url, token)
    found = []
    for run_id in _ids(server, runs):
        run = _stored(server, _HISTORY, {"id": run_id, "maxPoints": max_points})
        downsampled = bool(run["history"].pop("downsampled"))
        arrays = {_snake(name): _array(values) for name, values in run["history"].items()}
        found.append(History(run=run_id, name=run["name"], **arrays, downsampled=downsampled))
    return found


def _stored(server: _Server, text: str, variables: Mapping[str, Any]) -> Dict[str, Any]:
    run = _query(server, text, variables)["run"]
    if run is None:
        raise RitzError(f"There is no run {variables['id']}. ritz.runs() lists those stored.")
    return dict(run)


# ──── A checkpoint of PyTorch for `ritz spectrum`


def export_onnx(model: Any, inputs: Any, targets: Any, directory: PathLike = ".", name: str = "model") -> List[str]:
    """Writes a PyTorch model and its examples for `ritz spectrum`; returns the command that measures them.

    inputs: tensor [N, ...]; targets: class indices [N], or a tensor of the shape of the outputs for a squared error. Writes
    <name>.onnx, <name>-inputs.npy and <name>-targets.npy. The model is exported in the mode it is in, batch norm unfolded, so
    that `--batch-norm running` and `batch` both work. Needs torch (2.5 or later: also onnx) and numpy.
    """
    try:
        torch: Any = importlib.import_module("torch")
        numpy: Any = importlib.import_module("numpy")
    except ImportError as error:
        raise RitzError(f"export_onnx needs torch and numpy ({error}). `pip install torch numpy onnx` brings them.") from None
    if len(inputs) < 1 or len(inputs) != len(targets):
        raise RitzError(f"export_onnx: got {len(inputs)} inputs and {len(targets)} targets; as many, at least one, are expected.")
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}{ending}" for ending in (".onnx", "-inputs.npy", "-targets.npy")]
    options: Dict[str, Any] = {
        "input_names": ["input"],
        "output_names": ["output"],
        "dynamic_axes": {"input": {0: "batch"}},
        "opset_version": 14,
        "training": torch.onnx.TrainingMode.PRESERVE,
        "do_constant_folding": False,
    }
    version = tuple(int(part) for part in re.findall(r"\d+", str(torch.__version__))[:2])
    if version >= (2, 5):
        options["dynamo"] = False
    torch.onnx.export(model, (inputs[:2],), str(files[0]), **options)
    numpy.save(files[1], inputs.detach().cpu().numpy())
    numpy.save(files[2], targets.detach().cpu().numpy())
    loss = [] if not targets.is_floating_point() else ["--loss", "mean-squared-error"]
    return ["ritz", "spectrum", "--model", str(files[0]), "--data", str(files[1]), "--labels", str(files[2]), *loss]


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ritz", description="Sends records of runs to Ritz.")
    commands = parser.add_subparsers(dest="command", required=True)
    sending = commands.add_parser("sync", help="send what is not sent yet; repeats nothing")
    sending.add_argument("paths", nargs="*", help="files of records, or directories of them (default: ./ritz-runs)")
    sending.add_argument("--url", help="address of the API (default: RITZ_URL, or http://127.0.0.1:4000)")
    options = parser.parse_args(arguments)
    try:
        synced = sync(*options.paths, url=options.url)
    except RitzError as error:
        print(error, file=sys.stderr)
        return 1
    files = f"{len(synced.files)} file{'' if len(synced.files) == 1 else 's'}"
    print(f"{files}: {synced.created} new, {synced.updated} completed, {synced.unchanged} were there already.")
    if synced.refused:
        print(f"{len(synced.refused)} lines were refused; the others are stored.", file=sys.stderr)
    return 1 if synced.refused else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
