"""Models whose parameters FullyShardedDataParallel or `fully_shard` spreads over processes: whole on each of them while they are measured.

Their own forward gathers and frees parameters and reduces gradients, which second derivatives do not pass through. Inside, modules have
whole parameters and run without it; what each process computes of its share of the data is summed as for any model.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from typing import Any, Callable, Dict, Iterator, List, Mapping, Sequence, Tuple

import torch

from ..errors import RitzError
from .parameters import Selection, unwrapped

Pairs = Sequence[Tuple[Any, "torch.nn.Parameter"]]
"""What the model has, and the whole parameter in its place."""
_DISTRIBUTED = ("torch.distributed.fsdp", "torch.distributed._composable")


class Gathered:
    """A model inside its wrappers, with whole parameters; and what its optimiser knows them as."""

    def __init__(self, module: "torch.nn.Module", pairs: Pairs = (), optimised: Sequence[Any] = ()) -> None:
        self.module = module
        self._optimised = list(optimised)
        self._whole: Dict[int, Any] = {id(shard): whole for shard, whole in pairs}
        self._shard: Dict[int, Any] = {id(whole): shard for shard, whole in pairs}

    def selection(self, selection: Selection) -> Selection:
        """The same of whole parameters, where it is a list of shards."""
        if selection is None or isinstance(selection, str):
            return selection
        return [self._whole.get(id(one), one) for one in selection]

    def blocks(self, blocks: Any) -> Any:
        return {name: self.selection(one) for name, one in blocks.items()} if isinstance(blocks, Mapping) else blocks

    @property
    def one_by_one(self) -> bool:
        """Whether the optimiser's states are of the parameters one by one; FullyShardedDataParallel cuts them out of a flat one."""
        return not self._optimised

    def optimised(self, parameters: Sequence["torch.nn.Parameter"]) -> List[Any]:
        """What the optimiser has of these: the shards where there are, and of FullyShardedDataParallel all of its own parameters."""
        return self._optimised or [self._shard.get(id(one), one) for one in parameters]


@contextlib.contextmanager
def gathered(model: "torch.nn.Module") -> Iterator[Gathered]:
    """To be entered by all processes together. Raises RitzError for tensor parallelism, whose modules expect shards."""
    module = unwrapped(model)
    with contextlib.ExitStack() as undo:
        if any(_is_wrapper(one) for one in module.modules()):
            yield _of_wrappers(module, undo)
        elif any(_is_shard(parameter) for parameter in module.parameters()) or any(_is_fully_shard(one) for one in module.modules()):
            yield _of_fully_shard(module, undo)
        else:
            yield Gathered(module)


def whole_of(tensor: "torch.Tensor") -> "torch.Tensor":
    """Gathered from all processes where it is a shard."""
    return tensor.full_tensor() if _is_shard(tensor) else tensor  # type: ignore[operator, no-any-return]


def _of_wrappers(module: "torch.nn.Module", undo: contextlib.ExitStack) -> Gathered:
    """FullyShardedDataParallel modules give way to what they wrap."""
    optimised = list(module.parameters())
    kind: Any = type(next(one for one in module.modules() if _is_wrapper(one)))
    undo.enter_context(kind.summon_full_params(module, writeback=False))
    pairs = _replace(module, undo, lambda _name, parameter: parameter.detach())
    for parent in list(module.modules()):
        for name, child in list(parent._modules.items()):
            if not _is_wrapper(parent) and _is_wrapper(child):
                undo.callback(parent._modules.__setitem__, name, child)
                parent._modules[name] = child.module  # type: ignore[union-attr, assignment]
    return Gathered(module.module if _is_wrapper(module) else module, pairs, optimised)  # type: ignore[arg-type]


def _of_fully_shard(module: "torch.nn.Module", undo: contextlib.ExitStack) -> Gathered:
    """Modules lose the hooks that gather and reduce."""
    for one in module.modules():
        if _is_fully_shard(one):
            one.reshard()  # type: ignore[operator]
        _without_hooks(one, "_forward_pre_hooks", undo)
        _without_hooks(one, "_forward_hooks", undo)
    return Gathered(module, _replace(module, undo, _gather))


def _gather(name: str, shard: Any) -> "torch.Tensor":
    if _is_shard(shard) and sum(not placement.is_replicate() for placement in shard.placements) > 1:
        raise RitzError(
            f"model: expected parameters that fully_shard spreads over one axis of processes, got {name} with {shard.placements} "
            "(tensor parallelism). Load the full state into an unsharded copy and measure that."
        )
    return whole_of(shard.detach())


def _replace(module: "torch.nn.Module", undo: contextlib.ExitStack, whole: Callable[[str, Any], "torch.Tensor"]) -> Pairs:
    """Others in the place of all parameters, tied ones once: a sharded one may have a gradient of its shard's size."""
    pairs: Dict[int, Tuple[Any, "torch.nn.Parameter"]] = {}
    for one in module.modules():
        for name, parameter in list(one._parameters.items()):
            if parameter is None:
                continue
            if id(parameter) not in pairs:
                pairs[id(parameter)] = parameter, torch.nn.Parameter(whole(name, parameter), requires_grad=parameter.requires_grad)
            undo.callback(one._parameters.__setitem__, name, parameter)
            one._parameters[name] = pairs[id(parameter)][1]
    return list(pairs.values())


def _without_hooks(module: "torch.nn.Module", hooks: str, undo: contextlib.ExitStack) -> None:
    """Those of fully_shard; others stay."""
    known = getattr(module, hooks)
    others = OrderedDict((key, hook) for key, hook in known.items() if not _is_of_fsdp(hook))
    if len(others) < len(known):
        undo.callback(setattr, module, hooks, known)
        setattr(module, hooks, others)


def _is_of_fsdp(hook: Any) -> bool:
    """Bound to a state of it, itself or, where several modules share a group, in what it wraps."""
    owners = (getattr(one, "__self__", None) for one in (hook, getattr(hook, "__wrapped__", None)))
    return any(type(owner).__module__.startswith(_DISTRIBUTED) for owner in owners)


def _is_wrapper(module: Any) -> bool:
    return any(kind.__name__ == "FullyShardedDataParallel" for kind in type(module).__mro__)


def _is_fully_shard(module: Any) -> bool:
    return any(kind.__name__ == "FSDPModule" for kind in type(module).__mro__)


def _is_shard(tensor: Any) -> bool:
    return type(tensor).__name__ == "DTensor" or (isinstance(tensor, torch.nn.Parameter) and hasattr(tensor, "full_tensor"))
