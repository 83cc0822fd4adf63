"""The steps of a measurement of one set of parameters: what is checked before, the probes, and the result."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence

import numpy
import torch

from ..numerics.lanczos import Probe, start_probe
from ..numerics.probe_vector import probe_vector
from ..numerics.top_pairs import TopPairs, top_pairs
from ..run import Run
from ..spectrum import Overlap, Spectrum, Top, Tridiagonal
from .basis import TorchSpace
from .batches import batch_size
from .objective import Objective
from .options import Options
from .prepared import batch_norms
from .shared_journal import SharedJournal

_OVERLAPS = (1, 2, 5, 10)
_STORED_BATCH_NORM = {"running": "running", "batch": "minibatch", "population": "population"}


@dataclass(frozen=True)
class Slope:
    """The loss and its gradients."""

    loss: float
    whole: "torch.Tensor"
    """[n]"""
    first: "torch.Tensor"
    """[n], of the first mini-batch."""


class Measurement:
    """Of a matrix (or one block of it) of this dimension."""

    def __init__(
        self,
        objective: Objective,
        dimension: int,
        block: str,
        options: Options,
        preconditioner: str,
        place: Optional[str],
        run: Optional[Run],
        notices: List[str],
    ) -> None:
        self._objective, self._dimension, self.block, self._options, self._run = objective, dimension, block, options, run
        self._preconditioner, self._notices = preconditioner, notices
        rows = min(options.steps + 1, dimension)
        self.space = TorchSpace(
            dimension, options.precision, objective.device, place, rows, options.probes + int(options.gradient)
        )
        self.probes: List[Probe] = []
        self.seconds = 0.0
        """What it took."""

    @property
    def products(self) -> int:
        """That are to come, at most."""
        return (self._options.probes + int(self._options.gradient)) * min(self._options.steps, self._dimension)

    def start(self, gradient: "torch.Tensor") -> None:
        options, space = self._options, self.space
        for index in range(options.probes):
            vector = space.vector(probe_vector(options.law, options.seed, index, self._dimension))
            self.probes.append(start_probe(space, index, vector, options.steps))
        if options.gradient and bool(gradient.abs().max() > 0):
            self.probes.append(start_probe(space, options.probes, gradient, options.steps, random=False))

    def journal(self, notes: Dict[str, Any]) -> Optional[SharedJournal]:
        """Opened once the pass is chosen, or at once where the file is there already: the pass is part of the state."""
        options = self._options
        if options.save is None:
            return None
        path = os.fspath(options.save) if self.block == "all" else f"{os.fspath(options.save)}.{self.block}"
        if not notes and not self._objective.ranks.of_first(os.path.exists(path)):
            return None
        identity = {
            **{"dimension": self._dimension, "steps": options.steps, "probes": options.probes, "seed": options.seed},
            **{"law": options.law, "precision": options.precision, "tolerance": options.tolerance or 0, "matrix": options.matrix},
            **{"batchNorm": options.batch_norm, "weightDecay": options.weight_decay, "gradient": options.gradient},
            **{"data": self._objective.batches.fingerprint, "preconditioner": self._preconditioner},
        }
        return SharedJournal(path, identity, notes, self._objective.ranks)

    def result(self, operator: Any, slope: Slope) -> Spectrum:
        """operator: of this matrix, for the largest eigenvalues with their vectors."""
        began = time.perf_counter()
        options, objective = self._options, self._objective
        random = [probe for probe in self.probes if probe.random]
        pairs = top_pairs(self.space, operator, random, options.top) if options.top > 0 else None
        batch_norm = _STORED_BATCH_NORM[options.batch_norm] if batch_norms(objective.model) else "none"
        tridiagonals = [Tridiagonal(numpy.array(one.alpha), numpy.array(one.beta), one.breakdown) for one in self.probes]
        fingerprints = objective.ranks.gather((objective.batches.examples, objective.batches.fingerprint))
        return Spectrum(
            probes=[one for one, probe in zip(tridiagonals, self.probes) if probe.random],
            energy=next((one for one, probe in zip(tridiagonals, self.probes) if not probe.random), None),
            parameter_count=self._dimension,
            data_size=sum(examples for examples, _ in fingerprints),
            data_fingerprint="+".join(dict.fromkeys(fingerprint for _, fingerprint in fingerprints))[:128],
            matrix=options.matrix,
            batch_norm=batch_norm,
            batch_size=self._batch_size(batch_norm),
            block=self.block,
            precision=options.precision,
            steps=options.steps,
            seed=options.seed,
            law=options.law,
            preconditioner=self._preconditioner,
            hvp_count=sum(len(probe.alpha) for probe in random) + (0 if pairs is None else pairs.products),
            seconds=self.seconds + time.perf_counter() - began,
            engine=f"pytorch-{torch.__version__}",
            loss=slope.loss,
            gradient_norm=self.space.norm(slope.whole),
            loss_reduction=objective.reduction,
            weight_decay=options.weight_decay,
            top=Top(numpy.empty(0), numpy.empty(0))
            if pairs is None
            else Top(pairs.values, pairs.residuals, pairs.vectors if options.vectors else None),
            overlaps=[] if pairs is None or not options.gradient else self._overlaps(pairs, slope),
            notices=list(self._notices),
        )

    def _batch_size(self, batch_norm: str) -> Optional[int]:
        """Where the matrix depends on how the data are cut into batches."""
        cut = batch_norm == "minibatch" or self._options.matrix == "gradient_covariance"
        return batch_size(next(iter(self._objective.batches))) if cut else None

    def _overlaps(self, pairs: TopPairs, slope: Slope) -> List[Overlap]:
        classes = self._run.classes if self._run is not None else None
        wanted = self._options.overlap or sorted({*_OVERLAPS, *([classes] if classes else [])})
        kinds = [("full_batch", slope.whole)]
        if len(self._objective.parts) > 1 and self._objective.ranks.size == 1:
            kinds.append(("mini_batch", slope.first))
        found = []
        for kind, vector in kinds:
            squared = self.space.norm(vector) ** 2
            if squared == 0:
                continue
            shares = numpy.array(self.space.inner_all(pairs.vectors, vector)) ** 2 / squared
            found += [Overlap(k, min(1.0, float(shares[:k].sum())), kind) for k in wanted if k <= len(shares)]
        return found
