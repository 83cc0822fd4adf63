"""Measures the spectrum of the Hessian (or another curvature matrix) of a PyTorch model where it is."""

from __future__ import annotations

import os
import sys
import time
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Union

import numpy
import torch

from ..errors import RitzError, logger
from ..logging_target import run_to_log_to
from ..numerics.check_operator import check_operator
from ..numerics.lanczos import Probe, lanczos, start_probe
from ..numerics.probe_vector import probe_vector
from ..numerics.top_pairs import TopPairs, top_pairs
from ..mirror import mirror
from ..run import Run
from ..spectrum import Overlap, Spectrum, Top, Tridiagonal
from .basis import TorchSpace
from .batches import batch_size, read
from .curvature import Curvature
from .fisher import Fisher
from .forward import ForwardOverReverse, differentiates_twice
from .loss import of_model_and_batch
from .objective import Objective
from .optimiser import look
from .options import Options
from .parameters import Named, Selection, select
from .population import use_population_statistics
from .preconditioner import AnyOperator, Preconditioned, Preconditioner, preconditioner_of
from .prepared import DTYPES, batch_norms, prepared
from .ranks import Ranks
from .repeat import check_gradient_repeats
from .shared_journal import SharedJournal
from .sharded import gathered
from .tuning import choose_pass

_OVERLAPS = (1, 2, 5, 10)
_STORED_BATCH_NORM = {"running": "running", "batch": "minibatch", "population": "population"}


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
    blocks: Optional[Mapping[str, Selection]] = None,
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
    matrix: "hessian", "ggn" (generalised Gauss-Newton), "residual" (of the first without the second) or "fisher" (empirical).
    preconditioner: P for the matrix P^(-1/2) A P^(-1/2): "optimizer" from the state of Adam, RMSprop or Adagrad, or its diagonal [n] in
    the order of the parameters; the gradient is P^(-1/2) g then. batch_norm: statistics to normalise by: "running"
    averages, those of each "batch", or of the "population" of all data. mode: "eval" or "train" for the other modules; as they are
    unless given. probes, steps: k start vectors, m Lanczos steps each. tolerance: stop earlier once converged to this share.
    precision: "float32" or "float64". device: where the model is unless given. vectors_per_pass: chosen by a trial unless given.
    blocks: further spectra by name, of the parameters that a pattern or list selects. weight_decay: λ of ½λ‖θ‖² in the loss.
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
    with gathered(model) as whole:
        module = whole.module
        chosen = {name: select(module, whole.selection(one)) for name, one in {"all": params, **(blocks or {})}.items()}
        place = options.place(module)
        conditioner = preconditioner_of(preconditioner, optimizer, whole, chosen["all"])
        with prepared(module, batch_norm, mode, precision, place):
            batches = read(data)
            loss = of_model_and_batch(loss_fn)
            if batch_norm == "population" and batch_norms(module):
                use_population_statistics(module, loss, batches, DTYPES[precision], place, ranks)
            objective = Objective(module, loss, batches, DTYPES[precision], place, count, ranks)
            found = {
                name: _Measurement(module, objective, parameters, name, options, conditioner, place, target).spectrum()
                for name, parameters in chosen.items()
            }
        optimised = None if optimizer is None else look(optimizer, whole, [one for _, one in chosen["all"]])
    result = found.pop("all")
    result.blocks.update(found)
    if target is None or not ranks.first:
        return result
    state = None if optimised is None else optimised.record(target, int(step or 0))
    logged = result.log(target, int(step or 0))
    if target.mirror:
        edge = state.edge_of(conditioner.kind) if state is not None and matrix in ("hessian", "ggn") else None
        mirror(target, int(step or 0), logged, edge)
    return logged


