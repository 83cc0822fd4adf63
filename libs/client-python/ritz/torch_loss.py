"""The losses of `ritz spectrum`, in PyTorch's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence

from .errors import RitzError

OF_CLASSES = ("cross-entropy", "nll")
OF_NUMBERS = ("binary-cross-entropy", "mean-squared-error", "l1", "huber")
_SHORT = {"bce": "binary-cross-entropy", "mse": "mean-squared-error"}


@dataclass(frozen=True)
class Loss:
    """What is minimised, as `ritz spectrum` is told it."""

    kind: str
    reduction: str = "mean"
    label_smoothing: float = 0.0
    ignore_index: int = -100
    class_weights: Optional[Sequence[float]] = None
    class_axis: Optional[int] = None
    delta: float = 1.0

    def options(self) -> List[str]:
        """Of the command."""
        given: Dict[str, Any] = {
            "--loss": self.kind if self.kind != "cross-entropy" else None,
            "--reduction": self.reduction if self.reduction != "mean" else None,
            "--label-smoothing": self.label_smoothing or None,
            "--ignore-index": self.ignore_index if self.ignore_index != -100 else None,
            "--class-weights": ",".join(map(repr, self.class_weights)) if self.class_weights is not None else None,
            "--class-axis": self.class_axis,
            "--delta": self.delta if self.delta != 1.0 else None,
        }
        return [str(part) for flag, value in given.items() if value is not None for part in (flag, value)]

    def metadata(self) -> Dict[str, Any]:
        """As the file says it: what is not PyTorch's own default."""
        fields = {
            "kind": self.kind,
            "reduction": self.reduction,
            "labelSmoothing": self.label_smoothing or None,
            "ignoreIndex": self.ignore_index if self.ignore_index != -100 else None,
            "classWeights": ",".join(map(repr, self.class_weights)) if self.class_weights is not None else None,
            "classAxis": self.class_axis,
            "delta": self.delta if self.delta != 1.0 else None,
        }
        return {name: value for name, value in fields.items() if value is not None}


def loss_named(kind: str, **settings: Any) -> Loss:
    """Raises RitzError for a name or a setting that `ritz spectrum` does not know."""
    name = _SHORT.get(kind, kind)
    if name not in OF_CLASSES + OF_NUMBERS:
        known = ", ".join(OF_CLASSES + OF_NUMBERS)
        raise RitzError(f"loss: expected one of {known}, or a function of outputs and targets, got {json.dumps(kind)}.")
    if settings.get("reduction", "mean") not in ("mean", "sum", "token-mean"):
        raise RitzError(f"reduction: expected mean, sum or token-mean, got {json.dumps(settings['reduction'])}.")
    weights = settings.pop("class_weights", None)
    return Loss(name, class_weights=None if weights is None else [float(weight) for weight in weights], **settings)


def evaluate(torch: Any, loss: Loss, outputs: Any, targets: Any) -> Any:
    """The scalar, in the precision of the outputs."""
    functional = torch.nn.functional
    if loss.kind in OF_CLASSES:
        return _of_classes(torch, loss, outputs, targets)
    targets = targets.to(outputs.dtype).reshape(outputs.shape)
    if loss.kind == "binary-cross-entropy":
        return functional.binary_cross_entropy_with_logits(outputs, targets, reduction=loss.reduction)
    if loss.kind == "mean-squared-error":
        return functional.mse_loss(outputs, targets, reduction=loss.reduction)
    if loss.kind == "l1":
        return functional.l1_loss(outputs, targets, reduction=loss.reduction)
    return functional.huber_loss(outputs, targets, reduction=loss.reduction, delta=loss.delta)


def class_axis(outputs_shape: Sequence[int], targets_shape: Sequence[int], is_soft: bool, asked: Optional[int]) -> int:
    """The only axis without which outputs have the shape of the labels, or the one asked for. Raises RitzError."""
    axes = list(range(1, len(outputs_shape)))
    fitting = [
        axis for axis in axes if is_soft or [*outputs_shape[:axis], *outputs_shape[axis + 1 :]] == list(targets_shape)
    ]
    if asked is not None and asked in fitting:
        return asked
    shapes = f"outputs {list(outputs_shape)} and targets {list(targets_shape)}"
    if asked is not None or not fitting:
        raise RitzError(f"targets: expected class indices of the shape of the outputs without the class axis, got {shapes}.")
    if len(fitting) > 1:
        choice = " or ".join(f"class_axis={axis}" for axis in fitting)
        raise RitzError(f"class_axis: {shapes} do not say where the classes are. Give {choice} (1 as in PyTorch).")
    return fitting[0]


def _of_classes(torch: Any, loss: Loss, outputs: Any, targets: Any) -> Any:
    functional = torch.nn.functional
    is_soft = targets.is_floating_point()
    axis = class_axis(outputs.shape, targets.shape, is_soft, loss.class_axis)
    scores = outputs.movedim(axis, 1)
    weight = None if loss.class_weights is None else torch.tensor(loss.class_weights, dtype=outputs.dtype)
    reduction = "sum" if loss.reduction == "token-mean" else loss.reduction
    if loss.kind == "nll":
        total = functional.nll_loss(scores, targets, weight=weight, ignore_index=loss.ignore_index, reduction=reduction)
    else:
        wanted = targets.to(outputs.dtype).movedim(axis, 1) if is_soft else targets
        ignored = {} if is_soft else {"ignore_index": loss.ignore_index}
        smoothing = loss.label_smoothing
        total = functional.cross_entropy(scores, wanted, weight=weight, reduction=reduction, label_smoothing=smoothing, **ignored)
    if loss.reduction != "token-mean":
        return total
    counted = scores[:, 0].numel() if is_soft else int((targets != loss.ignore_index).sum())
    return total / counted
