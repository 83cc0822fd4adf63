"""Which parameters a spectrum is of: those that require a gradient, each tied one once, in the order of the module."""

from __future__ import annotations

import fnmatch
from typing import Any, List, Sequence, Tuple, Union

import torch

from ..errors import RitzError

Selection = Union[None, str, Sequence[Union[str, "torch.nn.Parameter"]]]
"""None: all. A pattern of names such as "layers.0.*", a list of them, or a list of parameters."""
Named = List[Tuple[str, "torch.nn.Parameter"]]


def unwrapped(model: "torch.nn.Module") -> "torch.nn.Module":
    """The module inside DistributedDataParallel, DataParallel and torch.compile."""
    while True:
        name = type(model).__name__
        if name in ("DistributedDataParallel", "DataParallel"):
            model = model.module  # type: ignore[assignment]
        elif name == "OptimizedModule":
            model = model._orig_mod  # type: ignore[assignment]
        else:
            return model


def select(model: "torch.nn.Module", selection: Selection, option: str = "params") -> Named:
    """Raises RitzError, beginning with the option, for a selection that names nothing, or nothing that requires a gradient."""
    every = list(model.named_parameters())
    chosen = _chosen(model, every, selection, option)
    trainable = [(name, parameter) for name, parameter in chosen if parameter.requires_grad]
    if not trainable:
        what = "none of the model's parameters does" if selection is None else f"none of those that {_shown(selection)} names does"
        raise RitzError(f"{option}: expected parameters that require a gradient; {what}. Set requires_grad_(True) on some.")
    return trainable


def _chosen(model: "torch.nn.Module", every: Named, selection: Selection, option: str) -> Named:
    if selection is None:
        return every
    wanted: Sequence[Any] = [selection] if isinstance(selection, str) else list(selection)
    if all(isinstance(one, torch.Tensor) for one in wanted) and wanted:
        ids = {id(one) for one in wanted}
        chosen = [(name, parameter) for name, parameter in every if id(parameter) in ids]
        if len(chosen) != len(ids):
            raise RitzError(f"{option}: expected parameters of the model, got {len(ids) - len(chosen)} that are not.")
        return chosen
    # A tied parameter has several names; any of them selects it.
    names = {name: id(parameter) for name, parameter in _all_names(model)}
    ids = set()
    for pattern in wanted:
        if not isinstance(pattern, str):
            raise RitzError(f"{option}: expected None, a pattern, or a list of patterns or of parameters, got {type(pattern).__name__}.")
        matching = {at for name, at in names.items() if fnmatch.fnmatchcase(name, pattern)}
        if not matching:
            raise RitzError(f"{option}: the pattern {pattern!r} matches no parameter. Names are such as {', '.join(list(names)[:5])}.")
        ids |= matching
    return [(name, parameter) for name, parameter in every if id(parameter) in ids]


def _all_names(model: "torch.nn.Module") -> Named:
    return [
        (f"{prefix}.{name}" if prefix else name, parameter)
        for prefix, module in model.named_modules(remove_duplicate=False)
        for name, parameter in module._parameters.items()
        if parameter is not None
    ]


def _shown(selection: Selection) -> str:
    return repr(selection) if isinstance(selection, str) else "[…]"


def flatten(tensors: Sequence["torch.Tensor"], leading: int = 0) -> "torch.Tensor":
    """[..., n] of tensors that share `leading` axes."""
    return torch.cat([tensor.reshape(*tensor.shape[:leading], -1) for tensor in tensors], dim=leading)


def unflatten(vectors: "torch.Tensor", like: Sequence["torch.Tensor"]) -> List["torch.Tensor"]:
    """Of [n] or [k, n] the parts in the shapes of `like`."""
    parts = vectors.split([tensor.numel() for tensor in like], dim=-1)
    return [part.reshape(*vectors.shape[:-1], *tensor.shape) for part, tensor in zip(parts, like)]
