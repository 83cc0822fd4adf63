"""A run that is being recorded."""

from __future__ import annotations

import math
import os
import threading
import types
import uuid
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Type

from . import words
from .errors import RitzError, logger
from .past import Past
from .record_file import RecordFile
from .sender import Sender
from .server import Server, Unreachable
from .settings import GRADIENT, MEASUREMENT_FIELDS, OPERATOR, PRECONDITIONER, STEP_FIELDS
from .settings import GradientEnergy, MeasurementSettings, StepValues
from .settings import to_energies
from .top_space import RitzVectorNumbers, SpaceOverlap, to_top_space
from .values import Numbers, convert, integer_between, now, one_of, paired_probes, snake_case, to_name, to_number, to_step

if TYPE_CHECKING:
    from typing_extensions import Unpack

_WEIGHT_TOLERANCE = 0.01


class Run:
    """A run that is being recorded; made by `ritz.init`. Safe to use from several threads."""

    def __init__(self, record: Mapping[str, Any], data_size: Optional[int], file: Path, server: Optional[Server]) -> None:
        self.id: str = record["id"]
        self.name: str = record["name"]
        self.file = file
        self.status = "RUNNING"
        self.mirror: Any = False
        """Whether scalars of its spectra go to other trackers too: False, True for those that are active, or a TensorBoard writer."""
        self._record, self._data_size, self._pid = record, data_size, os.getpid()
        self._records = RecordFile(file)
        self._sender: Optional[Sender] = None
        self._said: set[str] = set()
        self._rates: set[int] = set()
        self._lock = threading.RLock()
        self._past = Past(self.id)
        try:
            first = self._records.claim(record)
        except OSError as error:
            raise RitzError(f"{file} cannot be written ({error.strerror or error}). Name another directory.") from error
        except (TypeError, ValueError):
            raise RitzError(f"{file} holds something other than records of runs. Name another directory or id.") from None
        if first is not None:
            self._continue(first)
        if server is not None:
            self._sender = Sender(file, server)
            self._sender.poke()

    def _continue(self, first: Mapping[str, Any]) -> None:
        """The file is there already: of this run, interrupted or written by another process too."""
        different = sorted(
            name for name in {*first, *self._record} - {"createdAt"} if first.get(name) != self._record.get(name)
        )
        if different:
            raise RitzError(
                f"Run {self.id} exists in {self.file} with other values of {', '.join(map(snake_case, different))}. "
                "A run keeps its settings: give a new run a new id, or none."
            )
        with open(self.file, "rb") as reader:
            for line in reader:
                if b'"kind":"finish"' in line[:40] and b'"INTERRUPTED"' not in line:
                    raise RitzError(f"Run {self.id} has ended, says {self.file}. Give a new run a new id, or none.")
                self._past.read(line)

    @property
    def classes(self) -> Optional[int]:
        """K in λ1/λK, where it is known."""
        return self._record.get("classes")

    @property
    def planned_steps(self) -> Optional[int]:
        return self._record.get("plannedSteps")

    def has_learning_rate(self, step: int) -> bool:
        """Whether this process has logged one at the step."""
        return step in self._rates

    @property
    def url(self) -> Optional[str]:
        """Its page in the dashboard; None where nothing is sent."""
        return None if self._sender is None else f"{self._sender.pusher.server.dashboard}/runs/{self.id}"

    def __repr__(self) -> str:
        return f"<ritz.Run {self.name!r} {self.id} {self.status.lower()}>"

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], _value: Optional[BaseException], _trace: Optional[TracebackType]
    ) -> None:
        if self.status == "RUNNING":
            self.finish(status_after(kind))

    def log_step(self, step: int, **values: Unpack[StepValues]) -> None:
        """What was measured at a step. May be called several times for a step with different values, not with other ones.

        A value that is NaN or infinite is left out, as the database holds finite numbers only; it is said once.
        """
        number = to_step("log_step.step", step)
        fields = convert("log_step", values, STEP_FIELDS)
        for name in [name for name, value in fields.items() if not math.isfinite(value)]:
            self._say_once(
                f"{name}", f"{snake_case(name)} is {fields.pop(name)} at step {number} of {self.name!r}; it is left out there."
            )
        with self._lock:
            if self._past.contradicts(number, fields):
                logger.warning(
                    "%r went back to step %d, which it had logged with other values before it was started again: it is rewound to "
                    "step %d. What it had beyond is kept as superseded. `run.rewind(step)` says so beforehand.",
                    *(self.name, number, max(0, number - 1)),
                )
                self.rewind(max(0, number - 1))
            if "learningRate" in fields:
                self._rates.add(number)
            self._write({"v": 1, "kind": "step", "runId": self.id, "number": number, **fields})

    def rewind(self, step: int) -> None:
        """Says that the training goes on from a checkpoint at `step`: what was logged beyond it is superseded, not lost.

        It is kept as a run of its own, which lists leave out (`run.superseded` in GraphQL). To keep both trainings in sight, start a
        fork instead: `ritz.init(..., fork_of=(run, step))`.
        """
        number = to_step("rewind.step", step)
        with self._lock:
            rewind = str(uuid.uuid4())
            self._write({"v": 1, "kind": "rewind", "id": rewind, "runId": self.id, "step": number})
            self._past.rewound(rewind, number)
            self._rates = {rate for rate in self._rates if rate <= number}

    def log_lanczos(
        self,
        step: int,
        alpha: Numbers,
        beta: Numbers,
        *,
        gradient_energy: Optional[Sequence[GradientEnergy]] = None,
        ritz_vectors: Optional[Sequence[RitzVectorNumbers]] = None,
        space_overlaps: Optional[Sequence[SpaceOverlap]] = None,
        **how: Unpack[MeasurementSettings],
    ) -> None:
        """A spectrum as the tridiagonals of Lanczos: all of its probes in one call.

        alpha: the diagonals, [m] for one probe or [k][m]. beta: the off-diagonals, m - 1 numbers a probe or m; beta[j] couples
        j and j + 1, and the m-th is the norm of the last residual, which error bounds need. gradient_energy: of a probe that started
        at the gradient, which says how the gradient's energy is spread over the eigenvalues. ritz_vectors, space_overlaps: the Ritz
        vectors of the largest eigenvalues in numbers, and the overlaps of their space with those of earlier steps.
        """
        probes = paired_probes("log_lanczos", ("alpha", alpha), ("beta", beta))
        beside = {"gradientEnergy": to_energies(gradient_energy), **to_top_space(ritz_vectors, space_overlaps)}
        self._log_spectrum("log_lanczos", step, [{"alpha": a, "beta": b} for a, b in probes], how, beside)

    def log_ritz(self, step: int, nodes: Numbers, weights: Numbers, **how: Unpack[MeasurementSettings]) -> None:
        """A spectrum of which only Ritz values and quadrature weights were kept: [m] for one probe or [k][m]; weights sum to 1."""
        probes = paired_probes("log_ritz", ("nodes", nodes), ("weights", weights))
        for at, (_, shares) in enumerate(probes):
            total = math.fsum(shares)
            if any(share < 0 for share in shares) or abs(total - 1) > _WEIGHT_TOLERANCE:
                raise RitzError(f"log_ritz.weights[{at}]: expected weights of at least 0 that sum to 1, got the sum {total:g}.")
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
        preconditioner: str = "none",
    ) -> None:
        """The share of the gradient's energy in the span of the K leading Ritz vectors, |P_K g|² / |g|², 0 to 1.

        Belongs to the spectrum of the same step, operator, block and preconditioner, which may be logged before or after.
        gradient: "full_batch" or "mini_batch".
        """
        where = "log_gradient_overlap"
        number, leading = to_step(f"{where}.step", step), integer_between(1, 2**31 - 1)(f"{where}.k", k)
        kind = GRADIENT(f"{where}.gradient", gradient)
        place = {
            "operator": OPERATOR(f"{where}.operator", operator),
            "block": to_name(f"{where}.block", block),
            "preconditioner": PRECONDITIONER(f"{where}.preconditioner", preconditioner),
        }
        share = to_number(f"{where}.fraction", fraction)
        if not math.isfinite(share):
            logger.warning("The gradient overlap at step %d of %r is %s; it is left out.", number, self.name, share)
            return
        if not 0 <= share <= 1 + 1e-6:
            raise RitzError(f"{where}.fraction: expected a number from 0 to 1, got {share}.")
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
        ended = one_of(*words.RUN_ENDINGS)("finish.status", status)
        with self._lock:
            if self.status == "RUNNING":
                self._write({"v": 1, "kind": "finish", "runId": self.id, "status": ended, "finishedAt": now()})
                self.status = ended
            elif self.status != ended:
                raise RitzError(f"Run {self.name!r} has ended as {self.status.lower()}; it cannot end as {status} too.")
        sent = self.flush(timeout)
        if self._records.waiting:
            self._rescue()
        active_runs.pop(self.id, None)
        if self._sender is not None and not sent and not self._sender.given_up:
            logger.warning("Not all of %r was sent. `python -m ritz sync %s` sends the rest.", self.name, self.file)

    def close(self, *, timeout: float = 30.0) -> None:
        """Leaves the run as it is, for another process that records it too; makes one attempt to send what is not sent."""
        if self.status == "RUNNING":
            self.status = "CLOSED"
            self.flush(timeout)
            if self._records.waiting:
                self._rescue()
        active_runs.pop(self.id, None)

    def _rescue(self) -> None:
        """Sends what could not be written."""
        lines = len(self._records.waiting)
        try:
            if self._sender is None:
                raise Unreachable("nothing is sent offline")
            self._records.take(self._sender.pusher.send)
        except (Unreachable, RitzError) as error:
            raise RitzError(
                f"{lines} records of {self.name!r} are neither in {self.file} ({self._records.fault}) nor sent ({error}). "
                "They are still in memory: make room and call finish() again."
            ) from None

    def _log_spectrum(
        self,
        where: str,
        step: int,
        probes: List[Dict[str, List[float]]],
        how: Mapping[str, Any],
        beside: Mapping[str, Sequence[Mapping[str, Any]]] = types.MappingProxyType({}),
    ) -> None:
        number = to_step(f"{where}.step", step)
        settings = convert(where, how, MEASUREMENT_FIELDS)
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
            "preconditioner": "NONE",
            **settings,
        }
        for name in ("parameterCount", "dataSize"):
            if known[name] is None:
                raise RitzError(f"{where}.{snake_case(name)}: expected a value, got none. Give it here or to ritz.init.")
        if known["lanczosSteps"] < longest:
            raise RitzError(f"{where}.lanczos_steps: expected at least {longest}, as a probe has that many, got {known['lanczosSteps']}.")
        for at, probe in enumerate(probes):
            for name, values in probe.items():
                for index, value in enumerate(values):
                    if not math.isfinite(value):
                        logger.error(
                            "%s[%d][%d] is %s: the spectrum at step %d of %r cannot be stored.",
                            *(name, at, index, value, number, self.name),
                        )
                        return
        place = f"spectrum {number} {known['operator']} {known['block']}"
        if known["preconditioner"] != "NONE":
            place = f"{place} {known['preconditioner']}"
        self._write(
            {
                **{"v": 1, "kind": "spectrum", "id": str(uuid.uuid5(uuid.UUID(self._past.branch), place))},
                **{"runId": self.id, "step": number, **known},
                "probes": [{"index": at, "seed": known["seed"], **probe} for at, probe in enumerate(probes)],
                **{name: list(measured) for name, measured in beside.items() if measured},
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
        logger.warning("%s (Said once.)", message)

    def _after_fork(self) -> None:
        """A child has none of the threads of its parent, and perhaps locks that they held: it writes, and its parent sends."""
        self._lock = threading.RLock()
        self._records.after_fork()
        self._sender = None


def status_after(kind: Optional[Type[BaseException]]) -> str:
    if kind is None:
        return "finished"
    return "failed" if issubclass(kind, Exception) else "interrupted"


active_runs: Dict[str, Run] = {}
"""Those of this process that have not ended, by id."""
