"""Products with the Hessian, the Gauss-Newton matrix and their difference of an objective, by differentiating twice backward.

The graph of the gradient is kept from product to product where memory allows, so that a product is one backward pass. Several vectors
go through it at once (`is_grads_batched`, which is vmap) where that works, one by one where it does not.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import torch

from ..errors import RitzError
from .basis import available_memory
from .loss import Observer
from .objective import Objective
from .parameters import flatten, unflatten

_GRAPH_SHARE = 0.25
"""Of the free memory, what kept graphs may take."""
Multiply = Callable[["torch.Tensor"], "torch.Tensor"]
"""Of [k, n] or [n] to the same shape."""


def grads(
    outputs: Sequence["torch.Tensor"], inputs: Sequence["torch.Tensor"], along: Sequence["torch.Tensor"], batched: bool = False, **how: Any
) -> List["torch.Tensor"]:
    """Σ outputs · along differentiated by the inputs; zeros where an input plays no part."""
    used = [(output, vector) for output, vector in zip(outputs, along) if output.requires_grad]
    shape = along[0].shape[:1] if batched else ()
    if not used:
        return [torch.zeros(*shape, *one.shape, dtype=one.dtype, device=one.device) for one in inputs]
    options = {"is_grads_batched": True} if batched else {}
    found = torch.autograd.grad(
        [output for output, _ in used], inputs, [vector for _, vector in used], allow_unused=True, **options, **how
    )
    return [
        torch.zeros(*shape, *one.shape, dtype=one.dtype, device=one.device) if grad is None else grad
        for grad, one in zip(found, inputs)
    ]


def require_second_derivatives(gradient: Sequence["torch.Tensor"]) -> None:
    """Raises RuntimeError where a function on the way is differentiable once only.

    PyTorch marks it in the graph and would say so of `backward`, but takes it for independent of the parameters in `autograd.grad`:
    its share of the second derivatives would be missing without a word.
    """
    waiting = [part.grad_fn for part in gradient if part.grad_fn is not None]
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        if type(node).__name__ in ("Error", "DelayedError", "NotImplemented"):
            raise RuntimeError("the derivative for a function of the model is not implemented (once_differentiable)")
        for following, _ in node.next_functions:
            if following is not None and following not in seen:
                seen.add(following)
                waiting.append(following)


class Curvature:
    """A linear operator [k, n] → [k, n]: Σ over parts of weight × (matrix of the part), plus weight decay."""

    adds_weight_decay = True

    def __init__(
        self, objective: Objective, parameters: Sequence["torch.nn.Parameter"], matrix: str, weight_decay: float, tell: Callable[[str], None]
    ) -> None:
        self.objective, self.matrix = objective, matrix
        self._parameters = list(parameters)
        self._weight_decay, self._tell = weight_decay, tell
        self.vectors_per_pass = 1
        self._kept: Dict[int, Multiply] = {}
        self._graph_bytes: Optional[int] = None

    def gradient(self) -> Tuple[float, "torch.Tensor", "torch.Tensor"]:
        """(loss, gradient [n] of the whole, gradient of the first part)."""
        return self._whole(*self._within_memory(self._gradient, self._halve))

    def _gradient(self) -> Tuple[float, "torch.Tensor", "torch.Tensor"]:
        total, loss, first = 0.0, 0.0, None
        for part, batch in self.objective:
            value = self.objective.loss(batch)
            flat = flatten(grads([value], self._parameters, [torch.ones_like(value)]))
            first = flat if first is None else first
            total, loss = total + part.weight * flat, loss + part.weight * float(value.detach())
        assert first is not None
        return loss, torch.as_tensor(total), first

    def _whole(self, loss: float, total: "torch.Tensor", first: "torch.Tensor") -> Tuple[float, "torch.Tensor", "torch.Tensor"]:
        """Over all processes, with the weight decay."""
        summed = self.objective.ranks.sum(total)
        known = self.objective.ranks.sum(torch.tensor([loss], dtype=first.dtype, device=first.device)).item()
        if self._weight_decay:
            point = flatten([parameter.detach() for parameter in self._parameters])
            summed = summed + self._weight_decay * point
            known += 0.5 * self._weight_decay * float(point.double() @ point.double() if point.device.type != "mps" else point @ point)
        return known, summed, first

    def apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        """Raises RitzError where the device has no memory for one vector and one example."""
        result = self.objective.ranks.sum(self._within_memory(lambda: self._apply(vectors), self._shrink))
        # It is in the Hessian and in the Gauss-Newton matrix alike, hence not in their difference.
        adds = self.adds_weight_decay and self.matrix != "residual"
        return result + self._weight_decay * vectors if self._weight_decay and adds else result

    def _within_memory(self, compute: Callable[[], Any], shrink: Callable[[], None]) -> Any:
        """Again and again with less at once, on all processes where one of them ran out of memory."""
        while True:
            failed, result = False, None
            try:
                result = compute()
            except (RuntimeError, MemoryError) as error:
                if not _out_of_memory(error):
                    raise
                failed = True
            if not any(self.objective.ranks.gather(failed)):
                return result
            self._kept.clear()
            if self.objective.device.type == "cuda":
                torch.cuda.empty_cache()
            shrink()

    def _apply(self, vectors: "torch.Tensor") -> "torch.Tensor":
        result = torch.zeros_like(vectors)
        for at, (part, batch) in enumerate(self.objective):
            multiply = self._kept.get(at) or self._build(at, batch)
            for first in range(0, len(vectors), self.vectors_per_pass):
                chunk = vectors[first : first + self.vectors_per_pass]
                product = multiply(chunk) if self.vectors_per_pass > 1 else multiply(chunk[0])[None]
                result[first : first + len(chunk)].add_(product, alpha=part.weight)
        return result

    def _build(self, at: int, batch: Any) -> Multiply:
        build = {"hessian": self._hessian, "ggn": self._gauss_newton, "residual": self._residual}[self.matrix]
        if self._graph_bytes is None and len(self.objective.parts) > 1:
            self._graph_bytes = _bytes_of(lambda: build(batch))
        multiply = build(batch)
        if len(self.objective.parts) == 1 or (len(self._kept) + 1) * (self._graph_bytes or 0) <= _GRAPH_SHARE * self._free():
            self._kept[at] = multiply
        return multiply

    def _free(self) -> int:
        if self.objective.device.type == "cuda":
            return int(torch.cuda.mem_get_info(self.objective.device)[0]) + len(self._kept) * (self._graph_bytes or 0)
        return available_memory() + len(self._kept) * (self._graph_bytes or 0)

    def _shrink(self) -> None:
        if self.vectors_per_pass > 1:
            self.vectors_per_pass = (self.vectors_per_pass + 1) // 2
            self._tell(f"out of memory: continuing with {self.vectors_per_pass} vectors per pass")
        else:
            self._halve()

    def _halve(self) -> None:
        self.objective.halve()
        self._graph_bytes = None
        largest = max(part.end - part.start for part in self.objective.parts)
        self._tell(f"out of memory: continuing with parts of at most {largest} examples")

    def _hessian(self, batch: Any) -> Multiply:
        loss = self.objective.loss(batch)
        parts = grads([loss], self._parameters, [torch.ones_like(loss)], create_graph=True)
        require_second_derivatives(parts)
        gradient = flatten(parts)

        def multiply(vectors: "torch.Tensor") -> "torch.Tensor":
            batched = vectors.dim() == 2
            return flatten(grads([gradient], self._parameters, [vectors], batched, retain_graph=True), int(batched))

        return multiply

    def _residual(self, batch: Any) -> Multiply:
        """H − G: what the second derivatives of the network itself add."""
        hessian, gauss_newton = self._hessian(batch), self._gauss_newton(batch)
        return lambda vectors: hessian(vectors) - gauss_newton(vectors)

    def _gauss_newton(self, batch: Any) -> Multiply:
        """Jᵀ ∇²ℓ J with J = ∂z/∂θ and ∇²ℓ of the loss in z, where z goes into a convex loss of PyTorch, or is what the model returns."""
        outputs, leaves, loss = _split(self.objective, batch)
        if any(grad is not None for grad in torch.autograd.grad(loss, self._parameters, allow_unused=True, retain_graph=True)):
            raise RitzError(
                'matrix="ggn": expected a loss of the outputs of the model alone, but parameters enter it in another way too. '
                "Compute the loss from the outputs, outside of forward, and leave penalties out."
            )
        slope = grads([loss], leaves, [torch.ones_like(loss)], create_graph=True)
        duals = [torch.zeros_like(output, requires_grad=True) for output in outputs]
        pulled = grads(outputs, self._parameters, duals, create_graph=True)
        require_second_derivatives([*slope, *pulled])

        def multiply(vectors: "torch.Tensor") -> "torch.Tensor":
            batched = vectors.dim() == 2
            pushed = grads(pulled, duals, unflatten(vectors, self._parameters), batched, retain_graph=True)
            bent = grads(slope, leaves, pushed, batched, retain_graph=True)
            return flatten(grads(outputs, self._parameters, bent, batched, retain_graph=True), int(batched))

        return multiply


def _split(objective: Objective, batch: Any) -> Tuple[List["torch.Tensor"], List["torch.Tensor"], "torch.Tensor"]:
    """(z with its graph, leaves in its place, loss of the leaves)."""
    with Observer(split=True) as seen:
        loss = objective.loss(batch)
    if seen.outputs:
        return [output for output, _ in seen.outputs], [leaf for _, leaf in seen.outputs], loss
    found: List[Tuple["torch.Tensor", "torch.Tensor"]] = []

    def detach(_module: Any, _inputs: Any, output: Any) -> Any:
        if not isinstance(output, torch.Tensor):
            raise RitzError(
                f'matrix="ggn": expected a model that returns one tensor, or a loss such as cross_entropy, got {type(output).__name__}.'
            )
        found.append((output, output.detach().requires_grad_()))
        return found[-1][1]

    handle = objective.model.register_forward_hook(detach)
    try:
        loss = objective.loss(batch)
    finally:
        handle.remove()
    if not found:
        raise RitzError('matrix="ggn": expected loss_fn to call the model that it is given.')
    return [output for output, _ in found], [leaf for _, leaf in found], loss


def _bytes_of(build: Callable[[], Any]) -> int:
    """What the graph holds on to, counted as it is built."""
    seen: Dict[int, int] = {}

    def pack(tensor: "torch.Tensor") -> "torch.Tensor":
        if hasattr(tensor, "untyped_storage"):
            storage = tensor.untyped_storage()
            seen[storage.data_ptr()] = storage.nbytes()
        else:
            seen[tensor.storage().data_ptr()] = len(tensor.storage()) * tensor.element_size()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        build()
    return sum(seen.values())


def _out_of_memory(error: BaseException) -> bool:
    text = str(error).lower()
    return isinstance(error, MemoryError) or "out of memory" in text or "can't allocate memory" in text or "not enough memory" in text
