"""How many vectors go through a pass at once: tried on this model, as neither one nor all is best everywhere."""

from __future__ import annotations

import time
from typing import Any

import torch

from ..errors import logger
from .basis import TorchSpace
from .curvature import Curvature
from .options import Options

_TRIED = 5
_TRIALS, _PATIENCE = 8, 0.05
"""Quick products are timed again and again, up to so many times and seconds: the fastest is the least disturbed."""
_WORTH_TRYING = 40
"""Products below which trying costs more than it saves."""


def choose_pass(operator: Curvature, space: TorchSpace, options: Options, products: int) -> int:
    """The pass of the first process counts for all of them."""
    if options.matrix == "fisher":
        return options.probes + int(options.gradient)
    if options.vectors_per_pass is not None:
        fits = options.vectors_per_pass == 1 or _works(operator, space, options.vectors_per_pass)
        return min(operator.vectors_per_pass, options.vectors_per_pass) if fits else 1
    most = options.probes + int(options.gradient)
    tried = min(_TRIED, most)
    if most == 1 or products < _WORTH_TRYING or not _works(operator, space, tried):
        return 1
    single, several = _seconds(operator, space, 1), _seconds(operator, space, tried)
    best = 1 if single <= several else most if operator.vectors_per_pass == tried else operator.vectors_per_pass
    return int(operator.objective.ranks.gather(best)[0])


def _vectors(space: TorchSpace, count: int) -> "torch.Tensor":
    return torch.full((count, space.dimension), space.dimension**-0.5, dtype=space.dtype, device=space.device)


def _works(operator: Curvature, space: TorchSpace, count: int) -> bool:
    """Whether vmap has rules for what the model does; its fallback may warn, and be slow, which the trial sees."""
    operator.vectors_per_pass = count
    try:
        operator.apply(_vectors(space, count))
    except RuntimeError as error:
        logger.debug("One vector per pass: %s", error)
        return False
    return True


def _seconds(operator: Curvature, space: TorchSpace, count: int) -> float:
    """Processor time per vector on the CPU, where other programs may be busy; wall time elsewhere. Warm: run once before."""
    operator.vectors_per_pass = count
    clock: Any = time.process_time if space.device.type == "cpu" else time.perf_counter
    best, spent, trials = float("inf"), 0.0, 0
    while trials < 2 or (trials < _TRIALS and spent < _PATIENCE):
        began = clock()
        operator.apply(_vectors(space, count))
        if space.device.type == "cuda":
            torch.cuda.synchronize(space.device)
        taken = clock() - began
        best, spent, trials = min(best, taken / count), spent + taken, trials + 1
    return best
