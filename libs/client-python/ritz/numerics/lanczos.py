"""The Lanczos process for several probes at once, with two-pass Gram–Schmidt against the whole basis (Golub & Van Loan, §10.3).

Without reorthogonalisation ghost copies of converged eigenvalues appear, which would make outlier counts wrong.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Protocol, Sequence, Tuple

import numpy

from ..errors import RitzError
from .convergence import has_converged
from .space import Basis, Space, Vector
from .together import Process, advance_together

_BREAKDOWN_SHARE = {"float32": 5e-7, "float64": 1e-14}
"""A residual below this share of the largest entry of the tridiagonal is rounding: the Krylov space is invariant."""
_SMALLEST_NORM = 2.0**-1000
_CONVERGENCE_EVERY = 5
_SAVE_EVERY = 10


class Operator(Protocol):
    def apply(self, vectors: Any) -> Any:
        """A·v for each row of [k, n], in the same arithmetic."""


class Saved(Protocol):
    """A journal."""

    path: Path

    def records(self) -> List[Tuple[Dict[str, Any], List[numpy.ndarray]]]:
        """(head, rows) of all that was appended."""

    def append(self, head: Mapping[str, Any], rows: Sequence[numpy.ndarray]) -> None: ...


@dataclass
class Probe:
    """Its tridiagonal so far, and its basis: one row more than `alpha` has entries, as many after a breakdown."""

    index: int
    basis: Basis
    random: bool = True
    """False for a start that is given: it measures something else than the density."""
    alpha: List[float] = field(default_factory=list)
    beta: List[float] = field(default_factory=list)
    """As many entries; the last is the norm of the last residual."""
    breakdown: bool = False


def start_probe(space: Space, index: int, start: Vector, steps: int, random: bool = True) -> Probe:
    """Raises RitzError for a start that is zero or not finite."""
    basis = space.basis(min(steps + 1, space.dimension))
    _, norm, vector = basis.orthogonalise(start)
    if not norm > _SMALLEST_NORM or not numpy.isfinite(norm):
        raise RitzError(f"start: expected a vector of positive length, got length {norm}.")
    basis.append(vector, norm)
    return Probe(index, basis, random)


def lanczos(
    space: Space,
    operator: Operator,
    probes: Sequence[Probe],
    steps: int,
    tolerance: float = 0.0,
    journal: Optional[Saved] = None,
    on_step: Callable[[int], None] = lambda step: None,
) -> None:
    """Takes every probe to `steps` Lanczos steps, or until they have converged to `tolerance`; goes on from what the journal holds.

    Raises RitzError, naming step and probe, where the operator returns NaN or Infinity or fails. Whatever ends it, interrupts too,
    the steps taken are in the journal.
    """
    advance_together([lanczos_process(space, probes, steps, tolerance, journal, on_step)], lambda wanted: [operator.apply(wanted[0][1])])


def lanczos_process(
    space: Space,
    probes: Sequence[Probe],
    steps: int,
    tolerance: float = 0.0,
    journal: Optional[Saved] = None,
    on_step: Callable[[int], None] = lambda step: None,
) -> Process:
    """The same as a process: yields what it wants multiplied, and is sent the products."""
    steps = min(steps, space.dimension)
    saved = _SavedProbes(space, probes, journal) if journal is not None else None
    if saved is not None and saved.restore():
        saved.check_first((yield space.stack([probe.basis.row(0) for probe in probes])))
    try:
        while not _done(probes, steps, tolerance):
            active = [probe for probe in probes if not probe.breakdown]
            products = yield from _products(space, active)
            if saved is not None:
                saved.note_products(products)
            for probe, product in zip(active, products):
                _advance(space, probe, product)
            taken = max(len(probe.alpha) for probe in probes)
            if saved is not None and taken % _SAVE_EVERY == 0:
                saved.save()
            on_step(taken)
    finally:
        if saved is not None:
            saved.save()


def _done(probes: Sequence[Probe], steps: int, tolerance: float) -> bool:
    taken = max(len(probe.alpha) for probe in probes)
    if taken >= steps or all(probe.breakdown for probe in probes):
        return True
    look = tolerance > 0 and taken > 0 and taken % _CONVERGENCE_EVERY == 0
    return look and has_converged([probe for probe in probes if probe.random], tolerance)


def _products(space: Space, active: Sequence[Probe]) -> Process:
    try:
        return (yield space.stack([probe.basis.row(probe.basis.size - 1) for probe in active]))
    except RuntimeError as error:
        numbers = ", ".join(str(probe.index) for probe in active)
        taken = max(len(probe.alpha) for probe in active) + 1
        plural = "" if len(active) == 1 else "s"
        raise RitzError(f"{error} This was in Lanczos step {taken} of probe{plural} {numbers}.") from error


def _advance(space: Space, probe: Probe, product: Vector) -> None:
    """One step; β is taken after reorthogonalisation, and stored as 0 where it is no more than rounding."""
    along, norm, rest = probe.basis.orthogonalise(product)
    if not numpy.isfinite(along) or not numpy.isfinite(norm):
        raise RitzError(
            f"The operator returned NaN or Infinity at Lanczos step {len(probe.alpha) + 1} of probe {probe.index}; "
            "check that the loss is finite at this point."
        )
    probe.alpha.append(along)
    scale = max(map(abs, [*probe.alpha, *probe.beta]))
    limit = max(_BREAKDOWN_SHARE[space.precision] * scale, _SMALLEST_NORM)
    probe.breakdown = norm <= limit or len(probe.alpha) == space.dimension
    probe.beta.append(0.0 if probe.breakdown else norm)
    if not probe.breakdown:
        probe.basis.append(rest, norm)


class _SavedProbes:
    """Keeps a journal in step with the probes. The start vectors are not in it, as the seed gives them."""

    def __init__(self, space: Space, probes: Sequence[Probe], journal: Saved) -> None:
        self._space, self._probes, self._journal = space, probes, journal
        self._written: Dict[int, int] = {probe.index: 0 for probe in probes}
        self._digest = ""

    def restore(self) -> bool:
        """False when there was nothing."""
        by_index = {probe.index: probe for probe in self._probes}
        for head, rows in self._journal.records():
            self._digest = head["digest"]
            at = 0
            for progress in head["probes"]:
                probe = by_index[progress["index"]]
                probe.alpha += progress["alpha"]
                probe.beta += progress["beta"]
                probe.breakdown = progress["breakdown"]
                for row in rows[at : at + progress["rows"]]:
                    probe.basis.restore(row)
                at += progress["rows"]
                self._written[probe.index] = len(probe.alpha)
        return self._digest != ""

    def note_products(self, products: Any) -> None:
        if self._digest == "":
            self._digest = self._digest_of(products)

    def check_first(self, products: Any) -> None:
        if self._digest_of(products) != self._digest:
            raise RitzError(
                f"{self._journal.path}: The saved Lanczos state was measured with another operator: its first products differ from "
                "those computed now. Use the same model, parameters, data, device and number of threads, or remove the state."
            )

    def save(self) -> None:
        progress, rows = [], []
        for probe in self._probes:
            done = self._written[probe.index]
            if len(probe.alpha) == done:
                continue
            new = range(done + 1, probe.basis.size)
            rows += [self._space.to_numpy(probe.basis.row(r)) for r in new]
            progress.append(
                {
                    **{"index": probe.index, "alpha": probe.alpha[done:], "beta": probe.beta[done:]},
                    **{"breakdown": probe.breakdown, "rows": len(new)},
                }
            )
        if progress:
            self._journal.append({"digest": self._digest, "probes": progress}, rows)
            self._written = {probe.index: len(probe.alpha) for probe in self._probes}

    def _digest_of(self, products: Any) -> str:
        digest = hashlib.sha256()
        for product in products:
            digest.update(numpy.ascontiguousarray(self._space.to_numpy(product)).tobytes())
        return digest.hexdigest()
