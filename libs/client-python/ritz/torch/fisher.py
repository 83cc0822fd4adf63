"""Products with the empirical Fisher matrix, (1/N) Σ g_i g_iᵀ over the gradients of the examples one by one."""

from __future__ import annotations

from typing import Callable, Iterator, List, Optional, Sequence

import torch

from ..errors import RitzError
from . import batches as data
from .curvature import Curvature, grads
from .objective import Objective
from .parameters import flatten

_KEPT_SHARE = 0.25
"""Of the free memory, what the gradients of all examples may take; more are computed again in each product."""
_ROWS = 64
"""Gradients that are held at once otherwise."""


class Fisher(Curvature):
    """Every example counts once, whatever its number of tokens."""

    def __init__(
        self, objective: Objective, parameters: Sequence["torch.nn.Parameter"], matrix: str, weight_decay: float, tell: Callable[[str], None]
    ) -> None:
        super().__init__(objective, parameters, matrix, weight_decay, tell)
        if objective._tied:
            raise RitzError('matrix="fisher": expected examples that do not depend on each other, got batch_norm="batch". Use "running".')
        summed = torch.tensor([float(objective.batches.examples)], dtype=torch.float64, device=objective._summing)
        self._examples = objective.ranks.sum(summed).item()
        self._rows: Optional["torch.Tensor"] = None

    def _apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        n, size = vectors.shape[1], vectors.element_size()
        if self._rows is None and self.objective.batches.examples * n * size <= _KEPT_SHARE * self._free():
            self._rows = torch.cat(list(self._gradients()))
        result = torch.zeros_like(vectors)
        for rows in self._gradients() if self._rows is None else [self._rows]:
            result += (vectors @ rows.t()) @ rows
        return result / self._examples

    def _gradients(self) -> Iterator["torch.Tensor"]:
        """[≤ 64, n] at a time."""
        rows: List["torch.Tensor"] = []
        for _, batch in self.objective:
            for at in range(data.batch_size(batch)):
                loss = self.objective.loss(data.part(batch, at, at + 1))
                rows.append(flatten(grads([loss], self._parameters, [torch.ones_like(loss)])))
                if len(rows) == _ROWS:
                    yield torch.stack(rows)
                    rows = []
        if rows:
            yield torch.stack(rows)
