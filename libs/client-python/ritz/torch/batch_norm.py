"""Batch norm over a batch whose second derivatives take few passes over the activations.

PyTorch differentiates its batch norm twice by some sixty elementwise passes, which is a third of a product with the Hessian of a residual
net. Here every derivative is an affine function, channel by channel, of tensors that are there, with a few sums for its factors.

With x̂ = (x − μ) r, r = (σ² + ε)^(-1/2), means over the M values of a channel, and y = γ x̂ + β: a cotangent w of x̂ and s of r pull back to
r (w − mean(w) − x̂ mean(w x̂)) − (s r² / M) x̂ of x (Ioffe and Szegedy, arXiv 1502.03167, with the derivative of r apart).
"""

from __future__ import annotations

import contextlib
from typing import Any, Optional, Tuple

import torch
from torch.autograd import Function

_BATCH_NORM = torch.nn.modules.batchnorm._BatchNorm


def use_short_derivatives(module: "torch.nn.Module", undo: contextlib.ExitStack) -> None:
    """For a layer that normalises over its batch as PyTorch does; others stay as they are."""
    if type(module).forward is not _BATCH_NORM.forward:
        return
    native = module.forward

    def forward(x: "torch.Tensor") -> "torch.Tensor":
        if not module.training or x.dim() < 2 or x.numel() <= x.shape[1] or _is_transformed():
            return native(x)  # type: ignore[no-any-return]
        return batch_norm(x, module.weight, module.bias, module.eps)

    module.__dict__["forward"] = forward
    undo.callback(module.__dict__.pop, "forward")


def batch_norm(
    x: "torch.Tensor", weight: Optional["torch.Tensor"], bias: Optional["torch.Tensor"], epsilon: float
) -> "torch.Tensor":
    """Of [N, C, ...] by the statistics of each channel; weight γ and bias β [C] where there are."""
    gain = torch.ones(x.shape[1], dtype=x.dtype, device=x.device) if weight is None else weight
    normalised: "torch.Tensor" = _Normalise.apply(x, gain, epsilon)[0]
    return normalised if bias is None else normalised + _wide(bias, x)


class _Normalise(Function):
    """(γ x̂, x̂, r) of x [N, C, ...] and γ [C]; the last two carry second derivatives alone."""

    @staticmethod
    def forward(ctx: Any, x: "torch.Tensor", gain: "torch.Tensor", epsilon: float) -> Any:  # type: ignore[override]
        variance, mean = torch.var_mean(x, dim=_axes(x), unbiased=False)
        scale = (variance + epsilon).rsqrt()
        normal = (x - _wide(mean, x)).mul_(_wide(scale, x))
        ctx.set_materialize_grads(False)
        ctx.save_for_backward(normal, scale, gain)
        return normal * _wide(gain, x), normal, scale

    @staticmethod
    def backward(ctx: Any, of_output: Any, of_normal: Any, of_scale: Any) -> Any:  # type: ignore[override]
        normal, scale, gain = ctx.saved_tensors
        if torch.is_grad_enabled():
            if of_normal is not None or of_scale is not None:
                raise RuntimeError("the third derivative for batch norm is not implemented")
            return (None, None, None) if of_output is None else (*_Pull.apply(of_output, normal, gain, scale), None)
        if of_output is None and of_normal is None:
            return None, None, None
        of_gain = None
        along = of_normal
        if of_output is not None:
            of_gain = _sum(of_output * normal)
            along = of_output * _wide(gain, normal)
            along = along if of_normal is None else along + of_normal
        mean, inner = _sum(along) / _count(normal), _sum(along * normal) / _count(normal)
        bend = scale * inner if of_scale is None else scale * inner + of_scale * scale * scale / _count(normal)
        of_x = along.mul(_wide(scale, normal)).sub_(normal * _wide(bend, normal)).sub_(_wide(scale * mean, normal))
        return of_x, of_gain, None


class _Pull(Function):
    """(γ r (u − mean(u) − x̂ mean(u x̂)), Σ u x̂): what a cotangent u of γ x̂ pulls back to x and γ."""

    @staticmethod
    def forward(ctx: Any, along: "torch.Tensor", normal: "torch.Tensor", gain: "torch.Tensor", scale: "torch.Tensor") -> Any:  # type: ignore[override]
        mean, inner = _sum(along) / _count(normal), _sum(along * normal) / _count(normal)
        factor = gain * scale
        of_x = along.mul(_wide(factor, normal)).sub_(normal * _wide(factor * inner, normal)).sub_(_wide(factor * mean, normal))
        ctx.set_materialize_grads(False)
        ctx.save_for_backward(along, normal, gain, scale, mean, inner)
        return of_x, inner * _count(normal)

    @staticmethod
    def backward(ctx: Any, of_x: Any, of_gain: Any) -> Any:  # type: ignore[override]
        """With a, b the cotangents of its results, S = ⟨a, u⟩ − M ā ū − M mean(a x̂) mean(u x̂) and b ⟨u, x̂⟩: of u, x̂, γ and r."""
        along, normal, gain, scale, mean, inner = ctx.saved_tensors
        if of_x is None:
            if of_gain is None:
                return None, None, None, None
            return normal * _wide(of_gain, normal), along * _wide(of_gain, normal), None, None
        count, factor = _count(normal), gain * scale
        of_mean, of_inner = _sum(of_x) / count, _sum(of_x * normal) / count
        projected = _sum(of_x * along) - count * (of_mean * mean + of_inner * inner)
        slope = -factor * of_inner if of_gain is None else of_gain - factor * of_inner
        of_along = of_x.mul(_wide(factor, normal)).add_(normal * _wide(slope, normal)).sub_(_wide(factor * of_mean, normal))
        of_normal = along.mul(_wide(slope, normal)).sub_(of_x * _wide(factor * inner, normal))
        return of_along, of_normal, scale * projected, gain * projected


def _axes(x: "torch.Tensor") -> Tuple[int, ...]:
    return tuple(axis for axis in range(x.dim()) if axis != 1)


def _sum(x: "torch.Tensor") -> "torch.Tensor":
    """[C] of [N, C, ...]."""
    return x.sum(_axes(x))


def _count(x: "torch.Tensor") -> int:
    return x.numel() // x.shape[1]


def _wide(values: "torch.Tensor", like: "torch.Tensor") -> "torch.Tensor":
    """[C] in a shape that broadcasts over [N, C, ...]."""
    return values.reshape(1, -1, *[1] * (like.dim() - 2))


def _is_transformed() -> bool:
    """Inside torch.func, which has no rules for these derivatives."""
    active = getattr(torch._C, "_are_functorch_transforms_active", None)
    return active is not None and bool(active())
