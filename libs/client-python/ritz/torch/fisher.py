"""Products with the empirical Fisher matrix, (1/N) Σ g_i g_iᵀ over the gradients of the examples one by one."""

from __future__ import annotations

from typing import Any, Callable, Iterator, List, Optional, Sequence

import torch

from ..errors import RitzError
from . import batches as data
from .curvature import Curvature, grads
from .objective import Objective, Part
from .parameters import flatten

_KEPT_SHARE = 0.25
"""Of the free memory, what the gradients of all examples may take; more are computed again in each product."""
_ROWS = 64
"""Gradients that are held at once otherwise."""


class Fisher(Curvature):
    """The g_i are of losses whose mean is the loss of all data, whatever it averages over: an example with more tokens weighs more.

    Of a sum of losses it is Σ g_i g_iᵀ.
    """

    def __init__(
        self, objective: Objective, parameters: Sequence["torch.nn.Parameter"], matrix: str, weight_decay: float, tell: Callable[[str], None]
    ) -> None:
        super().__init__(objective, parameters, matrix, weight_decay, tell)
        if objective.ties_examples:
            raise RitzError('matrix="fisher": expected examples that do not depend on each other, got batch_norm="batch". Use "running".')
        self._rows: Optional["torch.Tensor"] = None

    def _apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        n, size = vectors.shape[1], vectors.element_size()
        if self._rows is None and self.objective.batches.examples * n * size <= _KEPT_SHARE * self._free():
            self._rows = torch.cat(list(self._gradients()))
        result = torch.zeros_like(vectors)
        for rows in self._gradients() if self._rows is None else [self._rows]:
            result += (vectors @ rows.t()) @ rows
        return result if self.objective.reduction == "sum" else result / self.objective.examples

    def _gradients(self) -> Iterator["torch.Tensor"]:
        """[≤ 64, n] at a time."""
        rows: List["torch.Tensor"] = []
        for part, batch in self.objective:
            factors = self._factors(part, batch)
            for at, factor in enumerate(factors):
                if factor == 0:
                    continue
                loss = self.objective.loss(data.part(batch, at, at + 1))
                rows.append(factor * flatten(grads([loss], self._parameters, [torch.ones_like(loss)])))
                if len(rows) == _ROWS:
                    yield torch.stack(rows)
                    rows = []
        if rows:
            yield torch.stack(rows)

    def _factors(self, part: Part, batch: Any) -> List[float]:
        """From the gradient of an example's own loss to g_i; 0 of an example whose terms are all ignored."""
        size = data.batch_size(batch)
        if self.objective.reduction == "sum":
            return [1.0] * size
        counts = [self.objective.count(data.part(batch, at, at + 1)) for at in range(size)]
        return [self.objective.examples * part.weight * count / sum(counts) for count in counts]
