"""Arithmetic whose second derivatives are those of the formulas: of the loss as it is written, in the precision that is asked for."""

from __future__ import annotations

import contextlib
import threading
from typing import Any, Dict, Iterator, Tuple

import torch
from torch.overrides import TorchFunctionMode


@contextlib.contextmanager
def exact_arithmetic(model: "torch.nn.Module", device: "torch.device") -> Iterator[None]:
    """No autocast, no TF32, kernels that can be differentiated twice and are."""
    flags: Dict[Any, Any] = {(torch.backends.cuda.matmul, "allow_tf32"): False, (torch.backends.cudnn, "allow_tf32"): False}
    kept = {at: getattr(*at) for at in flags}
    recurrent = any(isinstance(module, torch.nn.RNNBase) for module in model.modules())
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: [setattr(*at, was) for at, was in kept.items()])
        for (owner, name), value in flags.items():
            setattr(owner, name, value)
        for kind in {"cpu", device.type} & {"cpu", "cuda"}:
            stack.enter_context(torch.autocast(kind, enabled=False))
        stack.enter_context(_no_autocast())
        if recurrent:
            stack.enter_context(torch.backends.cudnn.flags(enabled=False))
            if hasattr(torch.backends, "mkldnn"):
                stack.enter_context(torch.backends.mkldnn.flags(enabled=False))
        if any(_has_weight_norm(module) for module in model.modules()):
            stack.enter_context(_WeightNorm())
        stack.enter_context(_math_attention())
        stack.enter_context(torch.enable_grad())
        yield


def _math_attention() -> Any:
    """Flash and memory-efficient attention have no second derivative."""
    try:
        from torch.nn.attention import SDPBackend, sdpa_kernel

        return sdpa_kernel(SDPBackend.MATH)
    except ImportError:
        if not hasattr(torch.nn.functional, "scaled_dot_product_attention"):
            return contextlib.nullcontext()
        return torch.backends.cuda.sdp_kernel(enable_flash=False, enable_math=True, enable_mem_efficient=False)


@contextlib.contextmanager
def _no_autocast() -> Iterator[None]:
    """What a loss, or a trainer around a forward, opens in this thread has no effect either."""
    kind: Any = torch.amp.autocast_mode.autocast
    enter, here = kind.__enter__, threading.get_ident()

    def enter_disabled(context: Any) -> Any:
        if threading.get_ident() != here:
            return enter(context)
        enabled, context._enabled = context._enabled, False
        try:
            return enter(context)
        finally:
            context._enabled = enabled

    kind.__enter__ = enter_disabled
    try:
        yield
    finally:
        kind.__enter__ = enter


class _WeightNorm(TorchFunctionMode):  # type: ignore[misc]
    """g v / ‖v‖ by its formula: the double backward of PyTorch's own kernel takes ‖v‖ for a constant (1.13 to 2.13 at least)."""

    def __torch_function__(self, func: Any, types: Any, args: Tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        if getattr(func, "__name__", "") != "_weight_norm":
            return func(*args, **(kwargs or {}))
        v, g, *rest = args
        axis = rest[0] if rest else (kwargs or {}).get("dim", 0)
        others = tuple(range(v.dim())) if axis == -1 else tuple(at for at in range(v.dim()) if at != axis)
        return v * (g / torch.linalg.vector_norm(v, dim=others, keepdim=True))


def _has_weight_norm(module: "torch.nn.Module") -> bool:
    """By either of `torch.nn.utils.weight_norm` and `parametrizations.weight_norm`."""
    return any("WeightNorm" in type(one).__name__ for one in (module, *module._forward_pre_hooks.values()))
