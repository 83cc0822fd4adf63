"""Statistics and training curves of stored runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple, Union

from .graphql import to_array
from .server import Server
from .stored import RunLike, fetch_run, run_ids
from .values import Array, snake_case


@dataclass(frozen=True)
class Trajectory:
    """Statistics of the spectra of a run along its training: one number for each measured step, NaN (or None) if not known."""

    run: str
    name: str
    step: Array
    lambda_max: Array
    lambda_min: Array
    lambda_k: Array
    lambda_k_residual: Array
    top_sum: Array
    ratio: Array
    outlier_count: Array
    negative_mass: Array
    mass_near_zero: Array
    trace: Array
    trace_per_parameter: Array
    frobenius_norm: Array
    mean_magnitude: Array
    effective_rank: Array
    overlap: Dict[Tuple[str, int], Array]
    """|P_K g|² / |g|² by kind of gradient ("full_batch", "mini_batch") and K."""


_TRAJECTORY = """query ($id: ID!, $operator: CurvatureOperator, $block: String) {
  run(id: $id) {
    name
    trajectory(operator: $operator, block: $block) {
      step lambdaMax lambdaMin lambdaK lambdaKResidual topSum ratio outlierCount negativeMass massNearZero
      trace tracePerParameter frobeniusNorm meanMagnitude effectiveRank
      overlap { gradient k fraction }
    }
  }
}"""


def trajectories(
    runs: Union[RunLike, Sequence[RunLike]],
    *,
    operator: str = "hessian",
    block: str = "all",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[Trajectory]:
    """Outliers and other statistics of the spectra of each run, along its training."""
    server = Server.named(url, token)
    found = []
    for run_id in run_ids(server, runs):
        run = fetch_run(server, _TRAJECTORY, {"id": run_id, "operator": operator.upper(), "block": block})
        columns = run["trajectory"]
        overlap = {(str(one["gradient"]).lower(), int(one["k"])): to_array(one["fraction"]) for one in columns.pop("overlap")}
        arrays = {snake_case(name): to_array(values) for name, values in columns.items()}
        found.append(Trajectory(run=run_id, name=run["name"], **arrays, overlap=overlap))
    return found


@dataclass(frozen=True)
class History:
    """Training curves of a run: one number for each logged step, NaN (or None) where it was not measured."""

    run: str
    name: str
    step: Array
    epoch: Array
    train_loss: Array
    train_accuracy: Array
    test_loss: Array
    test_accuracy: Array
    learning_rate: Array
    gradient_norm: Array
    sharpness: Array
    sharpness_error: Array
    preconditioned_sharpness: Array
    preconditioned_sharpness_error: Array
    gradient_curvature: Array
    update_curvature: Array
    stability_limit: Array
    """The largest eigenvalue at which the steps of the run's optimiser are stable; of the preconditioned Hessian where it divides by P."""
    downsampled: bool
    """Whether there are more steps than were asked for."""


_HISTORY = """query ($id: ID!, $maxPoints: Int!) {
  run(id: $id) {
    name
    history(maxPoints: $maxPoints) {
      step epoch trainLoss trainAccuracy testLoss testAccuracy learningRate gradientNorm
      sharpness sharpnessError preconditionedSharpness preconditionedSharpnessError gradientCurvature updateCurvature
      stabilityLimit downsampled
    }
  }
}"""


def histories(
    runs: Union[RunLike, Sequence[RunLike]],
    *,
    max_points: int = 10_000,
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[History]:
    """Loss, accuracy and learning rate of each run along its training."""
    server = Server.named(url, token)
    found = []
    for run_id in run_ids(server, runs):
        run = fetch_run(server, _HISTORY, {"id": run_id, "maxPoints": max_points})
        downsampled = bool(run["history"].pop("downsampled"))
        arrays = {snake_case(name): to_array(values) for name, values in run["history"].items()}
        found.append(History(run=run_id, name=run["name"], **arrays, downsampled=downsampled))
    return found
