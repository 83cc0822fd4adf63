"""Products with curvature matrices of a loss over batches: linearised once for each batch, and applied to several vectors by vmap."""

from __future__ import annotations

from typing import Any, Callable, List, Optional, Tuple

import jax
import jax.numpy as jnp
import numpy

from .objective import Objective
from .outer_products import Product, covariance_product, fisher_product

Split = Tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]
"""(outputs of params and a batch, loss of outputs and a batch)."""
_LINEARISATIONS_KEPT = 64


class Curvature:
    """[k, n] → [k, n] with one of the matrices."""

    def __init__(
        self, objective: Objective, matrix: str, split: Optional[Split], weight_decay: float, vectors_per_pass: Optional[int]
    ) -> None:
        self._objective, self._matrix, self._split, self._pass = objective, matrix, split, vectors_per_pass
        # In the Hessian and in the Gauss-Newton matrix alike, and in the gradient of every batch: hence not in their differences.
        self._weight_decay = 0.0 if matrix in ("residual", "gradient_covariance") else weight_decay
        self._kept: dict[int, Any] = {}
        self._gradients: Optional[List[Any]] = None

    def apply(self, vectors: Any) -> Any:
        total = numpy.zeros(vectors.shape, dtype=self._objective.precision)
        # Always as many as in the first call, filled up with zeros: JAX compiles for a number of vectors.
        self._pass = size = self._pass or len(vectors)
        short = -len(vectors) % size
        filled = numpy.concatenate([vectors, numpy.zeros((short, vectors.shape[1]), dtype=vectors.dtype)])
        for at, weight in enumerate(self._objective.weights):
            multiply = self._kept.get(at) or self._linearised(at)
            for first in range(0, len(vectors), size):
                products = numpy.asarray(multiply(jnp.asarray(filled[first : first + size])))
                total[first : first + size] += weight * products[: len(vectors) - first]
        return total + self._weight_decay * vectors if self._weight_decay else total

    def _linearised(self, at: int) -> Any:
        multiply = jax.jit(jax.vmap(self._product(at)))
        if len(self._kept) < _LINEARISATIONS_KEPT:
            self._kept[at] = multiply
        return multiply

    def _product(self, at: int) -> Product:
        batch = self._objective.batches[at]
        if self._matrix == "hessian":
            return self._hessian(batch)
        if self._matrix == "ggn":
            return self._gauss_newton(batch)
        if self._matrix == "residual":
            return self._residual(batch)
        if self._matrix == "fisher":
            return fisher_product(self._objective, at)
        if self._gradients is None:
            self._gradients = self._objective.gradients()
        return covariance_product(self._objective, at, self._gradients)

    def _hessian(self, batch: Any) -> Product:
        _, along = jax.linearize(jax.grad(lambda flat: self._objective.value(flat, batch)), self._objective.point)
        return along  # type: ignore[no-any-return]

    def _gauss_newton(self, batch: Any) -> Product:
        """Jᵀ ∇²ℓ J of the network and the loss of its outputs."""
        assert self._split is not None
        predict, loss = self._split
        point = self._objective.point
        outputs, push = jax.linearize(lambda flat: predict(self._objective.tree(flat), batch), point)
        _, bend = jax.linearize(jax.grad(lambda z: jnp.asarray(loss(z, batch)).reshape(())), outputs)
        pull = jax.linear_transpose(push, point)
        return lambda vector: pull(bend(push(vector)))[0]

    def _residual(self, batch: Any) -> Product:
        hessian, gauss_newton = self._hessian(batch), self._gauss_newton(batch)
        return lambda vector: hessian(vector) - gauss_newton(vector)