class _Measurement:
    """Of one set of parameters."""

    def __init__(
        self,
        model: "torch.nn.Module",
        objective: Objective,
        parameters: Named,
        block: str,
        options: Options,
        preconditioner: Preconditioner,
        device: "torch.device",
        run: Optional[Run],
    ) -> None:
        self._model, self._objective, self._block, self._options, self._run = model, objective, block, options, run
        self._named, self._parameters = parameters, [parameter for _, parameter in parameters]
        self._preconditioner = preconditioner
        self._dimension = sum(parameter.numel() for parameter in self._parameters)
        self._notices: List[str] = []
        rows = min(options.steps + 1, self._dimension)
        self._space = TorchSpace(
            self._dimension, options.precision, device, options.basis, rows, options.probes + int(options.gradient)
        )
        if self._space.place != "device" and options.basis is None:
            self._tell(f"the Lanczos bases do not fit the device and are kept on {self._space.place}")
        if objective.attention:
            self._tell("attention is computed by the math kernel, as flash attention has no second derivative")

    def spectrum(self) -> Spectrum:
        options, space = self._options, self._space
        began = time.perf_counter()
        operator: AnyOperator = self._operator()
        if self._preconditioner.kind != "none":
            operator = Preconditioned(operator, self._preconditioner.root(self._named, space.dtype, space.device))
        loss, gradient, mini_batch = operator.gradient()
        check_gradient_repeats(operator, gradient)
        notes: Dict[str, Any] = {}
        journal = self._journal(gradient, notes)
        if journal is not None and "vectors_per_pass" in journal.notes:
            operator.vectors_per_pass = int(journal.notes["vectors_per_pass"])
        else:
            products = (options.probes + int(options.gradient)) * min(options.steps, self._dimension)
            operator.vectors_per_pass = choose_pass(operator, space, options, products)
            notes["vectors_per_pass"] = operator.vectors_per_pass
            journal = self._journal(gradient, notes) if journal is None else journal
        try:
            check_operator(space, operator, options.seed)
            probes = self._start(gradient)
            lanczos(space, operator, probes, options.steps, options.tolerance or 0.0, journal, self._progress)
        finally:
            if journal is not None:
                journal.close()
        random = [probe for probe in probes if probe.random]
        pairs = top_pairs(space, operator, random, options.top) if options.top > 0 else None
        return self._result(probes, pairs, loss, gradient, mini_batch, time.perf_counter() - began)

    def _operator(self) -> Curvature:
        options = self._options
        given = (self._objective, self._parameters, options.matrix, options.weight_decay, self._tell)
        if options.matrix == "fisher":
            return Fisher(*given)
        operator = Curvature(*given)
        if differentiates_twice(operator, self._dimension):
            return operator
        if options.matrix != "hessian":
            raise RitzError(f'matrix: expected "hessian" or "fisher" of a model without second derivatives backward, got {options.matrix!r}.')
        self._tell("a function has no second derivative backward: products are computed forward over reverse")
        return ForwardOverReverse(*given)

    def _start(self, gradient: "torch.Tensor") -> List[Probe]:
        options, space = self._options, self._space
        starts = [probe_vector(options.law, options.seed, index, self._dimension) for index in range(options.probes)]
        probes = [start_probe(space, index, space.vector(start), options.steps) for index, start in enumerate(starts)]
        if options.gradient and bool(gradient.abs().max() > 0):
            probes.append(start_probe(space, options.probes, gradient, options.steps, random=False))
        return probes

    def _journal(self, gradient: "torch.Tensor", notes: Dict[str, Any]) -> Optional[SharedJournal]:
        """Opened once the pass is chosen, or at once where the file is there already: the pass is part of the state."""
        options = self._options
        if options.save is None:
            return None
        path = os.fspath(options.save) if self._block == "all" else f"{os.fspath(options.save)}.{self._block}"
        if not notes and not self._objective.ranks.of_first(os.path.exists(path)):
            return None
        identity = {
            **{"dimension": self._dimension, "steps": options.steps, "probes": options.probes, "seed": options.seed},
            **{"law": options.law, "precision": options.precision, "tolerance": options.tolerance or 0, "matrix": options.matrix},
            **{"batchNorm": options.batch_norm, "weightDecay": options.weight_decay, "gradient": options.gradient},
            **{"data": self._objective.batches.fingerprint, "preconditioner": self._preconditioner.kind},
        }
        return SharedJournal(path, identity, notes, self._objective.ranks)

    def _result(
        self,
        probes: Sequence[Probe],
        pairs: Optional[TopPairs],
        loss: float,
        gradient: "torch.Tensor",
        mini_batch: "torch.Tensor",
        seconds: float,
    ) -> Spectrum:
        options, objective = self._options, self._objective
        batch_norm = _STORED_BATCH_NORM[options.batch_norm] if batch_norms(self._model) else "none"
        tridiagonals = [Tridiagonal(numpy.array(one.alpha), numpy.array(one.beta), one.breakdown) for one in probes]
        fingerprints = objective.ranks.gather((objective.batches.examples, objective.batches.fingerprint))
        return Spectrum(
            probes=[one for one, probe in zip(tridiagonals, probes) if probe.random],
            energy=next((one for one, probe in zip(tridiagonals, probes) if not probe.random), None),
            parameter_count=self._dimension,
            data_size=sum(examples for examples, _ in fingerprints),
            data_fingerprint="+".join(dict.fromkeys(fingerprint for _, fingerprint in fingerprints))[:128],
            matrix=options.matrix,
            batch_norm=batch_norm,
            batch_size=batch_size(next(iter(objective.batches))) if batch_norm == "minibatch" else None,
            block=self._block,
            precision=options.precision,
            steps=options.steps,
            seed=options.seed,
            preconditioner=self._preconditioner.kind,
            hvp_count=sum(len(probe.alpha) for probe in probes if probe.random) + (0 if pairs is None else pairs.products),
            seconds=seconds,
            engine=f"pytorch-{torch.__version__}",
            loss=loss,
            gradient_norm=self._space.norm(gradient),
            loss_reduction=objective.reduction,
            weight_decay=options.weight_decay,
            top=Top(numpy.empty(0), numpy.empty(0))
            if pairs is None
            else Top(pairs.values, pairs.residuals, pairs.vectors if options.vectors else None),
            overlaps=[] if pairs is None or not options.gradient else self._overlaps(pairs, gradient, mini_batch),
            notices=self._notices,
        )

    def _overlaps(self, pairs: TopPairs, gradient: "torch.Tensor", mini_batch: "torch.Tensor") -> List[Overlap]:
        classes = self._run.classes if self._run is not None else None
        wanted = self._options.overlap or sorted({*_OVERLAPS, *([classes] if classes else [])})
        kinds = [("full_batch", gradient)]
        if len(self._objective.parts) > 1 and self._objective.ranks.size == 1:
            kinds.append(("mini_batch", mini_batch))
        found = []
        for kind, vector in kinds:
            squared = self._space.norm(vector) ** 2
            if squared == 0:
                continue
            shares = numpy.array(self._space.inner_all(pairs.vectors, vector)) ** 2 / squared
            found += [Overlap(k, min(1.0, float(shares[:k].sum())), kind) for k in wanted if k <= len(shares)]
        return found

    def _tell(self, notice: str) -> None:
        if notice not in self._notices:
            self._notices.append(notice)
            logger.warning("ritz.torch: %s.", notice)

    def _progress(self, step: int) -> None:
        if self._options.progress and self._objective.ranks.first and sys.stderr.isatty():
            end = "\n" if step >= self._options.steps else ""
            print(f"\rLanczos step {step} of {self._options.steps} ({self._block})", end=end, file=sys.stderr, flush=True)
