"""P^(-1/2) A P^(-1/2): a matrix in the coordinates in which an adaptive optimiser descends. P is diagonal.

Its eigenvalues are those of P^(-1) A, whose largest one bounds the rate of the optimiser (Cohen et al., arXiv 2207.14484).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Tuple, Union

import torch

from ..errors import RitzError
from .curvature import Curvature
from .optimiser import family_of
from .parameters import Named, flatten
from .sharded import Gathered, whole_of

FROM_OPTIMISER = "optimizer"


@dataclass(frozen=True)
class Preconditioner:
    kind: str
    """"none", "adam", "rmsprop", "adagrad" or "custom"."""
    entries: Dict[int, "torch.Tensor"]
    """By the id of the parameter, in its shape."""

    def root(self, parameters: Named, dtype: "torch.dtype", device: "torch.device") -> "torch.Tensor":
        """P^(-1/2) [n]."""
        missing = [name for name, parameter in parameters if id(parameter) not in self.entries]
        if missing:
            raise RitzError(f"preconditioner: expected entries of every parameter that is measured, got none of {missing[0]}.")
        wide = torch.float32 if device.type == "mps" else torch.float64
        whole = flatten([self.entries[id(parameter)].to(device, wide) for _, parameter in parameters])
        return whole.rsqrt().to(dtype)


def preconditioner_of(given: Any, optimizer: Any, whole: Gathered, parameters: Named) -> Preconditioner:
    """given: None, "optimizer", or the diagonal of P [n] in the order of the parameters.

    Raises RitzError for an optimiser without second moments of them, a diagonal of another length, and entries that are not positive.
    To be called by all processes together.
    """
    if given is None:
        return Preconditioner("none", {})
    if isinstance(given, str):
        if given != FROM_OPTIMISER:
            raise RitzError(f'preconditioner: expected None, "optimizer" or the diagonal of P, got {given!r}.')
        kind, parts = _of_optimiser(optimizer, whole, parameters)
    else:
        kind, parts = "custom", _of_diagonal(given, parameters)
    for (name, _), part in zip(parameters, parts):
        if not bool(torch.isfinite(part).all()) or not bool((part > 0).all()):
            raise RitzError(f"preconditioner: expected entries greater than 0, got {float(part.min()):.3g} for {name}.")
    return Preconditioner(kind, {id(parameter): part for (_, parameter), part in zip(parameters, parts)})


def _of_diagonal(given: Any, parameters: Named) -> List["torch.Tensor"]:
    diagonal = torch.as_tensor(given).detach()
    sizes = [parameter.numel() for _, parameter in parameters]
    if diagonal.numel() != sum(sizes):
        raise RitzError(f"preconditioner: expected the {sum(sizes)} entries of the parameters, got {diagonal.numel()}.")
    parts = diagonal.reshape(-1).split(sizes)
    return [part.reshape(parameter.shape) for part, (_, parameter) in zip(parts, parameters)]


def _of_optimiser(optimizer: Any, whole: Gathered, parameters: Named) -> Tuple[str, List["torch.Tensor"]]:
    if optimizer is None:
        raise RitzError('preconditioner: expected optimizer= too, as preconditioner="optimizer" takes P from its state.')
    kind = family_of(optimizer)
    if kind not in _RULES:
        raise RitzError(
            f"preconditioner: expected Adam, AdamW, RMSprop or Adagrad, got {type(optimizer).__name__}. "
            "Pass the diagonal of P, in the order of the parameters."
        )
    if not whole.one_by_one:
        raise RitzError(
            "preconditioner: expected the optimiser's state of each parameter, got pieces of flat ones of FullyShardedDataParallel. "
            "Shard with fully_shard, or pass the diagonal of P."
        )
    groups = {id(one): group for group in optimizer.param_groups for one in group["params"]}
    found, rule = [], _RULES[str(kind)]
    for (name, _), shard in zip(parameters, whole.optimised([one for _, one in parameters])):
        state = optimizer.state.get(shard)
        if not state or id(shard) not in groups:
            raise RitzError(f"preconditioner: expected second moments of {name}, got none. Take a step of the optimiser first.")
        found.append(rule(state, groups[id(shard)]))
    return str(kind), found


def _adam(state: Any, group: Any) -> "torch.Tensor":
    """(1 − β1^t) (√(v / (1 − β2^t)) + ε), with the largest v of AMSGrad: what the step divides the moving average of gradients by."""
    (beta1, beta2), steps = group["betas"], float(state["step"])
    moments = _wide(state["max_exp_avg_sq"] if group.get("amsgrad") else state["exp_avg_sq"])
    return (1 - float(beta1) ** steps) * ((moments / (1 - float(beta2) ** steps)).sqrt() + group["eps"])


def _rmsprop(state: Any, group: Any) -> "torch.Tensor":
    """√v + ε, with the variance for v where it is centred."""
    moments = _wide(state["square_avg"])
    if group.get("centered"):
        moments = moments - _wide(state["grad_avg"]) ** 2
    return moments.sqrt() + group["eps"]


def _adagrad(state: Any, group: Any) -> "torch.Tensor":
    """√(sum of squared gradients) + ε."""
    return _wide(state["sum"]).sqrt() + group["eps"]


def _wide(tensor: "torch.Tensor") -> "torch.Tensor":
    whole = whole_of(tensor.detach())
    return whole.double() if whole.device.type != "mps" else whole.float()


_RULES = {"adam": _adam, "rmsprop": _rmsprop, "adagrad": _adagrad}


class Preconditioned:
    """A curvature operator in those coordinates, with its gradient P^(-1/2) g."""

    def __init__(self, operator: Curvature, root: "torch.Tensor") -> None:
        self._operator, self._root = operator, root
        self.objective, self.matrix = operator.objective, operator.matrix

    @property
    def vectors_per_pass(self) -> int:
        return self._operator.vectors_per_pass

    @vectors_per_pass.setter
    def vectors_per_pass(self, count: int) -> None:
        self._operator.vectors_per_pass = count

    def apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        return self._root * self._operator.apply(self._root * vectors)

    def gradient(self) -> Tuple[float, "torch.Tensor", "torch.Tensor"]:
        loss, whole, first = self._operator.gradient()
        return loss, self._root * whole, self._root * first


AnyOperator = Union[Curvature, Preconditioned]
