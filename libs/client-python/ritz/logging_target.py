"""Which run a measurement is logged to."""

from __future__ import annotations

from typing import Optional, Union

from .errors import RitzError
from .run import Run, active_runs


def run_to_log_to(run: Union[Run, bool, None], step: Optional[int]) -> Optional[Run]:
    """Raises RitzError where it is not clear which run or which step is meant."""
    if run is False or (run is None and not active_runs):
        return None
    if run is None or run is True:
        if len(active_runs) != 1:
            raise RitzError(f"run: expected one active run, got {len(active_runs)}. Pass the one that is meant, or run=False.")
        run = next(iter(active_runs.values()))
    if step is None:
        raise RitzError(f"step: expected the training step, as run {run.name!r} is to be logged to. Pass step=, or run=False.")
    return run
