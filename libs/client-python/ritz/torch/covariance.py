"""Products with the covariance of the gradients of the mini-batches, Σ p_b (g_b − g)(g_b − g)ᵀ with their shares p_b around their mean g."""

from __future__ import annotations

from typing import Callable, Iterator, List, Optional, Sequence, Tuple

import torch

from ..errors import RitzError
from .curvature import Curvature, grads
from .objective import Objective
from .parameters import flatten

_KEPT_SHARE = 0.25
"""Of the free memory, what the gradients of all mini-batches may take; more are computed again in each product."""
_Row = Tuple[float, "torch.Tensor"]
"""(p_b, g_b [n])."""


class GradientCovariance(Curvature):
    """Weight decay has the same gradient in every mini-batch, hence no share in it."""

    adds_weight_decay = False

    def __init__(
        self, objective: Objective, parameters: Sequence["torch.nn.Parameter"], matrix: str, weight_decay: float, tell: Callable[[str], None]
    ) -> None:
        super().__init__(objective, parameters, matrix, weight_decay, tell)
        if sum(objective.ranks.gather(objective.batches.count)) < 2:
            raise RitzError(
                'matrix="gradient_covariance": expected several mini-batches, got one. Pass a loader whose batches are those of the training.'
            )
        self._mean: Optional["torch.Tensor"] = None
        self._rows: Optional[List[_Row]] = None

    def _apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        needed = self.objective.batches.count * vectors.shape[1] * vectors.element_size()
        if self._rows is None and needed <= _KEPT_SHARE * self._free():
            self._rows = list(self._gradients())
        if self._mean is None:
            mean = torch.zeros_like(vectors[0])
            for share, gradient in self._rows or self._gradients():
                mean += share * gradient
            self._mean = self.objective.ranks.sum(mean)
        result = torch.zeros_like(vectors)
        for share, gradient in self._rows or self._gradients():
            deviation = gradient - self._mean
            result.addr_(vectors @ deviation, deviation, alpha=share)
        return result

    def _gradients(self) -> Iterator[_Row]:
        """Of the batches as they were given, which may have been cut to fit the memory; scaled so that Σ p_b g_b is that of the loss."""
        total = self.objective.examples
        at, share, gradient = -1, 0.0, None
        for part, batch in self.objective:
            if part.batch != at and gradient is not None:
                yield share, gradient / share
                gradient, share = None, 0.0
            at = part.batch
            loss = self.objective.loss(batch)
            slope = part.weight * flatten(grads([loss], self._parameters, [torch.ones_like(loss)]))
            gradient = slope if gradient is None else gradient + slope
            share += (part.end - part.start) / total if self.objective.reduction == "sum" else part.weight
        if gradient is not None:
            yield share, gradient / share
