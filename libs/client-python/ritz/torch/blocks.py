"""Named groups of the parameters that are measured, and the diagonal blocks of one matrix that belong to them."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence, Tuple, Union

import torch

from ..errors import RitzError
from ..numerics.together import Wanted
from .parameters import Named, Selection, select
from .preconditioner import AnyOperator

Blocks = Union[None, str, Mapping[str, Selection]]
"""None, "layers" (parameters that share their name up to its last dot), "tensors" (each alone), or patterns by the names of blocks."""


def blocks_of(model: "torch.nn.Module", blocks: Blocks, measured: Named) -> Dict[str, Named]:
    """Those of the `measured` parameters, in their order; not every one need be in a block.

    Raises RitzError for a pattern that matches nothing, parameters that are not measured, and two blocks with one in common.
    """
    if blocks is None:
        return {}
    if isinstance(blocks, str):
        found: Dict[str, Named] = {}
        for name, parameter in measured:
            layer = name.rpartition(".")[0] if blocks == "layers" else name
            found.setdefault(layer or name, []).append((name, parameter))
        return found
    known = {id(parameter) for _, parameter in measured}
    owners: Dict[int, str] = {}
    chosen = {}
    for block, selection in blocks.items():
        chosen[block] = select(model, selection, f"blocks.{block}")
        for name, parameter in chosen[block]:
            if id(parameter) not in known:
                raise RitzError(f"blocks.{block}: expected parameters that params= selects, got {name}.")
            other = owners.setdefault(id(parameter), block)
            if other != block:
                raise RitzError(
                    f'blocks: expected blocks without a parameter in common, got "{name}" in {other} and {block}. '
                    "Narrow one of their patterns."
                )
    return chosen


class BlockOperator:
    """The diagonal block of an operator: its products with vectors that are zero elsewhere."""

    def __init__(self, whole: AnyOperator, measured: Named, block: Named) -> None:
        self._whole = whole
        self.objective, self.matrix = whole.objective, whole.matrix
        inside = {id(parameter) for _, parameter in block}
        self._sizes = [parameter.numel() for _, parameter in measured]
        self._spans: List[Tuple[int, int]] = []
        start = 0
        for size, (_, parameter) in zip(self._sizes, measured):
            if id(parameter) in inside:
                self._spans.append((start, size))
            start += size

    def embedded(self, vectors: "torch.Tensor") -> "torch.Tensor":
        """[k, n] of [k, n of the block]."""
        wide = vectors.new_zeros(len(vectors), sum(self._sizes))
        at = 0
        for start, size in self._spans:
            wide[:, start : start + size] = vectors[:, at : at + size]
            at += size
        return wide

    def part(self, vectors: "torch.Tensor") -> "torch.Tensor":
        """The entries of the block of [..., n]."""
        return torch.cat([vectors[..., start : start + size] for start, size in self._spans], dim=-1)

    def apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        return self.part(self._whole.apply(self.embedded(vectors)))


def multiply_together(whole: AnyOperator, blocks: Sequence[BlockOperator], wanted: Wanted) -> List[Any]:
    """What several blocks want multiplied, in one pass over the data."""
    products = whole.apply(torch.cat([blocks[at].embedded(vectors) for at, vectors in wanted]))
    return [blocks[at].part(some) for (at, _), some in zip(wanted, products.split([len(vectors) for _, vectors in wanted]))]
