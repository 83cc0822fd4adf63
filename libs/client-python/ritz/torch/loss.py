"""The loss of a batch, and what it is a mean over: batches are put together by the terms that each of them averages."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any, Callable, List, Optional, Tuple

import torch
from torch.overrides import TorchFunctionMode

from ..errors import RitzError

LossFunction = Callable[[Any, Any], Any]
_ELEMENTWISE = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits")
_POSITIONS = {"cross_entropy": 6, "nll_loss": 6}
CONVEX = ("cross_entropy", "mse_loss", "binary_cross_entropy_with_logits")
"""Losses that are convex in their first argument, which is where a Gauss-Newton matrix splits the network from the loss."""


def of_model_and_batch(loss_fn: Any) -> LossFunction:
    """`loss_fn(model, batch)` as it is. A loss of PyTorch, such as CrossEntropyLoss() or cross_entropy, is of (inputs, targets)."""
    if isinstance(loss_fn, torch.nn.Module) or getattr(loss_fn, "__module__", "") == "torch.nn.functional":
        return lambda model, batch: loss_fn(model(_of_pair(batch, 0)), _of_pair(batch, 1))
    if not callable(loss_fn):
        raise RitzError(f"loss_fn: expected a function of (model, batch), got {type(loss_fn).__name__}.")
    try:
        inspect.signature(loss_fn).bind(None, None)
    except TypeError:
        raise RitzError(f"loss_fn: expected a function of (model, batch), got one of {inspect.signature(loss_fn)}.") from None
    except ValueError:  # built in, without a signature
        pass
    return loss_fn  # type: ignore[no-any-return]


def _of_pair(batch: Any, at: int) -> Any:
    if isinstance(batch, (tuple, list)) and len(batch) == 2:
        return batch[at]
    raise RitzError(
        f"data: expected batches of (inputs, targets) for a loss of PyTorch, got {type(batch).__name__}. "
        "Pass loss_fn=lambda model, batch: … for others."
    )


def evaluate(loss_fn: LossFunction, model: Any, batch: Any) -> "torch.Tensor":
    """A scalar tensor. Raises RitzError for anything else, and for NaN or infinity."""
    value = loss_fn(model, batch)
    if not isinstance(value, torch.Tensor):
        raise RitzError(f"loss_fn: expected a tensor of one number, got {type(value).__name__}. Return the loss itself, not .item().")
    if value.numel() != 1:
        raise RitzError(
            f"loss_fn: expected one number, the mean loss of the batch, got a tensor of shape {list(value.shape)}. "
            "Reduce it, for example with .mean()."
        )
    if torch.is_grad_enabled() and not value.requires_grad:
        raise RitzError(
            "loss_fn: expected a loss that depends on the parameters, got one without a gradient. "
            "Leave out .detach(), .item() and torch.no_grad()."
        )
    if not bool(torch.isfinite(value.detach()).all()):
        raise RitzError(f"loss_fn: expected a finite loss, got {value.item()}. Check the parameters and the data at this step.")
    return value.reshape(())


@dataclass
class Term:
    """A call of a loss of PyTorch."""

    name: str
    reduction: str
    count: float
    """What a mean divides by."""


class Observer(TorchFunctionMode):  # type: ignore[misc]
    """Notes the losses of PyTorch that are called, what they average over, and whether attention is."""

    def __init__(self, split: bool = False) -> None:
        super().__init__()
        self.terms: List[Term] = []
        self.attention = False
        self._split = split
        self.outputs: List[Tuple["torch.Tensor", "torch.Tensor"]] = []
        """With `split`: what went into convex losses, and the leaf that took its place."""

    def __torch_function__(self, func: Any, types: Any, args: Tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        if name == "scaled_dot_product_attention":
            self.attention = True
        if (name in _ELEMENTWISE or name in _POSITIONS) and _has_tensors(args, kwargs):
            self.terms.append(_term(name, args, kwargs))
            if self._split and name in CONVEX:
                args, kwargs = self._split_at(args, kwargs)
        return func(*args, **kwargs)

    def _split_at(self, args: Tuple[Any, ...], kwargs: Any) -> Tuple[Tuple[Any, ...], Any]:
        output = args[0] if args else kwargs["input"]
        leaf = output.detach().requires_grad_()
        self.outputs.append((output, leaf))
        return ((leaf, *args[1:]), kwargs) if args else (args, {**kwargs, "input": leaf})


def _has_tensors(args: Tuple[Any, ...], kwargs: Any) -> bool:
    """Anything else is left to PyTorch to refuse."""
    given = [*args[:2], *[kwargs[key] for key in ("input", "target") if key in kwargs]]
    return len(given) == 2 and all(isinstance(one, torch.Tensor) for one in given)


def _term(name: str, args: Tuple[Any, ...], kwargs: Any) -> Term:
    values = [*args[:2], *[kwargs[key] for key in ("input", "target") if key in kwargs]]
    with torch.no_grad():
        output, target = values[0].detach(), values[1].detach()
        reduction = kwargs.get("reduction", args[6] if len(args) > 6 and name in _POSITIONS else "mean")
        if name not in _POSITIONS:
            return Term(name, reduction, float(max(output.numel(), target.numel())))
        if target.is_floating_point():
            return Term(name, reduction, float(target.numel() / target.shape[1 if target.dim() > 1 else 0]))
        weight = kwargs.get("weight", args[2] if len(args) > 2 else None)
        ignored = kwargs.get("ignore_index", args[4] if len(args) > 4 else -100)
        counted = target[target != ignored]
        count = float(counted.numel()) if weight is None else float(weight.detach().double()[counted].sum())
        return Term(name, reduction, count)


def observed_count(terms: List[Term]) -> Optional[float]:
    """What the batch's loss is a mean over, where it is a mean of one loss of PyTorch."""
    means = [term for term in terms if term.reduction == "mean"]
    return means[0].count if len(means) == 1 and len(terms) == 1 else None
