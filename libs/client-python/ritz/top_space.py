"""What can be recorded of the space of the largest eigenvalues: its Ritz vectors in numbers, and its overlaps with other steps."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, TypedDict

from .errors import RitzError
from .values import Converter, convert, integer_between, to_finite, to_name, to_step


class RitzVectorNumbers(TypedDict, total=False):
    """What can be recorded of a Ritz vector u, |u| = 1; `index` (0 for the largest eigenvalue) and `value` are required."""

    index: int
    value: float
    residual: float  # |A u - lambda u|
    inverse_participation: float  # sum of u_i^4
    mass_by_block: Mapping[str, float]  # sum of u_i^2 over the entries of each group of parameters
    gradient_overlap: float  # (u^T g)^2 / |g|^2 of the full-batch gradient
    mini_batch_overlap: float  # of the gradient of the next mini-batch
    update_overlap: float  # of the next update of the optimiser
    class_share: float  # |P u|^2, P projects on the span of the class means of the gradients


class SpaceOverlap(TypedDict):
    """|V_t^T V_s|_F^2 / K: how much of the span of the K leading Ritz vectors of step s is in that of the step recorded."""

    step: int
    k: int
    overlap: float


def _share(name: str, value: Any) -> float:
    number = to_finite(name, value)
    if not 0 <= number <= 1 + 1e-6:
        raise RitzError(f"{name}: expected a number from 0 to 1, got {number}.")
    return number


def _masses(name: str, value: Any) -> List[Dict[str, Any]]:
    return [{"block": to_name(name, block), "mass": _share(f"{name}[{block!r}]", mass)} for block, mass in value.items()]


_SHARES = ("inverse_participation", "gradient_overlap", "mini_batch_overlap", "update_overlap", "class_share")
_VECTOR_FIELDS: Dict[str, Converter] = {
    "index": to_step,
    "value": to_finite,
    "residual": to_finite,
    "mass_by_block": _masses,
    **{name: _share for name in _SHARES},
}
_OVERLAP_FIELDS: Dict[str, Converter] = {"step": to_step, "k": integer_between(1, 2**31 - 1), "overlap": _share}


def to_top_space(vectors: Optional[Sequence[RitzVectorNumbers]], overlaps: Optional[Sequence[SpaceOverlap]]) -> Dict[str, Any]:
    """By the names of the interchange format."""
    return {
        "ritzVectors": [_required(f"log_lanczos.ritz_vectors[{at}]", one, _VECTOR_FIELDS, ("index", "value")) for at, one in enumerate(vectors or ())],
        "spaceOverlaps": [
            _required(f"log_lanczos.space_overlaps[{at}]", one, _OVERLAP_FIELDS, ("step", "k", "overlap")) for at, one in enumerate(overlaps or ())
        ],
    }


def _required(where: str, given: Mapping[str, Any], known: Mapping[str, Converter], names: Sequence[str]) -> Dict[str, Any]:
    for name in names:
        if given.get(name) is None:
            raise RitzError(f"{where}.{name}: expected a value, got none.")
    return convert(where, {name: value for name, value in given.items() if value is not None}, dict(known))
