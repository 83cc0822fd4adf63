"""Statistics of batch norm over all examples: what a mini-batch's statistics estimate, and what running averages lag behind.

Those of a layer are of its input when all layers before it normalise by *their* population statistics (Ghorbani, Krishnan and Xiao,
ICML 2019, section 4.2): one pass over the data per layer, or a single one where all examples are one batch.
"""

from __future__ import annotations

from typing import Any, List

import torch

from ..errors import RitzError
from .batches import batch_size, moved
from .loss import LossFunction
from .prepared import batch_norms
from .ranks import Ranks


def use_population_statistics(
    model: "torch.nn.Module", loss_fn: LossFunction, batches: Any, dtype: "torch.dtype", device: "torch.device", ranks: Ranks
) -> None:
    """Writes them into the buffers of the layers, which must normalise by their buffers."""
    layers = _in_order(model, loss_fn, moved(next(iter(batches)), dtype, device))
    single = int(ranks.sum(torch.tensor([batches.count], device=device)).item()) == 1
    for group in [layers] if single else [[layer] for layer in layers]:
        _measure(group, model, loss_fn, batches, dtype, device, ranks)


class _Enough(Exception):
    """The layer has seen its input: the rest of the pass is not needed."""


def _in_order(model: "torch.nn.Module", loss_fn: LossFunction, batch: Any) -> List[Any]:
    """As the forward pass reaches them; those that it does not reach keep their statistics."""
    order: List[Any] = []
    handles = [
        module.register_forward_pre_hook(lambda reached, _inputs: order.append(reached) if reached not in order else None)
        for module in batch_norms(model)
    ]
    try:
        with torch.no_grad():
            loss_fn(model, batch)
    finally:
        for handle in handles:
            handle.remove()
    return order


def _measure(
    group: List[Any], model: Any, loss_fn: LossFunction, batches: Any, dtype: "torch.dtype", device: "torch.device", ranks: Ranks
) -> None:
    sums = {layer: [torch.zeros(layer.num_features, dtype=torch.float64) for _ in range(3)] for layer in group}

    def see(layer: Any, inputs: Any) -> None:
        values = inputs[0].detach()
        axes = [axis for axis in range(values.dim()) if axis != 1]
        wide = values.cpu().double()
        total = wide.sum(axes)
        count = torch.full_like(total, wide.numel() / layer.num_features)
        # Around the mean of the batch, put together by Chan, Golub and LeVeque (1979): no cancellation.
        mean, squares = total / count, ((wide - (total / count).reshape(1, -1, *[1] * (wide.dim() - 2))) ** 2).sum(axes)
        n, m, s = sums[layer]
        shift = mean - m
        new = n + count
        sums[layer] = [new, m + shift * count / new, s + squares + shift**2 * n * count / new]
        if len(group) > 1:
            _store(layer, sums[layer])
        else:
            raise _Enough

    handles = [layer.register_forward_pre_hook(see) for layer in group]
    try:
        with torch.no_grad():
            for batch in batches:
                if batch_size(batch) == 0:
                    continue
                try:
                    loss_fn(model, moved(batch, dtype, device))
                except _Enough:
                    pass
    finally:
        for handle in handles:
            handle.remove()
    if len(group) > 1:
        return
    (layer,) = group
    gathered = ranks.gather(sums[layer])
    n, m, s = gathered[0]
    for count, mean, squares in gathered[1:]:
        new, shift = n + count, mean - m
        n, m, s = new, m + shift * count / new, s + squares + shift**2 * n * count / new
    _store(layer, [n, m, s])


def _store(layer: Any, moments: List["torch.Tensor"]) -> None:
    count, mean, squares = moments
    if layer.running_mean is None:
        raise RitzError(f"batch_norm: expected layers that keep statistics, got {type(layer).__name__} without them.")
    with torch.no_grad():
        layer.running_mean.copy_(mean)
        layer.running_var.copy_(squares / count)
