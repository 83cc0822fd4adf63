"""Spectral densities by stochastic Lanczos quadrature, with their bands: as `libs/spectra` computes them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy

from ..errors import RitzError
from .ritz_values import Quadrature
from .resolved import resolve

_AUTO_SHARE = 1 / 200
_REACH = 8.0  # standard deviations that the grid goes beyond the extreme nodes
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Density:
    grid: numpy.ndarray
    """[P], ascending, in units of the eigenvalues."""
    density: numpy.ndarray
    """[P], share of the eigenvalues per unit of eigenvalue."""
    lower: numpy.ndarray
    """[P], with `upper` the 95 % confidence band over the probes."""
    upper: numpy.ndarray
    sigma: float


def density(
    quadratures: Sequence[Quadrature],
    dimension: int,
    sigma: Optional[float] = None,
    points: int = 1024,
    low: Optional[float] = None,
    high: Optional[float] = None,
    confidence: float = 0.95,
) -> Density:
    """The mean over probes of Σ w_i N(λ − θ_i; σ²), with the exact weight 1/n for every resolved eigenvalue.

    sigma: 1/200 of the range unless given. Raises RitzError for a width that is not positive or a grid of fewer than 2 points.
    """
    measures = measures_of(quadratures, dimension)
    lowest = min(float(nodes.min()) for nodes, _ in measures)
    highest = max(float(nodes.max()) for nodes, _ in measures)
    if sigma is None:
        sigma = _AUTO_SHARE * (highest - lowest if highest > lowest else max(1e-12, abs(highest)))
    if not (sigma > 0 and math.isfinite(sigma)):
        raise RitzError(f"sigma: expected a number greater than 0, got {sigma}.")
    start, end = lowest - _REACH * sigma if low is None else low, highest + _REACH * sigma if high is None else high
    if points < 2 or not start < end:
        raise RitzError(f"grid: expected low < high and at least 2 points, got {start} to {end} and {points} points.")
    grid = start + (end - start) * numpy.arange(points) / (points - 1)
    curves = numpy.stack([_smooth(nodes, weights, grid, sigma) for nodes, weights in measures])
    mean, k = curves.mean(axis=0), len(curves)
    if k == 1:
        return Density(grid, mean, mean, mean, sigma)
    spread = numpy.sqrt(((curves - mean) ** 2).sum(axis=0) / (k * (k - 1)))
    reach = _ROUNDING * mean.max() + student_quantile(confidence, k - 1) * spread
    return Density(grid, mean, numpy.maximum(0, mean - reach), mean + reach, sigma)


def measures_of(quadratures: Sequence[Quadrature], dimension: int) -> List[Tuple[numpy.ndarray, numpy.ndarray]]:
    """(nodes, weights) of each probe: 1/n at each resolved simple eigenvalue, the rest scaled to the rest of the mass."""
    simple = [one for one in resolve(quadratures, dimension) if one.multiplicity == 1]
    if not simple:
        return [(one.values, one.weights) for one in quadratures]
    return [_reduced(one, [(r.positions[probe], r.value) for r in simple], dimension) for probe, one in enumerate(quadratures)]


def _reduced(
    one: Quadrature, simple: Sequence[Tuple[int, float]], dimension: int
) -> Tuple[numpy.ndarray, numpy.ndarray]:
    known = numpy.array([one.values[at] if at >= 0 else value for at, value in simple])
    rest = numpy.setdiff1d(numpy.arange(len(one.values)), [at for at, _ in simple])
    weight, mass = float(one.weights[rest].sum()), 1 - len(simple) / dimension
    if len(rest) == 0 and len(simple) < dimension:
        return one.values, one.weights
    if weight <= 0 or mass <= 0:
        return known, numpy.full(len(known), 1 / len(known))
    weights = numpy.concatenate([numpy.full(len(known), 1 / dimension), one.weights[rest] / weight * mass])
    return numpy.concatenate([known, one.values[rest]]), weights


def _smooth(nodes: numpy.ndarray, weights: numpy.ndarray, grid: numpy.ndarray, sigma: float) -> numpy.ndarray:
    total = numpy.zeros_like(grid)
    for node, weight in zip(nodes, weights):
        total += weight * numpy.exp(-0.5 * ((grid - node) / sigma) ** 2)
    return total / (sigma * math.sqrt(2 * math.pi))


def student_quantile(confidence: float, freedom: int) -> float:
    """The t with P(|T| ≤ t) = confidence for ν = freedom ≥ 1, by bisection."""
    low, high = 0.0, 1.0
    while _student_probability(high, freedom) < confidence:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _student_probability(middle, freedom) < confidence else (low, middle)
    return (low + high) / 2


def _student_probability(t: float, freedom: int) -> float:
    """P(|T| ≤ t) for an integer number of degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    square = math.cos(angle) ** 2
    odd = freedom % 2 == 1
    term, total = 1.0, 0.0 if freedom == 1 else 1.0
    for i in range(1, (freedom - 1) // 2 if odd else freedom // 2):
        term *= square * (2 * i / (2 * i + 1) if odd else (2 * i - 1) / (2 * i))
        total += term
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * math.cos(angle) * total)
    return math.sin(angle) * total
