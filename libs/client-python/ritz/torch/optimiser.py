"""What an optimiser knows at a step: its rate and momentum for the edge of stability, Adam's second moments for preconditioned spectra."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import numpy
import torch

from ..errors import logger
from ..run import Run
from .sharded import Gathered, whole_of

_PLAIN = "sgd"
_FAMILIES = {"SGD": _PLAIN, "Adam": "adam", "AdamW": "adam", "RMSprop": "rmsprop", "Adagrad": "adagrad"}
SECOND_MOMENTS = ("max_exp_avg_sq", "exp_avg_sq", "square_avg", "sum")
"""What Adam (with and without AMSGrad), RMSprop and Adagrad name them in their states."""


@dataclass(frozen=True)
class OptimiserState:
    """Of the group that holds the first of the parameters."""

    kind: str
    learning_rate: float
    momentum: float
    """β of heavy-ball momentum, or β1 of Adam; 0 without."""
    nesterov: bool
    second_moment_decay: Optional[float]
    """β2."""
    epsilon: Optional[float]
    weight_decay: float
    steps: int
    family: Optional[str]
    """"sgd", "adam", "rmsprop" or "adagrad", where its limit of stability is known."""

    def edge_of(self, preconditioner: str) -> Optional[float]:
        """The largest eigenvalue beyond which full-batch steps diverge on a quadratic; None where the matrix is not the optimiser's own.

        (2 + 2β)/η of the Hessian for heavy-ball momentum (Cohen et al., arXiv 2103.00065), and of the preconditioned one for RMSprop and
        Adagrad; (2 + 2β1)/((1 − β1) η) for Adam, whose momentum is an average (arXiv 2207.14484).
        """
        if self.family != (_PLAIN if preconditioner == "none" else preconditioner) or self.learning_rate <= 0:
            return None
        average = 1 - self.momentum if self.family == "adam" else 1.0
        return (2 + 2 * self.momentum) / (average * self.learning_rate)


def family_of(optimizer: Any) -> Optional[str]:
    return next((_FAMILIES[one.__name__] for one in type(optimizer).__mro__ if one.__name__ in _FAMILIES), None)


def state_of(optimizer: Any, parameters: Sequence["torch.nn.Parameter"]) -> Optional[OptimiserState]:
    """None where the optimiser has none of the parameters."""
    ids = {id(parameter) for parameter in parameters}
    group = next((one for one in optimizer.param_groups if any(id(p) in ids for p in one["params"])), None)
    if group is None:
        return None
    betas = group.get("betas")
    counted = [optimizer.state.get(parameter, {}).get("step", 0) for parameter in group["params"]]
    return OptimiserState(
        kind=type(optimizer).__name__,
        learning_rate=float(group.get("lr", 0.0)),
        momentum=float(betas[0] if betas else group.get("momentum", 0.0)),
        nesterov=bool(group.get("nesterov", False)),
        second_moment_decay=float(betas[1]) if betas else float(group["alpha"]) if "alpha" in group else None,
        epsilon=float(group["eps"]) if "eps" in group else None,
        weight_decay=float(group.get("weight_decay", 0.0)),
        steps=max((int(one) for one in counted), default=0),
        family=None if group.get("nesterov") or group.get("dampening") else family_of(optimizer),
    )


def second_moments(optimizer: Any, parameters: Sequence["torch.nn.Parameter"]) -> Optional[numpy.ndarray]:
    """v [n] in float32, in the order of the parameters; None where the optimiser keeps none for all of them.

    Shards are gathered: to be called by all processes together.
    """
    parts: List[numpy.ndarray] = []
    for parameter in parameters:
        state: Dict[str, Any] = optimizer.state.get(parameter, {})
        found = next((state[name] for name in SECOND_MOMENTS if name in state), None)
        if found is None or found.shape != parameter.shape:
            return None
        parts.append(whole_of(found.detach()).float().cpu().numpy().reshape(-1))
    return numpy.concatenate(parts) if parts else None


@dataclass(frozen=True)
class Optimised:
    """What an optimiser knows of the parameters that are measured."""

    state: OptimiserState
    moments: Optional[numpy.ndarray]

    def record(self, run: Run, step: int) -> OptimiserState:
        """The rate goes to the step; all of it, and v as .npy, to the folder <run>-optimiser beside the records."""
        if not run.has_learning_rate(step):
            run.log_step(step, learning_rate=self.state.learning_rate)
        folder = Path(run.file).with_suffix("")
        folder = folder.with_name(f"{folder.name}-optimiser")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"step-{step}.json").write_text(json.dumps(asdict(self.state)) + "\n")
            if self.moments is not None:
                numpy.save(folder / f"second-moments-{step}.npy", self.moments)
        except OSError as error:
            logger.warning("%s cannot be written (%s). Training goes on.", folder, error.strerror or error)
        return self.state


def look(optimizer: Any, whole: Gathered, parameters: Sequence["torch.nn.Parameter"]) -> Optional[Optimised]:
    """None where the optimiser has none of the parameters. To be called by all processes together."""
    known = whole.optimised(parameters)
    state = state_of(optimizer, known)
    if state is None:
        return None
    return Optimised(state, second_moments(optimizer, known) if whole.one_by_one else None)
