"""Eigenvalues that the probes resolved one by one, and the top of the spectrum: the rules of `libs/spectra`.

A Ritz value that has converged, stands apart and is found by (almost) every probe is an eigenvalue, so that its share of the spectrum
is exactly 1/n (Bhattacharjee, Jayaram, Musco, Musco and Ray, arXiv 2410.21690; Chen, Trogdon and Ubaru, arXiv 2105.06595).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy

from .ritz_values import Quadrature

_RESIDUAL_TOLERANCE = 1e-3  # of the largest |Ritz value|
_GAP_TOLERANCE = 0.1  # of the distance to the neighbours
_AGREEMENT_TOLERANCE = 1e-5  # of the largest |Ritz value|, beside both residuals
_QUORUM = 0.8  # of the probes
_REPEATED_AFTER = 4.75  # standard deviations of chance
_BULK_SHARE = 0.1  # a repeated eigenvalue that holds this share of the spectrum is bulk


@dataclass(frozen=True)
class Resolved:
    """One eigenvalue."""

    value: float
    residual: float
    multiplicity: int
    positions: Tuple[int, ...]
    """Of each probe the index of its Ritz value, or -1."""


@dataclass(frozen=True)
class Outliers:
    values: numpy.ndarray
    """Descending, each once."""
    residuals: numpy.ndarray
    count: int
    """Repeated ones as often as their weight says."""
    bulk_edge: float


def resolve(quadratures: Sequence[Quadrature], dimension: int) -> List[Resolved]:
    """The resolved eigenvalues, ascending."""
    scale = max(max(abs(one.values[0]), abs(one.values[-1])) for one in quadratures)
    candidates = sorted(candidate for at, one in enumerate(quadratures) for candidate in _candidates(at, one, scale))
    clusters: List[List[Tuple[float, int, int]]] = []
    for candidate in candidates:
        current = clusters[-1] if clusters else []
        if current and _same(current, candidate, quadratures, scale):
            current.append(candidate)
        else:
            clusters.append([candidate])
    found = []
    for members in clusters:
        if len(members) < _QUORUM * len(quadratures):
            continue
        value = float(numpy.mean([member[0] for member in members]))
        residual = min(quadratures[probe].residuals[at] + abs(own - value) for own, probe, at in members)
        weight = float(numpy.mean([quadratures[probe].weights[at] for _, probe, at in members]))
        positions = dict((probe, at) for _, probe, at in members)
        found.append(
            Resolved(
                value,
                float(residual),
                _multiplicity(dimension * weight, len(quadratures)),
                tuple(positions.get(probe, -1) for probe in range(len(quadratures))),
            )
        )
    return found


def _candidates(probe: int, one: Quadrature, scale: float) -> List[Tuple[float, int, int]]:
    gaps = numpy.concatenate([[numpy.inf], numpy.diff(one.values), [numpy.inf]])
    nearest = numpy.minimum(gaps[:-1], gaps[1:])
    apart = (one.residuals <= _RESIDUAL_TOLERANCE * scale) & (one.residuals <= _GAP_TOLERANCE * nearest)
    return [(float(one.values[at]), probe, int(at)) for at in numpy.flatnonzero(apart)]


def _same(
    current: Sequence[Tuple[float, int, int]], candidate: Tuple[float, int, int], all_of: Sequence[Quadrature], scale: float
) -> bool:
    (last, its_probe, its_place), (value, probe, place) = current[-1], candidate
    reach = _AGREEMENT_TOLERANCE * scale + all_of[its_probe].residuals[its_place] + all_of[probe].residuals[place]
    return bool(value - last <= reach) and all(member[1] != probe for member in current)


def _multiplicity(weight_in_eigenvalues: float, probes: int) -> int:
    """k times the mean weight is about χ² with k degrees of freedom: its quantile by Wilson and Hilferty (PNAS 17, 1931)."""
    variance = 2 / (9 * probes)
    likely = (1 - variance + _REPEATED_AFTER * variance**0.5) ** 3
    return 1 if weight_in_eigenvalues <= likely else round(weight_in_eigenvalues)


def outliers(quadratures: Sequence[Quadrature], dimension: int) -> Outliers:
    """The resolved eigenvalues above everything that was not resolved; where all were, above the widest gap in the upper half."""
    found = resolve(quadratures, dimension)
    apart = [one for one in found if one.multiplicity == 1 or one.multiplicity < _BULK_SHARE * dimension]
    tops = []
    for probe, one in enumerate(quadratures):
        taken = {resolved.positions[probe] for resolved in apart}
        rest = [at for at in range(len(one.values)) if at not in taken]
        if rest:
            tops.append(float(one.values[rest[-1]]))
    edge = max(tops) if tops else _below_widest_gap([one.value for one in apart])
    beyond = [one for one in reversed(found) if one.value > edge]
    return Outliers(
        numpy.array([one.value for one in beyond]),
        numpy.array([one.residual for one in beyond]),
        sum(one.multiplicity for one in beyond),
        edge,
    )


def _below_widest_gap(values: Sequence[float]) -> float:
    """`values` ascending: the one below the widest gap in their upper half; the only one where there is no gap."""
    edge, widest = len(values) - 1, 0.0
    for at in range(len(values) - 2, -1, -1):
        if at < (len(values) - 1) / 2 - 1:
            break
        if values[at + 1] - values[at] > widest:
            edge, widest = at, values[at + 1] - values[at]
    return values[edge]
