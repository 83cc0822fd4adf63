"""The loss over all batches at a point, each batch with its exact weight in the whole."""

from __future__ import annotations

import hashlib
from typing import Any, Callable, Iterable, List, Tuple

import jax
import jax.numpy as jnp
import numpy
from jax.flatten_util import ravel_pytree

from ..errors import RitzError

SAME_LOSS = {"float32": 1e-4, "float64": 1e-9}


class Objective:
    """The mean (or sum) loss over batches at a point: a pytree of parameters, flattened."""

    def __init__(self, loss_fn: Callable[[Any, Any], Any], params: Any, batches: Iterable[Any], precision: str, count: Any) -> None:
        self.precision = precision
        self.batches = [_converted(batch, precision) for batch in batches]
        if not self.batches:
            raise RitzError("batches: expected at least one batch, got none.")
        self.point, self.tree = ravel_pytree(_converted(params, precision))
        if self.point.size == 0:
            raise RitzError("params: expected floating-point parameters, got none.")
        self._loss_fn, self._count = loss_fn, count
        self.value = jax.jit(lambda flat, batch: self._scalar(flat, batch))
        self.reduction = "mean"
        self.weights = self._weigh()

    @property
    def examples(self) -> int:
        return sum(batch_size(batch) for batch in self.batches)

    @property
    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for batch in self.batches:
            for leaf in jax.tree_util.tree_leaves(batch):
                array = numpy.asarray(leaf)
                digest.update(f"{array.dtype}{array.shape}".encode() + numpy.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def count(self, batch: Any) -> float:
        """What the loss of the batch is a mean over."""
        return float(batch_size(batch) if self._count is None else self._count(batch))

    def gradients(self) -> List[Any]:
        """[n] of each batch."""
        slope = jax.jit(jax.grad(self._scalar))
        return [slope(self.point, batch) for batch in self.batches]

    def gradient(self) -> Tuple[float, Any, Any]:
        """(loss, gradient [n] of the whole, gradient of the first batch)."""
        both = jax.jit(jax.value_and_grad(self._scalar))
        found = [both(self.point, batch) for batch in self.batches]
        loss = sum(weight * float(value) for weight, (value, _) in zip(self.weights, found))
        return loss, sum(weight * gradient for weight, (_, gradient) in zip(self.weights, found)), found[0][1]

    def check_same(self, other: Callable[[Any, Any], Any]) -> None:
        """Raises RitzError where another way to compute the loss of the first batch gives another number."""
        batch = self.batches[0]
        here, there = float(self.value(self.point, batch)), float(jnp.asarray(other(self.tree(self.point), batch)).reshape(()))
        if not abs(here - there) <= SAME_LOSS[self.precision] * max(abs(here), abs(there), 1e-12):
            raise RitzError(
                f"loss_of_outputs: expected the loss of loss_fn, {here:.6g} for the first batch, got {there:.6g} of what predict returns. "
                "Leave penalties of the parameters out of loss_fn."
            )

    def _scalar(self, flat: Any, batch: Any) -> Any:
        value = jnp.asarray(self._loss_fn(self.tree(flat), batch))
        if value.size != 1:
            raise RitzError(
                f"loss_fn: expected one number, the mean loss of the batch, got an array of shape {list(value.shape)}. "
                "Reduce it, for example with .mean()."
            )
        return value.reshape(())

    def _weigh(self) -> List[float]:
        losses = [float(self.value(self.point, batch)) for batch in self.batches]
        for loss in losses:
            if not numpy.isfinite(loss):
                raise RitzError(f"loss_fn: expected a finite loss, got {loss}. Check the parameters and the data at this step.")
        if losses[0] != float(self.value(self.point, self.batches[0])):
            raise RitzError("The operator is not deterministic: evaluated twice on the same batch, the loss differs. Fix its random keys.")
        if len(losses) == 1:
            return [1.0]
        counts = [self.count(batch) for batch in self.batches]
        self.reduction = self._reduction(losses[0])
        return [1.0] * len(losses) if self.reduction == "sum" else [count / sum(counts) for count in counts]

    def _reduction(self, whole: float) -> str:
        """What the loss of the first batch and of its two parts say."""
        batch, size = self.batches[0], batch_size(self.batches[0])
        if size < 2:
            return "mean"
        cut = max(1, size // 3)
        parts = [part(batch, 0, cut), part(batch, cut, size)]
        losses = [float(self.value(self.point, one)) for one in parts]
        counts = [self.count(one) for one in parts]
        allowed = SAME_LOSS[self.precision] * max(abs(whole), *map(abs, losses), 1e-12)
        mean = sum(loss * count for loss, count in zip(losses, counts)) / sum(counts)
        if abs(mean - whole) <= allowed:
            return "mean"
        if abs(sum(losses) - whole) <= 2 * allowed:
            return "sum"
        raise RitzError(
            f"loss_fn: expected a mean over the examples of a batch, so that batches can be put together; a batch has the loss {whole:.6g}, "
            f"and its two parts give {mean:.6g}. Pass count=lambda batch: … (how many terms its loss averages), or measure a single batch."
        )


def _converted(tree: Any, precision: str) -> Any:
    """Floating-point leaves in the precision."""

    def convert(leaf: Any) -> Any:
        array = jnp.asarray(leaf)
        return array.astype(precision) if jnp.issubdtype(array.dtype, jnp.floating) else array

    return jax.tree_util.tree_map(convert, tree)


def batch_size(batch: Any) -> int:
    for leaf in jax.tree_util.tree_leaves(batch):
        if leaf.ndim > 0:
            return int(leaf.shape[0])
    raise RitzError("batches: expected batches with an array in them, got one without.")


def part(batch: Any, start: int, end: int) -> Any:
    size = batch_size(batch)
    return jax.tree_util.tree_map(lambda leaf: leaf[start:end] if leaf.ndim > 0 and leaf.shape[0] == size else leaf, batch)
