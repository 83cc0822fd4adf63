"""Matrices that are sums of outer products of gradients: the empirical Fisher matrix, and the covariance of mini-batches' gradients."""

from __future__ import annotations

from typing import Any, Callable, List

import jax
import jax.numpy as jnp
import numpy

from ..errors import RitzError
from .objective import SAME_LOSS, Objective, batch_size, part

Product = Callable[[Any], Any]
"""Of a vector [n], for one batch: the whole is the sum over batches of weight × product."""


def fisher_product(objective: Objective, at: int) -> Product:
    """(1/N) Σ g_i g_iᵀ, without any g_i: of losses whose mean is that of all data. Of a sum of losses Σ g_i g_iᵀ.

    Raises RitzError where the loss of a batch is not made of those of its examples.
    """
    batch, weight = objective.batches[at], objective.weights[at]
    size = batch_size(batch)
    leaves, tree = jax.tree_util.tree_flatten(batch)
    of_examples = [leaf.ndim > 0 and leaf.shape[0] == size for leaf in leaves]

    def alone(flat: Any, *example: Any) -> Any:
        whole = [one[None] if inside else one for one, inside in zip(example, of_examples)]
        return objective.value(flat, jax.tree_util.tree_unflatten(tree, whole))

    losses = jax.vmap(alone, in_axes=(None, *(0 if inside else None for inside in of_examples)))
    values, push = jax.linearize(lambda flat: losses(flat, *leaves), objective.point)
    pull = jax.linear_transpose(push, objective.point)
    counts = numpy.array([objective.count(part(batch, one, one + 1)) for one in range(size)])
    summed = objective.reduction == "sum"
    shares = numpy.ones(size) if summed else counts / counts.sum()
    there, here = float(objective.value(objective.point, batch)), float(shares @ numpy.asarray(values, dtype=numpy.float64))
    if not abs(here - there) <= SAME_LOSS[objective.precision] * max(abs(here), abs(there), 1e-12):
        raise RitzError(
            f'matrix="fisher": expected a batch whose loss is the mean of those of its examples, got {there:.6g} and {here:.6g}. '
            "Pass count=lambda batch: … (how many terms its loss averages)."
        )
    factors = jnp.asarray(shares if summed else objective.examples * weight * shares**2, dtype=objective.precision)
    return lambda vector: pull(factors * push(vector))[0]


def covariance_product(objective: Objective, at: int, gradients: List[Any]) -> Product:
    """Σ p_b (g_b − g)(g_b − g)ᵀ with the shares p_b of the mini-batches; `gradients` has one of each.

    Raises RitzError for a single mini-batch.
    """
    if len(gradients) < 2:
        raise RitzError('matrix="gradient_covariance": expected several mini-batches, got one. Pass those of the training.')
    mean = sum(weight * gradient for weight, gradient in zip(objective.weights, gradients))
    weight = objective.weights[at]
    share = weight if objective.reduction == "mean" else batch_size(objective.batches[at]) / objective.examples
    deviation = weight / share * gradients[at] - mean
    return lambda vector: share / weight * deviation * jnp.dot(deviation, vector)
