"""The loss over all data: parts that fit the device, each with the exact weight that its mean has in the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator, List, Optional, Tuple

import torch

from ..errors import RitzError
from . import batches as data
from .loss import LossFunction, Observer, evaluate, observed_count
from .prepared import batch_norms
from .ranks import Ranks

_SAME_LOSS = {torch.float32: 1e-4, torch.float64: 1e-9}
"""How far the loss of a batch may be from the one that its two parts give."""


@dataclass(frozen=True)
class Part:
    """Examples start to end of a batch."""

    batch: int
    start: int
    end: int
    weight: float


class Objective:
    """The mean (or sum) loss of a model over batches, at its parameters as they are."""

    def __init__(
        self,
        model: Any,
        loss_fn: LossFunction,
        batches: "data.Batches",
        dtype: "torch.dtype",
        device: "torch.device",
        count: Optional[Callable[[Any], float]] = None,
        ranks: Optional[Ranks] = None,
    ) -> None:
        self.model, self.loss_fn, self.batches = model, loss_fn, batches
        self.dtype, self.device = dtype, device
        self.ranks = ranks or Ranks()
        self.reduction = "mean"
        self.attention = False
        self._count = count
        self._tied = any(module.training for module in batch_norms(model))
        self.examples: int = sum(self.ranks.gather(batches.examples))
        """Of all processes."""
        self._ready = [data.moved(batch, dtype, device) for batch in batches] if isinstance(batches._source, list) else None
        self.parts = self._weigh([(at, 0, data.batch_size(batch)) for at, batch in enumerate(self._moved())])

    def __iter__(self) -> Iterator[Tuple[Part, Any]]:
        by_batch: dict[int, List[Part]] = {}
        for part in self.parts:
            by_batch.setdefault(part.batch, []).append(part)
        for at, batch in enumerate(self._moved()):
            for part in by_batch.get(at, []):
                whole = part.start == 0 and part.end == data.batch_size(batch)
                yield part, batch if whole else data.part(batch, part.start, part.end)

    def loss(self, batch: Any) -> "torch.Tensor":
        return evaluate(self.loss_fn, self.model, batch)

    def loss_of_any(self, batch: Any) -> "torch.Tensor":
        """Without the check of its value, which a traced loss has not."""
        return self.loss_fn(self.model, batch).reshape(())  # type: ignore[no-any-return]

    def count(self, batch: Any) -> float:
        """What the loss of the batch is a mean over."""
        return self._terms(batch, allow_empty=True)[1]

    @property
    def ties_examples(self) -> bool:
        """Whether the loss of an example depends on the others of its batch."""
        return self._tied

    def halve(self) -> None:
        """Parts of half the size. Raises RitzError where they cannot be cut."""
        if self._tied:
            raise RitzError(
                'data: a batch does not fit the device, and batch_norm="batch" ties its examples together. Use smaller batches.'
            )
        cut = []
        for part in self.parts:
            middle = (part.start + part.end) // 2
            cut += [(part.batch, part.start, middle), (part.batch, middle, part.end)] if middle > part.start else [
                (part.batch, part.start, part.end)
            ]
        if len(cut) == len(self.parts):
            raise RitzError("device: out of memory with a single example. Use a device with more memory or measure fewer parameters.")
        self.parts = self._weigh(cut)

    def _moved(self) -> Iterator[Any]:
        if self._ready is not None:
            return iter(self._ready)
        return (data.moved(batch, self.dtype, self.device) for batch in self.batches)

    def _weigh(self, places: List[Tuple[int, int, int]]) -> List[Part]:
        pieces = self.ranks.sum(torch.tensor([float(len(places))], dtype=torch.float64, device=self._summing)).item()
        self._check_repeat()
        if pieces == 1:
            return [Part(*places[0], 1.0)]
        self.reduction = self._reduction()
        if self.reduction == "sum":
            return [Part(*place, 1.0) for place in places]
        self.parts = [Part(*place, 0.0) for place in places]
        counts = [self._terms(batch)[1] for _, batch in self]
        total = self.ranks.sum(torch.tensor([sum(counts)], dtype=torch.float64, device=self._summing)).item()
        if not total > 0:
            raise RitzError("data: expected terms to average over, got none: every target is ignored.")
        return [Part(*place, count / total) for place, count in zip(places, counts)]

    @property
    def _summing(self) -> "torch.device":
        return self.device if self.device.type == "cuda" else torch.device("cpu")

    def _check_repeat(self) -> None:
        """A random forward pass is told from the loss alone, before anything is measured."""
        batch = next(iter(self._moved()))
        first, second = self._terms(batch)[0], self._terms(batch)[0]
        if first != second:
            raise RitzError(
                f"The operator is not deterministic: evaluated twice on the same batch, the loss is {first!r} and {second!r}. "
                'Fix it: no dropout, no augmentation. mode="eval" turns dropout off for the measurement.'
            )

    def _reduction(self) -> str:
        """ "mean" or "sum", from what the loss of a batch and of its two parts say. Raises RitzError where it is neither."""
        norms = [module for module in batch_norms(self.model) if module.training]
        for module in norms:
            module.training = False
        try:
            return self._reduction_of(next(iter(self._moved())))
        finally:
            for module in norms:
                module.training = True

    def _reduction_of(self, batch: Any) -> str:
        size = data.batch_size(batch)
        if size < 2:
            return "mean"
        cut = max(1, size // 3)
        (whole, all_of), *halves = [
            self._terms(one, allow_empty=True) for one in (batch, data.part(batch, 0, cut), data.part(batch, cut, size))
        ]
        halves = [(loss, count) for loss, count in halves if count > 0]
        allowed = _SAME_LOSS[self.dtype] * max([abs(whole), *(abs(loss) for loss, _ in halves), 1e-12])
        mean = sum(loss * count for loss, count in halves) / sum(count for _, count in halves)
        if abs(mean - whole) <= allowed:
            return "mean"
        if abs(sum(loss for loss, _ in halves) - whole) <= allowed * 2:
            return "sum"
        raise RitzError(
            f"loss_fn: expected a mean over the {'terms' if self._count else 'examples'} of a batch, so that batches can be put together; "
            f"a batch has the loss {whole:.6g}, and its two parts give {mean:.6g}. "
            "Pass count=lambda batch: … (how many terms its loss averages), or measure a single batch."
        )

    def _terms(self, batch: Any, allow_empty: bool = False) -> Tuple[float, float]:
        """(loss, what it is a mean over)."""
        with torch.no_grad(), Observer() as seen:
            value = self.loss_fn(self.model, batch) if allow_empty else self.loss(batch)
        self.attention = self.attention or seen.attention
        observed = observed_count(seen.terms)
        if self._count is not None:
            count = float(self._count(batch))
        else:
            count = float(data.batch_size(batch)) if observed is None else observed
        return float(value.double() if value.device.type != "mps" else value), count
