"""The largest eigenvalues with their vectors, from the bases of all probes, with residuals that are measured and not inferred.

The Ritz vectors of the best probe are taken first, then those of the others as far as they point in new directions; the operator is
applied to their span, and the Ritz pairs of that space (Parlett, The Symmetric Eigenvalue Problem, §11.3) are the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Sequence

import numpy

from .lanczos import Operator, Probe
from .ritz_values import quadrature, tridiagonal
from .space import Space, Vector

_NEW_DIRECTION = 0.1
"""A unit vector adds a direction when at least this share of its length is outside the span of the others."""
_SPARE = 2
"""Directions kept for each vector wanted."""


@dataclass(frozen=True)
class TopPairs:
    values: numpy.ndarray
    """[K], descending."""
    residuals: numpy.ndarray
    """[K], ‖A u − λ u‖ of each: an eigenvalue lies within this distance."""
    vectors: List[Any]
    """K vectors [n] of unit length, in the arithmetic of the framework."""
    products: int
    """Matrix-vector products spent."""


def top_pairs(space: Space, operator: Operator, probes: Sequence[Probe], count: int) -> TopPairs:
    """As many as were asked for and exist."""
    limit = min(_SPARE * count, space.dimension)
    span = space.basis(limit + 1)
    for probe in sorted(probes, key=lambda one: _last_residual(one, count)):
        before = span.size
        m = len(probe.alpha)
        _, eigenvectors = numpy.linalg.eigh(tridiagonal(probe.alpha, probe.beta))
        for column in range(m - 1, max(-1, m - 1 - count), -1):
            if span.size >= limit:
                break
            _, norm, rest = span.orthogonalise(probe.basis.combination(eigenvectors[:, column]))
            if norm >= _NEW_DIRECTION:
                span.append(rest, norm)
        if span.size == before or span.size >= limit:
            break
    rows = [span.row(at) for at in range(span.size)]
    images = [image for first in range(0, len(rows), len(probes)) for image in operator.apply(space.stack(rows[first : first + len(probes)]))]
    return _rayleigh_ritz(space, rows, images, count)


def _last_residual(probe: Probe, count: int) -> float:
    residuals = quadrature(probe.alpha, probe.beta).residuals
    return float(residuals[-min(count, len(residuals))])


def _rayleigh_ritz(space: Space, rows: Sequence[Vector], images: Sequence[Vector], count: int) -> TopPairs:
    basis, image = space.basis(len(rows)), space.basis(len(rows))
    for row, of in zip(rows, images):
        basis.append(row, 1.0)
        image.append(of, 1.0)
    projected = numpy.array([space.inner_all(rows, of) for of in images])
    values, coefficients = numpy.linalg.eigh((projected + projected.T) / 2)
    kept = range(len(values) - 1, max(-1, len(values) - 1 - count), -1)
    vectors = [basis.combination(coefficients[:, at]) for at in kept]
    residuals = [space.norm(image.combination(coefficients[:, at]) - values[at] * vector) for at, vector in zip(kept, vectors)]
    ordered = numpy.array([values[at] for at in kept])
    return TopPairs(ordered, numpy.array(residuals), [space.rounded(vector) for vector in vectors], len(rows))
