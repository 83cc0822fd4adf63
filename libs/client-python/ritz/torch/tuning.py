"""How many vectors go through a pass at once: tried on this model, as neither one nor all is best everywhere."""

from __future__ import annotations

import time
from typing import Any

import torch

from ..errors import logger
from .basis import TorchSpace
from .options import Options
from .preconditioner import AnyOperator

_TRIED = 5
_TRIALS, _PATIENCE, _SHARE = 8, 0.05, 0.01
"""Quick products are timed again and again, up to so many times, seconds, and share of what is to come: the fastest is undisturbed."""
_WORTH_TRYING = 40
"""Products below which trying costs more than it saves."""


def choose_pass(operator: AnyOperator, space: TorchSpace, options: Options, products: int) -> int:
    """Chosen by the first process for all of them; products: how many are to come."""
    if options.matrix in ("fisher", "gradient_covariance"):
        return options.probes + int(options.gradient)
    if options.vectors_per_pass is not None:
        fits = options.vectors_per_pass == 1 or _works(operator, space, options.vectors_per_pass)
        return min(operator.vectors_per_pass, options.vectors_per_pass) if fits else 1
    most = options.probes + int(options.gradient)
    tried = min(_TRIED, most)
    if most == 1 or products < _WORTH_TRYING:
        return 1
    single = _seconds(operator, space, 1, products)
    if not _works(operator, space, tried):
        return 1
    several = _seconds(operator, space, tried, products)
    best = 1 if single <= several else most if operator.vectors_per_pass == tried else operator.vectors_per_pass
    return int(operator.objective.ranks.of_first(best))


def _vectors(space: TorchSpace, count: int) -> "torch.Tensor":
    return torch.full((count, space.dimension), space.dimension**-0.5, dtype=space.dtype, device=space.device)


def _works(operator: AnyOperator, space: TorchSpace, count: int) -> bool:
    """Whether vmap has rules for what the model does; its fallback may warn, and be slow, which the trial sees."""
    operator.vectors_per_pass = count
    try:
        operator.apply(_vectors(space, count))
    except RuntimeError as error:
        logger.debug("One vector per pass: %s", error)
        return False
    return True


def _seconds(operator: AnyOperator, space: TorchSpace, count: int, products: int) -> float:
    """Processor time per vector on the CPU, where other programs may be busy; wall time elsewhere. Warm: run once before."""
    operator.vectors_per_pass = count
    clock: Any = time.process_time if space.device.type == "cpu" else time.perf_counter
    best, spent, trials = float("inf"), 0.0, 0
    # As many trials on all processes, which sum their products.
    while operator.objective.ranks.of_first(trials < 1 or (trials < _TRIALS and spent < min(_PATIENCE, _SHARE * products * best))):
        began = clock()
        operator.apply(_vectors(space, count))
        if space.device.type == "cuda":
            torch.cuda.synchronize(space.device)
        taken = clock() - began
        best, spent, trials = min(best, taken / count), spent + taken, trials + 1
    return best
