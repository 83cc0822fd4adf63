"""When probes have seen enough of the spectrum: the rule of adaptive stopping."""

from __future__ import annotations

import math
from typing import Protocol, Sequence, Tuple

import numpy

from .ritz_values import Quadrature, quadrature


class Coefficients(Protocol):
    alpha: "list[float]"
    beta: "list[float]"
    breakdown: bool


def has_converged(probes: Sequence[Coefficients], tolerance: float) -> bool:
    """Whether extreme residuals and the change of the quadrature are at most `tolerance` of the largest |Ritz value|.

    The change is the Wasserstein-1 distance between the mean quadrature and the one of half as many steps, which the leading half of
    each tridiagonal gives. It bounds the error of the half, hence, as the error falls at least like 1/m (Chen, Trogdon and Ubaru,
    arXiv 2105.06595), that of the whole.
    """
    now = [quadrature(probe.alpha, probe.beta) for probe in probes]
    scale = max(max(abs(one.values[0]), abs(one.values[-1])) for one in now)
    if not all(max(one.residuals[0], one.residuals[-1]) <= tolerance * scale for one in now):
        return False
    half = [_leading(probe, len(probe.alpha) if probe.breakdown else math.ceil(len(probe.alpha) / 2)) for probe in probes]
    return wasserstein1(_pooled(now), _pooled(half)) <= tolerance * scale


def wasserstein1(first: Tuple[numpy.ndarray, numpy.ndarray], second: Tuple[numpy.ndarray, numpy.ndarray]) -> float:
    """∫ |F − G| dλ of two weighted sets of nodes, each (nodes, weights) with weights of sum 1."""
    nodes = numpy.concatenate([first[0], second[0]])
    weights = numpy.concatenate([first[1], -second[1]])
    order = numpy.argsort(nodes, kind="stable")
    return float(numpy.sum(numpy.abs(numpy.cumsum(weights[order])[:-1]) * numpy.diff(nodes[order])))


def _leading(probe: Coefficients, steps: int) -> Quadrature:
    return quadrature(probe.alpha[:steps], probe.beta[:steps])


def _pooled(quadratures: Sequence[Quadrature]) -> Tuple[numpy.ndarray, numpy.ndarray]:
    nodes = numpy.concatenate([one.values for one in quadratures])
    return nodes, numpy.concatenate([one.weights for one in quadratures]) / len(quadratures)
