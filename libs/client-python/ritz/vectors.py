"""Ritz vectors of stored spectra in numbers, and how their space turns along a training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional

from .errors import RitzError
from .graphql import to_array
from .server import Server
from .settings import OPERATOR, PRECONDITIONER
from .stored import RunLike, fetch_run, run_ids
from .values import Array, snake_case, to_name, to_step


@dataclass(frozen=True)
class RitzVector:
    """A stored Ritz vector in numbers; None where nothing was recorded."""

    index: int
    value: float
    residual: Optional[float]
    inverse_participation: Optional[float]
    mass_by_block: Optional[Dict[str, float]]
    gradient_overlap: Optional[float]
    mini_batch_overlap: Optional[float]
    update_overlap: Optional[float]
    class_share: Optional[float]


@dataclass(frozen=True)
class TopSpaceOverlaps:
    """Overlaps of the spaces of the K leading Ritz vectors between S measured steps of a run."""

    run: str
    name: str
    k: Optional[int]
    """None where nothing was recorded."""
    steps: Array
    overlap: Array
    """[S][S]: symmetric, 1 on the diagonal, NaN (or None) where it was not recorded."""


_VECTORS = """query ($id: ID!, $step: Int!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner) {
  run(id: $id) {
    spectrum(step: $step, operator: $operator, block: $block, preconditioner: $preconditioner) {
      ritzVectors {
        index value residual inverseParticipation massByBlock { block mass }
        gradientOverlap miniBatchOverlap updateOverlap classShare
      }
    }
  }
}"""


def ritz_vectors(
    run: RunLike,
    step: int,
    *,
    operator: str = "hessian",
    block: str = "all",
    preconditioner: str = "none",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[RitzVector]:
    """The Ritz vectors of the largest eigenvalues of one spectrum in numbers, the largest first; empty if none were recorded."""
    server = Server.named(url, token)
    (run_id,) = run_ids(server, run)
    series = _series("ritz_vectors", operator, block, preconditioner)
    spectrum = fetch_run(server, _VECTORS, {"id": run_id, "step": to_step("ritz_vectors.step", step), **series})["spectrum"]
    if spectrum is None:
        raise RitzError(f"The run has no {operator} spectrum of block {block!r} at step {step}.")
    return [_stored_vector(one) for one in spectrum["ritzVectors"]]


def _stored_vector(node: Mapping[str, Any]) -> RitzVector:
    masses = node["massByBlock"]
    plain = {snake_case(name): value for name, value in node.items() if name != "massByBlock"}
    return RitzVector(**plain, mass_by_block=None if masses is None else {one["block"]: one["mass"] for one in masses})


_SPACES = """query ($id: ID!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner, $k: Int) {
  run(id: $id) {
    name
    topSpaceOverlaps(operator: $operator, block: $block, preconditioner: $preconditioner) { steps counts overlap(k: $k) }
  }
}"""


def top_space_overlaps(
    run: RunLike,
    *,
    k: Optional[int] = None,
    operator: str = "hessian",
    block: str = "all",
    preconditioner: str = "none",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> TopSpaceOverlaps:
    """How the space of the largest eigenvalues turns along a training. k: the largest that was recorded unless given."""
    server = Server.named(url, token)
    (run_id,) = run_ids(server, run)
    series = _series("top_space_overlaps", operator, block, preconditioner)
    found = fetch_run(server, _SPACES, {"id": run_id, **series, **({} if k is None else {"k": k})})
    spaces = found["topSpaceOverlaps"]
    shown = k if k is not None else max(spaces["counts"], default=None)
    return TopSpaceOverlaps(run_id, found["name"], shown, to_array(spaces["steps"]), to_array(spaces["overlap"]))


def _series(where: str, operator: str, block: str, preconditioner: str) -> Dict[str, str]:
    return {
        "operator": OPERATOR(f"{where}.operator", operator),
        "block": to_name(f"{where}.block", block),
        "preconditioner": PRECONDITIONER(f"{where}.preconditioner", preconditioner),
    }
