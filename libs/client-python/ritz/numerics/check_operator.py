"""Checks that a linear operator is what Lanczos needs: symmetric, and the same at every call."""

from __future__ import annotations

from typing import Any

import numpy

from ..errors import RitzError
from .probe_vector import probe_vector
from .space import Space

_ALLOWED_ASYMMETRY = {"float32": 1e-3, "float64": 1e-9}
"""What rounding may do; dropout, augmentation or another batch do far more."""


def check_operator(space: Space, operator: Any, seed: int = 0, vectors: int = 2) -> float:
    """About ‖A − Aᵀ‖ / ‖A‖: the largest value that a pair of random vectors showed. Applies the operator twice to each.

    For random unit vectors ⟨u, Av⟩ − ⟨Au, v⟩ is of the order ‖A − Aᵀ‖_F / n, and ‖Av‖ of the order ‖A‖_F / √n. Raises RitzError for
    an operator that is not symmetric, not deterministic or not finite.
    """
    starts = [probe_vector("sphere", seed, index, space.dimension) for index in range(vectors)]
    stacked = space.stack([space.vector(start) for start in starts])
    first = numpy.stack([space.to_numpy(row) for row in operator.apply(stacked)]).astype(numpy.float64)
    bad = numpy.argwhere(~numpy.isfinite(first))
    if len(bad):
        row, column = bad[0]
        raise RitzError(f"The operator returned {first[row, column]} as number {column} of the product with random vector {row}.")
    second = numpy.stack([space.to_numpy(row) for row in operator.apply(stacked)]).astype(numpy.float64)
    compare_repeat(first, second, "The operator is not deterministic: applied twice to the same vectors")
    squares = float((first * first).sum())
    if squares == 0:
        return 0.0
    size = numpy.sqrt(squares / vectors / space.dimension)
    pairs = numpy.stack(starts) @ first.T
    asymmetry = float(numpy.abs(pairs - pairs.T).max() / size)
    if asymmetry > _ALLOWED_ASYMMETRY[space.precision]:
        raise RitzError(
            f"The operator is not symmetric: ⟨u, Av⟩ and ⟨Au, v⟩ differ by {asymmetry:.1e} of its size "
            f"({_ALLOWED_ASYMMETRY[space.precision]:g} is allowed in {space.precision}). "
            "A Hessian must be of one fixed, smooth loss."
        )
    return asymmetry


def compare_repeat(
    first: numpy.ndarray,
    second: numpy.ndarray,
    what: str,
    advice: str = "Fix its data: no dropout, no augmentation, no reshuffling.",
) -> None:
    """Raises RitzError, beginning with `what`, unless both have the same bits."""
    differing = int((first != second).sum())
    if differing == 0:
        return
    largest, scale = float(numpy.abs(first - second).max()), float(numpy.abs(first).max())
    raise RitzError(
        f"{what}, {differing} of {first.size} numbers differ, by up to {largest / scale:.1e} of the largest. {advice}"
    )
