"""Measures the spectrum of the Hessian (or another curvature matrix) of a loss in JAX."""

from __future__ import annotations

import os
import time
from typing import Any, Callable, Iterable, List, Optional, Sequence, Union

import jax
import numpy

from ..errors import RitzError
from ..logging_target import run_to_log_to
from ..mirror import mirror
from ..numerics.check_operator import check_operator
from ..numerics.journal import Journal
from ..numerics.lanczos import Probe, lanczos, start_probe
from ..numerics.probe_vector import probe_vector
from ..numerics.space import NumpySpace
from ..numerics.top_pairs import TopPairs, top_pairs
from ..run import Run
from ..spectrum import Overlap, Spectrum, Top, Tridiagonal
from .objective import Objective, batch_size
from .operator import Curvature, Split

MATRICES = ("hessian", "ggn", "residual", "fisher", "gradient_covariance")
_SPLIT = ("ggn", "residual")
_OVERLAPS = (1, 2, 5, 10)


def measure(
    loss_fn: Optional[Callable[[Any, Any], Any]],
    params: Any,
    batches: Iterable[Any],
    *,
    step: Optional[int] = None,
    run: Union[Run, bool, None] = None,
    matrix: str = "hessian",
    predict: Optional[Callable[[Any, Any], Any]] = None,
    loss_of_outputs: Optional[Callable[[Any, Any], Any]] = None,
    probes: int = 10,
    steps: int = 90,
    precision: str = "float32",
    vectors_per_pass: Optional[int] = None,
    weight_decay: float = 0.0,
    seed: int = 0,
    law: str = "sphere",
    save: "os.PathLike[str] | str | None" = None,
    tolerance: float = 0.0,
    top: int = 10,
    vectors: bool = False,
    overlap: Optional[Sequence[int]] = None,
    gradient: bool = True,
    count: Optional[Callable[[Any], float]] = None,
) -> Spectrum:
    """The spectrum of a curvature matrix of the mean loss over the batches at `params`, by stochastic Lanczos quadrature.

    loss_fn: of (params, batch), the mean loss of the batch. params: a pytree. batches: pytrees whose leaves share their first axis.
    matrix: "hessian", "ggn" (generalised Gauss-Newton), "residual" (of the first without the second), "fisher" (empirical) or
    "gradient_covariance" (of the gradients of the batches around their mean). The second and third need predict, of (params, batch) the
    outputs of the network, and loss_of_outputs, of (outputs, batch) the mean loss; loss_fn may be None then.
    Others as of `ritz.torch.measure`. Raises RitzError for options that cannot be used, a loss that is not one finite number, and
    batches that cannot be put together.
    """
    if precision not in ("float32", "float64"):
        raise RitzError(f"precision: expected 'float32', 'float64', got {precision!r}.")
    for name, value in (("probes", probes), ("steps", steps)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise RitzError(f"{name}: expected an integer of at least 1, got {value!r}.")
    split = _split(matrix, predict, loss_of_outputs)
    if loss_fn is None and split is None:
        raise RitzError("loss_fn: expected a function of (params, batch), got None. Pass it, or predict= and loss_of_outputs=.")
    target = run_to_log_to(run, step)
    began = time.perf_counter()
    with _arithmetic(precision):
        objective = Objective(loss_fn or _joined(split), params, batches, precision, count)
        if split is not None and loss_fn is not None:
            objective.check_same(_joined(split))
        n = int(objective.point.size)
        space, operator = NumpySpace(n, precision), Curvature(objective, matrix, split, weight_decay, vectors_per_pass)
        loss, slope, first = objective.gradient()
        full = numpy.asarray(slope) + weight_decay * numpy.asarray(objective.point)
        started = [start_probe(space, at, space.vector(probe_vector(law, seed, at, n)), steps) for at in range(probes)]
        if gradient and numpy.abs(full).max() > 0:
            started.append(start_probe(space, probes, full, steps, random=False))
        check_operator(space, operator, seed)
        identity = {
            **{"dimension": n, "steps": steps, "probes": probes, "seed": seed, "law": law, "precision": precision},
            **{"tolerance": tolerance, "weightDecay": weight_decay, "gradient": gradient, "data": objective.fingerprint},
            "matrix": matrix,
        }
        journal = None if save is None else Journal(save, identity, {})
        try:
            lanczos(space, operator, started, steps, tolerance, journal)
        finally:
            if journal is not None:
                journal.close()
        random = [probe for probe in started if probe.random]
        pairs = top_pairs(space, operator, random, top) if top > 0 else None
        result = Spectrum(
            probes=[_tridiagonal(probe) for probe in random],
            energy=next((_tridiagonal(probe) for probe in started if not probe.random), None),
            **dict(parameter_count=n, data_size=objective.examples, data_fingerprint=objective.fingerprint, matrix=matrix),
            batch_size=batch_size(objective.batches[0]) if matrix == "gradient_covariance" else None,
            **dict(batch_norm="none", block="all", precision=precision, steps=steps, seed=seed, law=law),
            hvp_count=sum(len(probe.alpha) for probe in random) + (0 if pairs is None else pairs.products),
            seconds=time.perf_counter() - began,
            engine=f"jax-{jax.__version__}",
            **dict(loss=loss, gradient_norm=space.norm(full), loss_reduction=objective.reduction, weight_decay=weight_decay),
            top=Top(numpy.empty(0), numpy.empty(0))
            if pairs is None
            else Top(pairs.values, pairs.residuals, pairs.vectors if vectors else None),
            overlaps=_overlaps(pairs, full, first, overlap, target, len(objective.batches)) if pairs is not None and gradient else [],
        )
    if target is None:
        return result
    logged = result.log(target, int(step or 0))
    if target.mirror:
        mirror(target, int(step or 0), logged)
    return logged


def _split(matrix: str, predict: Any, loss_of_outputs: Any) -> Optional[Split]:
    if matrix not in MATRICES:
        raise RitzError(f"matrix: expected {', '.join(map(repr, MATRICES))}, got {matrix!r}.")
    if predict is not None and loss_of_outputs is not None:
        return predict, loss_of_outputs
    if matrix in _SPLIT or predict is not None or loss_of_outputs is not None:
        missing = " and ".join(f"{name}=" for name, given in (("predict", predict), ("loss_of_outputs", loss_of_outputs)) if given is None)
        raise RitzError(
            f"matrix={matrix!r}: expected predict=, of (params, batch) the outputs of the network, and loss_of_outputs=, of (outputs, batch) "
            f"the mean loss; got no {missing}. Where the network ends and the loss begins is not seen in loss_fn."
        )
    return None


def _joined(split: Optional[Split]) -> Callable[[Any, Any], Any]:
    assert split is not None
    predict, loss = split
    return lambda params, batch: loss(predict(params, batch), batch)


def _arithmetic(precision: str) -> Any:
    enable = getattr(jax, "enable_x64", None)
    if enable is None:
        from jax.experimental import enable_x64 as enable  # before JAX 0.8
    return enable(precision == "float64")


def _tridiagonal(probe: Probe) -> Tridiagonal:
    return Tridiagonal(numpy.array(probe.alpha), numpy.array(probe.beta), probe.breakdown)


def _overlaps(
    pairs: TopPairs, full: Any, first: Any, wanted: Optional[Sequence[int]], run: Optional[Run], batches: int
) -> List[Overlap]:
    classes = None if run is None else run.classes
    counts = wanted or sorted({*_OVERLAPS, *([classes] if classes else [])})
    found = []
    for kind, vector in [("full_batch", full), *([("mini_batch", first)] if batches > 1 else [])]:
        wide = numpy.asarray(vector, dtype=numpy.float64)
        squared = float(wide @ wide)
        if squared > 0:
            shares = numpy.array([float(numpy.asarray(one, dtype=numpy.float64) @ wide) for one in pairs.vectors]) ** 2 / squared
            found += [Overlap(k, min(1.0, float(shares[:k].sum())), kind) for k in counts if k <= len(shares)]
    return found
