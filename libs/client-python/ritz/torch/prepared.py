"""A model made ready to be measured, and left as it was: bit for bit in its parameters, buffers, modes, gradients and generators."""

from __future__ import annotations

import contextlib
import random
from typing import Any, Iterator, List, Optional

import numpy
import torch

from ..errors import RitzError
from .batch_norm import use_short_derivatives
from .exact_arithmetic import exact_arithmetic

_BATCH_NORM = torch.nn.modules.batchnorm._BatchNorm
DTYPES = {"float32": torch.float32, "float64": torch.float64}


def batch_norms(model: "torch.nn.Module") -> "List[torch.nn.Module]":
    return [module for module in model.modules() if isinstance(module, _BATCH_NORM)]


@contextlib.contextmanager
def prepared(
    model: "torch.nn.Module", batch_norm: str, mode: Optional[str], precision: str, device: "torch.device"
) -> Iterator[None]:
    """Inside, the model is on the device in the precision, in the mode, and normalises as asked for."""
    _keep_freed_memory()
    with contextlib.ExitStack() as undo:
        undo.enter_context(_generators_kept())
        modules = list(model.modules())
        modes = [module.training for module in modules]
        undo.callback(lambda: [setattr(module, "training", was) for module, was in zip(modules, modes)])
        _keep_tensors(model, undo)
        _convert(model, DTYPES[precision], device)
        if mode is not None:
            model.train(mode == "train")
        for module in batch_norms(model):
            module.training = batch_norm == "batch"
            if batch_norm != "batch" and not getattr(module, "track_running_stats", True):
                raise RitzError(
                    f'batch_norm: expected running statistics, but {type(module).__name__} keeps none. Use batch_norm="batch".'
                )
            if module.training:
                use_short_derivatives(module, undo)
        undo.enter_context(exact_arithmetic(model, device))
        yield


def _keep_freed_memory() -> None:
    """Activations of a few megabytes are freed and allocated in every product; given back to the system, each costs page faults.

    The allocator of glibc takes the largest block that it has mapped and freed, up to 32 MiB, for what is worth keeping (mallopt(3),
    M_MMAP_THRESHOLD). Nothing is written to this one, which hence takes no memory.
    """
    torch.empty(2**25 - 2**16, dtype=torch.uint8)


@contextlib.contextmanager
def _generators_kept() -> Iterator[None]:
    python, arrays, tensors = random.getstate(), numpy.random.get_state(), torch.get_rng_state()
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() and torch.cuda.is_initialized() else None
    try:
        yield
    finally:
        random.setstate(python)
        numpy.random.set_state(arrays)
        torch.set_rng_state(tensors)
        if cuda is not None:
            torch.cuda.set_rng_state_all(cuda)


def _keep_tensors(model: "torch.nn.Module", undo: contextlib.ExitStack) -> None:
    """Parameters get their own storage back; of buffers, which a forward pass may write to, the contents too; and modules the tensors
    that they hold on to otherwise, such as the weight that `weight_norm` computes."""
    for parameter in model.parameters():
        undo.callback(_restore_parameter, parameter, parameter.data, parameter.grad)
        parameter.grad = None
    for module in model.modules():
        held = {name: value for name, value in vars(module).items() if isinstance(value, torch.Tensor)}
        undo.callback(vars(module).update, held)
        for name, buffer in list(module._buffers.items()):
            if buffer is not None:
                undo.callback(_restore_buffer, module, name, buffer, buffer.detach().clone())
                module._buffers[name] = buffer.detach().clone()


def _restore_parameter(parameter: Any, data: "torch.Tensor", grad: Optional["torch.Tensor"]) -> None:
    parameter.grad = None
    parameter.data = data
    parameter.grad = grad


def _restore_buffer(module: "torch.nn.Module", name: str, buffer: "torch.Tensor", contents: "torch.Tensor") -> None:
    with torch.no_grad():
        buffer.copy_(contents)
    module._buffers[name] = buffer


def _convert(model: "torch.nn.Module", dtype: "torch.dtype", device: "torch.device") -> None:
    for parameter in model.parameters():
        parameter.data = parameter.data.to(device=device, dtype=dtype if parameter.is_floating_point() else parameter.dtype)
    for module in model.modules():
        for name, buffer in module._buffers.items():
            if buffer is not None:
                module._buffers[name] = buffer.to(device=device, dtype=dtype if buffer.is_floating_point() else buffer.dtype)
