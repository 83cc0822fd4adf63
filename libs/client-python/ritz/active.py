"""The runs that this process records, and the functions for the only one of them."""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Optional, Tuple, Type, Union

from .errors import RitzError, logger
from .run import Run, active_runs, status_after
from .server import Server
from .settings import MeasurementSettings, REQUIRED_FIELDS, RUN_FIELDS, RunSettings, StepValues
from .values import Numbers, PathLike, convert, integer_between, now, shown, to_step

if TYPE_CHECKING:
    from typing_extensions import Unpack

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
    mirror: Any = False,
    fork_of: Optional[Tuple[Union[Run, str], int]] = None,
    **settings: Unpack[RunSettings],
) -> Run:
    """Starts a run, or goes on with the one of this id.

    id: a UUID; given by a program that is started again, or by several processes that record one run together. The settings must
    be the same each time. data_size: examples that the spectra are measured on, unless a spectrum says otherwise. directory,
    offline, url, token: instead of what the environment says. mirror: True for scalars of measured spectra to every TensorBoard
    writer, MLflow run or W&B run that is active, too; or the TensorBoard writer itself. fork_of: (run or its id, step) for a new run
    that goes off from a checkpoint of another: up to the step both are the same.
    """
    fields = {key: value for key, value in settings.items() if value is not None}
    if "learning_rate" in fields and "schedule" in fields:
        raise RitzError("init: expected learning_rate or schedule, got both.")
    record = convert("init", {"name": name, **fields}, RUN_FIELDS)
    if "learningRate" in record:
        record["schedule"] = record.pop("learningRate")
    missing = [field for field in REQUIRED_FIELDS if field not in record]
    if missing:
        also = " (or learning_rate)" if "schedule" in missing else ""
        raise RitzError(f"init: expected {', '.join(missing)}{also}, got none. What differs between runs must be known to compare them.")
    try:
        run_id = str(uuid.UUID(id)) if id is not None else str(uuid.uuid4())
    except (ValueError, AttributeError, TypeError):
        raise RitzError(f"init.id: expected a UUID, or none for a new run, got {shown(id)}.") from None
    if fork_of is not None:
        record = {**record, **_fork(fork_of)}
    # What tells JSON apart from itself read back must not be told apart later: tuples are lists, keys are text.
    record = json.loads(json.dumps({"v": 1, "kind": "run", "id": run_id, "seed": 0, "engine": "python", **record}))
    size = None if data_size is None else integer_between(1)("init.data_size", data_size)
    if offline is None:
        offline = os.environ.get("RITZ_OFFLINE", "") not in ("", "0")
    server = None if offline else Server.named(url, token)
    file = runs_directory(directory) / f"{run_id}.jsonl"
    with _starting:
        active = active_runs.get(run_id)
        if active is not None:
            active._continue(record)
            return active
        run = Run({**record, "createdAt": now()}, size, file, server)
        run.mirror = mirror
        active_runs[run_id] = run
    return run


def _fork(fork_of: Tuple[Union[Run, str], int]) -> Dict[str, Any]:
    try:
        parent, step = fork_of
        parent_id = str(uuid.UUID(parent.id if isinstance(parent, Run) else parent))
    except (ValueError, AttributeError, TypeError):
        raise RitzError(f"init.fork_of: expected a run (or its id) and a step, got {shown(fork_of)}.") from None
    return {"parentId": parent_id, "parentStep": to_step("init.fork_of[1]", step)}


def runs_directory(directory: Optional[PathLike]) -> Path:
    return Path(directory or os.environ.get("RITZ_RUNS") or "ritz-runs")


def _the_run(caller: str) -> Run:
    if len(active_runs) == 1:
        return next(iter(active_runs.values()))
    if not active_runs:
        raise RitzError(f"ritz.{caller}: expected an active run, got none. Start one with ritz.init.")
    names = " and ".join(repr(run.name) for run in active_runs.values())
    raise RitzError(f"ritz.{caller}: expected one active run, got {len(active_runs)}: {names}. Call the method of the one that is meant.")


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
    if active_runs:
        _the_run("finish").finish(status, timeout=timeout)


@atexit.register
def _at_exit() -> None:
    """Runs that nobody finished: failed after an exception, else interrupted. What cannot be sent now waits in the files."""
    kind: Optional[Type[BaseException]] = getattr(sys, "last_type", None)
    for run in list(active_runs.values()):
        if run._pid != os.getpid():
            continue
        try:
            run.finish("interrupted" if kind is None else status_after(kind), timeout=10.0)
        except RitzError as error:
            logger.error("%s", error)


def _after_fork_in_child() -> None:
    for run in active_runs.values():
        run._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
