"""Hessian products forward over reverse, by `torch.func`: for losses that PyTorch cannot differentiate twice backward."""

from __future__ import annotations

from typing import Any, Dict, Tuple

import torch

from ..errors import RitzError
from .curvature import Curvature, Multiply
from .parameters import flatten, unflatten


class _Bound(torch.nn.Module):
    """A model with its loss, so that parameters can be put in the place of its own."""

    def __init__(self, model: Any, loss: Any) -> None:
        super().__init__()
        self.model, self._loss = model, loss

    def forward(self, batch: Any) -> "torch.Tensor":
        return self._loss(batch)  # type: ignore[no-any-return]


class ForwardOverReverse(Curvature):
    """The derivative of the gradient along a vector (Pearlmutter 1994), for several vectors at once by `vmap`."""

    def _hessian(self, batch: Any) -> Multiply:
        functional_call, grad, jvp, vmap = _transforms()
        bound = _Bound(self.objective.model, self.objective.loss_of_any)
        names = {id(parameter): name for name, parameter in bound.named_parameters()}
        keys = [names[id(parameter)] for parameter in self._parameters]
        point = tuple(parameter.detach() for parameter in self._parameters)

        def loss(parameters: Tuple["torch.Tensor", ...]) -> "torch.Tensor":
            given: Dict[str, "torch.Tensor"] = dict(zip(keys, parameters))
            return functional_call(bound, given, (batch,))  # type: ignore[no-any-return]

        def along(*vector: "torch.Tensor") -> Any:
            return jvp(grad(loss), (point,), (vector,))[1]

        def multiply(vectors: "torch.Tensor") -> "torch.Tensor":
            parts = unflatten(vectors, self._parameters)
            try:
                if vectors.dim() == 1:
                    return flatten(along(*parts))
                return flatten(vmap(along, randomness="error")(*parts), 1)
            except RuntimeError as error:
                if "out of memory" in str(error).lower():
                    raise
                raise RitzError(
                    "model: expected functions with second derivatives, backward or forward over reverse, got one with neither "
                    f"({str(error).splitlines()[0]})."
                ) from error

        return multiply


def differentiates_twice(operator: Curvature, dimension: int) -> bool:
    """Whether PyTorch can differentiate the gradient backward: it says so of a function that it cannot."""
    like = operator.objective
    try:
        operator.apply(torch.full((1, dimension), dimension**-0.5, dtype=like.dtype, device=like.device))
    except RuntimeError as error:
        if "derivative for" not in str(error):
            raise
        return False
    return True


def _transforms() -> Tuple[Any, Any, Any, Any]:
    try:
        from torch.func import functional_call, grad, jvp, vmap
    except ImportError:
        try:
            from functorch import grad, jvp, vmap
            from torch.nn.utils.stateless import functional_call
        except ImportError as error:
            raise RitzError(f"PyTorch {torch.__version__}: expected torch.func or functorch, got neither ({error}).") from error
    return functional_call, grad, jvp, vmap
