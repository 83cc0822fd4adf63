"""Scalars of a spectrum for the tracker that a team has: TensorBoard, MLflow or Weights & Biases, with the address of the Ritz run."""

from __future__ import annotations

import gc
import sys
from typing import Any, Dict, List, Optional

from .errors import logger
from .run import Run
from .spectrum import Spectrum


_WRITERS = ("torch.utils.tensorboard.writer", "tensorboardX.writer")


def scalars(run: Run, spectrum: Spectrum, edge: Optional[float] = None) -> Dict[str, float]:
    """By name, which tells of any matrix but the Hessian. edge: λ1 beyond which the optimiser's steps diverge."""
    words = [word for word, usual in ((spectrum.preconditioner, "none"), (spectrum.matrix, "hessian")) if word != usual]
    prefix = "/".join(["ritz", *words])
    values = {f"{prefix}/lambda_1": spectrum.lambda_max, f"{prefix}/negative_mass": spectrum.negative_mass}
    if run.classes is not None and run.classes <= min(len(one) for one in spectrum.alpha):
        last = spectrum.eigenvalue(run.classes)
        if last > 0:
            values[f"{prefix}/lambda_1_over_lambda_{run.classes}"] = spectrum.lambda_max / last
    for one in spectrum.overlaps:
        if one.gradient == "full_batch":
            values[f"{prefix}/overlap_{one.k}"] = one.fraction
    if edge is not None:
        values[f"{prefix}/distance_to_edge"] = edge - spectrum.lambda_max
    return values


def mirror(run: Run, step: int, spectrum: Spectrum, edge: Optional[float] = None) -> None:
    """To every tracker that is active in this process, and to the writer that ritz.init was given. Never raises: training goes on."""
    values = scalars(run, spectrum, edge)
    for send in (_to_tensorboard, _to_mlflow, _to_wandb):
        try:
            send(run, step, values)
        except Exception as error:  # a tracker may raise anything
            logger.warning("Step %d of %r was not mirrored (%s: %s).", step, run.name, type(error).__name__, error)


def _to_tensorboard(run: Run, step: int, values: Dict[str, float]) -> None:
    for writer in _writers(run):
        for name, value in values.items():
            writer.add_scalar(name, value, step)
        writer.add_text("ritz/run", run.url or run.id, step)
        writer.flush()


def _writers(run: Run) -> List[Any]:
    """The one that was given, or all SummaryWriters that are open, of PyTorch and of tensorboardX."""
    if run.mirror is not True:
        return [run.mirror]
    kinds = tuple(sys.modules[name].SummaryWriter for name in _WRITERS if name in sys.modules)
    return [one for one in gc.get_objects() if isinstance(one, kinds) and one.all_writers] if kinds else []


def _to_mlflow(run: Run, step: int, values: Dict[str, float]) -> None:
    mlflow: Any = sys.modules.get("mlflow")
    if mlflow is None or mlflow.active_run() is None:
        return
    mlflow.log_metrics(values, step=step)
    mlflow.set_tag("ritz.run", run.url or run.id)


def _to_wandb(run: Run, step: int, values: Dict[str, float]) -> None:
    wandb: Any = sys.modules.get("wandb")
    if wandb is None or wandb.run is None:
        return
    wandb.run.define_metric("ritz/*", step_metric="ritz/step")
    wandb.run.log({**values, "ritz/step": step})
    wandb.run.summary["ritz/run"] = run.url or run.id
