"""Measures the spectrum of the Hessian (or another curvature matrix) of a PyTorch model where it is."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional, Sequence, Union

import torch

from ..logging_target import run_to_log_to
from ..mirror import mirror
from ..run import Run
from ..spectrum import Spectrum
from .batches import read
from .blocks import Blocks, blocks_of
from .loss import of_model_and_batch
from .measuring import Measuring
from .objective import Objective
from .optimiser import look
from .options import Options
from .parameters import Selection, select
from .population import use_population_statistics
from .preconditioner import preconditioner_of
from .prepared import DTYPES, batch_norms, prepared
from .ranks import Ranks
from .sharded import gathered


def measure(
    model: "torch.nn.Module",
    loss_fn: Any,
    data: Any,
    *,
    step: Optional[int] = None,
    run: Union[Run, bool, None] = None,
    optimizer: Any = None,
    params: Selection = None,
    matrix: str = "hessian",
    preconditioner: Any = None,
    batch_norm: str = "running",
    mode: Optional[str] = None,
    probes: int = 10,
    steps: int = 90,
    precision: str = "float32",
    device: Union[None, str, "torch.device"] = None,
    vectors_per_pass: Optional[int] = None,
    blocks: Blocks = None,
    weight_decay: float = 0.0,
    seed: int = 0,
    law: str = "sphere",
    save: "os.PathLike[str] | str | None" = None,
    tolerance: Optional[float] = None,
    top: int = 10,
    vectors: bool = False,
    overlap: Optional[Sequence[int]] = None,
    gradient: bool = True,
    basis: Optional[str] = None,
    count: Optional[Callable[[Any], float]] = None,
    progress: bool = True,
) -> Spectrum:
    """The spectrum of a curvature matrix of the mean loss over `data`, by stochastic Lanczos quadrature; the model stays as it was.

    loss_fn: of (model, batch), returning the mean loss of the batch; or a loss of PyTorch such as CrossEntropyLoss(), for batches of
    (inputs, targets). data: a loader, a list of batches, or one batch; the same in every pass. step, run: logs the result as that step
    of the run, of the active one unless given; run=False logs nothing. optimizer: its rate, momentum and second moments are recorded
    with the step.

    params: None for all that require a gradient, a pattern of names such as "layers.*.weight", or a list of them or of parameters.
    matrix: "hessian", "ggn" (generalised Gauss-Newton), "residual" (of the first without the second), "fisher" (empirical) or
    "gradient_covariance" (of the gradients of the mini-batches of the data around their mean).
    preconditioner: P for the matrix P^(-1/2) A P^(-1/2): "optimizer" from the state of Adam, RMSprop or Adagrad, or its diagonal [n] in
    the order of the parameters; the gradient is P^(-1/2) g then. batch_norm: statistics to normalise by: "running"
    averages, those of each "batch", or of the "population" of all data. mode: "eval" or "train" for the other modules; as they are
    unless given. probes, steps: k start vectors, m Lanczos steps each. tolerance: stop earlier once converged to this share.
    precision: "float32" or "float64". device: where the model is unless given. vectors_per_pass: chosen by a trial unless given.
    blocks: spectra of diagonal blocks too, all in the same passes over the data: "layers", "tensors", or patterns or lists of
    parameters by name. weight_decay: λ of ½λ‖θ‖² in the loss.
    seed, law: of the start vectors, "sphere" or "rademacher". save: a file for the state, from which an interrupted measurement goes on
    bit for bit. top, vectors: how many eigenvalues are wanted with residuals, and whether their vectors are kept. overlap: the K of
    ‖P_K g‖²/‖g‖². gradient: whether overlap and energy of the gradient are measured. basis: "device", "cpu" or "disk" for Lanczos
    vectors. count: of a batch, the number of terms that its loss averages. progress: whether it is shown on a terminal.

    Raises RitzError for options that cannot be used, a loss that is not one finite number or not deterministic, data that changes, and
    a device without memory for one example; KeyboardInterrupt leaves model and saved state whole.
    """
    options = Options(
        **dict(params=params, matrix=matrix, batch_norm=batch_norm, mode=mode, probes=probes, steps=steps, precision=precision),
        **dict(device=device, vectors_per_pass=vectors_per_pass, blocks=blocks, weight_decay=weight_decay, seed=seed, law=law),
        **dict(tolerance=tolerance, top=top, vectors=vectors, overlap=overlap, gradient=gradient, basis=basis, count=count),
        **dict(save=save, progress=progress),
    )
    target = run_to_log_to(run, step)
    ranks = Ranks()
    with torch.inference_mode(False), gathered(model) as whole:
        module = whole.module
        chosen = select(module, whole.selection(params))
        groups = blocks_of(module, whole.blocks(blocks), chosen)
        place = options.place(module)
        conditioner = preconditioner_of(preconditioner, optimizer, whole, chosen)
        with prepared(module, batch_norm, mode, precision, place):
            batches = read(data)
            loss = of_model_and_batch(loss_fn)
            if batch_norm == "population" and batch_norms(module):
                use_population_statistics(module, loss, batches, DTYPES[precision], place, ranks)
            objective = Objective(module, loss, batches, DTYPES[precision], place, count, ranks)
            measuring = Measuring(objective, chosen, options, conditioner, target)
            result = measuring.whole()
            result.blocks.update(measuring.blocks(groups))
        optimised = None if optimizer is None else look(optimizer, whole, [one for _, one in chosen])
    if target is None or not ranks.first:
        return result
    state = None if optimised is None else optimised.record(target, int(step or 0))
    logged = result.log(target, int(step or 0))
    if target.mirror:
        edge = state.edge_of(conditioner.kind) if state is not None and matrix in ("hessian", "ggn") else None
        mirror(target, int(step or 0), logged, edge)
    return logged
