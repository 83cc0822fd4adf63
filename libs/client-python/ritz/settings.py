"""What can be said of a run, a step and a measurement."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, TypedDict

from . import words
from .errors import RitzError
from .values import Converter, Numbers, camel_case, convert, integer_between, one_of, paired_probes, to_finite, to_flag
from .values import to_name, to_number, to_settings, to_step, to_tags, to_text

_SCHEDULE_KEYS = {"kind", "initial", "factor", "steps", "rates", "total_steps", "warmup_steps"}


def to_schedule(name: str, value: Any) -> Dict[str, Any]:
    given = to_settings(name, value)
    unknown = sorted(set(given) - _SCHEDULE_KEYS)
    if unknown or not {"kind", "initial"} <= set(given):
        what = f"unknown field {unknown[0]!r}" if unknown else "kind or initial is missing"
        raise RitzError(f'{name}: {what}. Give, for example, {{"kind": "step", "initial": 0.1, "factor": 0.1, "steps": [100]}}.')
    kind = one_of(*words.SCHEDULE_KINDS)(f"{name}.kind", given.pop("kind"))
    return {"kind": kind, **{camel_case(key): inner for key, inner in given.items()}}


class RunSettings(TypedDict, total=False):
    """Settings of a run; `architecture`, `dataset`, `optimiser` and one of `learning_rate` and `schedule` are required."""

    architecture: str  # the network, such as "resnet-32"
    dataset: str  # the training data, such as "cifar-10"
    optimiser: str  # with its settings: "sgd(momentum=0.9)"
    learning_rate: float  # of a constant schedule
    schedule: Mapping[str, Any]  # {"kind": "constant", "step", "cosine", "warmup_cosine", "one_cycle" or "piecewise", "initial": …, …}
    seed: int  # of the initial parameters and the order of the data; 0 unless given
    project: str  # created when it is new; "default" unless given
    experiment: str
    batch_norm: str  # "none" (unless given), "minibatch", "population" or "running"
    normalisation: str  # of its layers: "none", "batch", "group", "layer" or "weight_standardisation"
    residual: bool
    classes: int  # K in λ1/λK
    parameter_count: int  # n, also the dimension of every spectrum unless it says otherwise
    planned_steps: int
    git_revision: str
    engine: str  # what it is trained with, such as "pytorch-2.6"
    config: Mapping[str, Any]  # everything else that may differ between runs
    tags: Sequence[str]
    notes: str


class StepValues(TypedDict, total=False):
    """What a step can carry: one number each, None where nothing was measured."""

    epoch: Optional[float]
    train_loss: Optional[float]
    train_accuracy: Optional[float]  # 0 to 1
    test_loss: Optional[float]
    test_accuracy: Optional[float]  # 0 to 1
    learning_rate: Optional[float]
    gradient_norm: Optional[float]
    sharpness: Optional[float]  # largest Ritz value of the Hessian from a few Lanczos steps
    sharpness_error: Optional[float]  # its residual |H u - theta u|: an eigenvalue lies within it
    preconditioned_sharpness: Optional[float]  # that of P^(-1/2) H P^(-1/2), P what the optimiser divides its next update by
    preconditioned_sharpness_error: Optional[float]
    gradient_curvature: Optional[float]  # g^T H g / |g|^2 along the gradient
    update_curvature: Optional[float]  # u^T H u / |u|^2 along the next update of the parameters


class MeasurementSettings(TypedDict, total=False):
    """How a spectrum was measured."""

    operator: str  # "hessian" unless given, "ggn", "residual", "fisher" or "gradient_covariance"
    block: str  # "all" unless given, or the name of a group of parameters
    preconditioner: str  # "none" unless given, "adam", "rmsprop", "adagrad" or "custom": P in P^(-1/2) A P^(-1/2)
    parameter_count: int  # n, the dimension of the operator; that of the run unless given
    data_size: int  # number of examples in the loss; default that of the run
    data_fingerprint: str  # digest of those examples; "" unless given
    loss_reduction: str  # "mean" unless given, or "sum"
    weight_decay_included: bool
    batch_norm: str  # statistics that the measurement normalised by; those of the run unless given
    batch_size: int  # examples of a mini-batch, where the matrix depends on them
    lanczos_steps: int  # m that was asked for; the longest probe unless given
    probe_law: str  # "sphere" unless given, or "rademacher"
    seed: int  # that the start vectors come from; 0 unless given
    reorthogonalisation: str  # "full" unless given, or "none"
    precision: str  # "float32" unless given, or "float64"
    hvp_count: int  # matrix-vector products; the Lanczos steps of all probes unless given
    seconds: float  # wall time
    engine: str  # what computed the products; that of the run unless given


class GradientEnergy(TypedDict, total=False):
    """The Lanczos tridiagonal of a probe that started at g / |g|."""

    gradient: str  # "full_batch" unless given, or "mini_batch"
    gradient_norm: float
    alpha: Numbers  # [m]
    beta: Numbers  # [m] or [m - 1]


BATCH_NORM = one_of(*words.BATCH_NORM_MODES)
OPERATOR = one_of(*words.OPERATORS)
PRECONDITIONER = one_of(*words.PRECONDITIONERS)
GRADIENT = one_of(*words.GRADIENT_KINDS)
RUN_FIELDS: Dict[str, Converter] = {
    **{name: to_name for name in ("name", "project", "experiment", "architecture", "dataset", "optimiser")},
    "schedule": to_schedule,
    "learning_rate": lambda name, value: {"kind": "CONSTANT", "initial": to_finite(name, value)},
    "seed": integer_between(-(2**53) + 1),
    "batch_norm": BATCH_NORM,
    "normalisation": one_of(*words.NORMALISATIONS),
    "residual": to_flag,
    "classes": integer_between(1, 2**31 - 1),
    "parameter_count": integer_between(1),
    "planned_steps": to_step,
    "git_revision": to_text,
    "engine": to_text,
    "config": to_settings,
    "tags": to_tags,
    "notes": to_text,
}
REQUIRED_FIELDS = ("architecture", "dataset", "optimiser", "schedule")
STEP_FIELDS: Dict[str, Converter] = {name: to_number for name in StepValues.__annotations__}
MEASUREMENT_FIELDS: Dict[str, Converter] = {
    "operator": OPERATOR,
    "block": to_name,
    "preconditioner": PRECONDITIONER,
    "parameter_count": integer_between(1),
    "data_size": integer_between(1),
    "data_fingerprint": to_text,
    "loss_reduction": one_of(*words.LOSS_REDUCTIONS),
    "weight_decay_included": to_flag,
    "batch_norm": BATCH_NORM,
    "batch_size": integer_between(1),
    "lanczos_steps": integer_between(1, 10_000),
    "probe_law": one_of(*words.PROBE_LAWS),
    "seed": integer_between(-(2**53) + 1),
    "reorthogonalisation": one_of(*words.REORTHOGONALISATIONS),
    "precision": one_of(*words.PRECISIONS),
    "hvp_count": integer_between(0),
    "seconds": to_finite,
    "engine": to_text,
}


def to_energies(given: Optional[Sequence[GradientEnergy]]) -> List[Dict[str, Any]]:
    """By the names of the interchange format."""
    found = []
    for at, one in enumerate(given or ()):
        where = f"log_lanczos.gradient_energy[{at}]"
        settings = {name: value for name, value in one.items() if name not in ("alpha", "beta")}
        known: Dict[str, Converter] = {"gradient": GRADIENT, "gradient_norm": to_finite}
        ((alpha, beta),) = paired_probes(where, ("alpha", one.get("alpha")), ("beta", one.get("beta")))
        found.append({"gradient": "FULL_BATCH", **convert(where, settings, known), "alpha": alpha, "beta": beta})
    return found
