"""The data of a measurement: the same batches in every pass, whatever they are made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Iterator, List, Mapping, Optional

import torch

from ..errors import RitzError

_KEPT_BYTES = 2**31
"""Batches that take no more are read once; others are read again in each pass."""


@dataclass(frozen=True)
class Batches:
    count: int
    examples: int
    fingerprint: str
    _source: Iterable[Any]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._source)


def read(data: Any) -> Batches:
    """Of a batch, a list of batches, a loader or an iterator. Raises RitzError for no batches, and for a loader that changes.

    A list of tensors that are unlike each other, as loaders yield for inputs and targets, is one batch.
    """
    if isinstance(data, (torch.Tensor, Mapping)) or _is_pair(data):
        data = [data]
    try:
        once = iter(data)
    except TypeError:
        raise RitzError(f"data: expected batches, such as a DataLoader or a list of them, got {type(data).__name__}.") from None
    one_shot = once is data
    kept: Optional[List[Any]] = []
    digests, examples, size = [], 0, 0
    for batch in once:
        digests.append(_digest(batch))
        examples += batch_size(batch)
        size += sum(tensor.numel() * tensor.element_size() for tensor in tensors_of(batch))
        if kept is not None:
            kept.append(batch)
        if size > _KEPT_BYTES and not one_shot:
            kept = None
    if not digests:
        raise RitzError("data: expected at least one batch, got none. An iterator that was used up gives nothing more: pass its loader.")
    if not one_shot and not isinstance(data, (list, tuple)):
        _check_repeat(data, digests)
    fingerprint = hashlib.sha256("".join(digests).encode()).hexdigest()
    return Batches(len(digests), examples, fingerprint, data if kept is None else kept)


def _is_pair(data: Any) -> bool:
    if not isinstance(data, (tuple, list)) or not all(isinstance(part, torch.Tensor) and part.dim() > 0 for part in data):
        return False
    unlike = len({part.dtype for part in data}) > 1 or len({part.shape[1:] for part in data}) > 1
    return len(data) > 0 and (isinstance(data, tuple) or (unlike and len({len(part) for part in data}) == 1))


def _check_repeat(data: Iterable[Any], digests: List[str]) -> None:
    again = [_digest(batch) for batch in data]
    if again == digests:
        return
    if len(again) != len(digests):
        what = f"{len(digests)} batches in its first pass and {len(again)} in its second"
    else:
        at = next(at for at, pair in enumerate(zip(digests, again)) if pair[0] != pair[1])
        what = f"other values in its second pass, first in batch {at} of {len(digests)}"
    raise RitzError(
        f"data: expected the same batches in every pass, got {what}: the operator would not be deterministic. "
        "Use shuffle=False and no random augmentation, or measure one fixed set: list(loader)."
    )


def tensors_of(batch: Any) -> Iterator["torch.Tensor"]:
    """In a fixed order."""
    if isinstance(batch, torch.Tensor):
        yield batch
    elif isinstance(batch, Mapping):
        for key in batch:
            yield from tensors_of(batch[key])
    elif isinstance(batch, (list, tuple)):
        for part in batch:
            yield from tensors_of(part)


def batch_size(batch: Any) -> int:
    """The first axis of its first tensor. Raises RitzError where there is none."""
    for tensor in tensors_of(batch):
        if tensor.dim() > 0:
            return int(tensor.shape[0])
    raise RitzError(f"data: expected batches with a tensor in them, got {type(batch).__name__} without one.")


def mapped(batch: Any, change: Callable[["torch.Tensor"], "torch.Tensor"]) -> Any:
    """The same structure with every tensor changed; classes such as BatchEncoding and named tuples are kept."""
    if isinstance(batch, torch.Tensor):
        return change(batch)
    if isinstance(batch, Mapping):
        items = {key: mapped(value, change) for key, value in batch.items()}
        try:
            return type(batch)(items)
        except TypeError:
            return items
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(mapped(part, change) for part in batch))
    if isinstance(batch, (list, tuple)):
        return type(batch)(mapped(part, change) for part in batch)
    return batch


def moved(batch: Any, dtype: "torch.dtype", device: "torch.device") -> Any:
    """On the device; floating-point tensors in the precision of the measurement; those of inference mode can be differentiated through."""

    def move(tensor: "torch.Tensor") -> "torch.Tensor":
        found = tensor.to(device=device, dtype=dtype if tensor.is_floating_point() else tensor.dtype)
        return found.clone() if found.is_inference() else found

    return mapped(batch, move)


def part(batch: Any, start: int, end: int) -> Any:
    """Examples start to end: of every tensor whose first axis is that of the batch."""
    size = batch_size(batch)
    return mapped(batch, lambda tensor: tensor[start:end] if tensor.dim() > 0 and tensor.shape[0] == size else tensor)


def _digest(batch: Any) -> str:
    digest = hashlib.sha256()
    for tensor in tensors_of(batch):
        plain = tensor.detach().cpu().contiguous()
        digest.update(f"{tensor.dtype}{tuple(tensor.shape)}".encode())
        digest.update(plain.view(torch.uint8).numpy().tobytes() if plain.dim() > 0 else repr(plain.item()).encode())
    return digest.hexdigest()
