"""What `ritz.network` says of a PyTorch model: the metadata that `ritz spectrum` reads its parameters from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Collection, Dict, List, Optional, Tuple

from .errors import RitzError
from .onnx_file import OnnxFile

KEY = "ritz.network"


@dataclass
class _Tensor:
    """A parameter or a buffer with all the names that it has in the model."""

    value: Any
    names: List[str] = field(default_factory=list)


def _modules(model: Any) -> List[Tuple[str, Any]]:
    return list(model.named_modules(remove_duplicate=False))


def _tensors(model: Any, kind: str) -> List[_Tensor]:
    found: Dict[int, _Tensor] = {}
    for prefix, module in _modules(model):
        for name, value in getattr(module, kind).items():
            if value is None:
                continue
            full = f"{prefix}.{name}" if prefix else name
            tensor = found.setdefault(id(value), _Tensor(value))
            if full not in tensor.names:
                tensor.names.append(full)
    return list(found.values())


def parameters_of(model: Any) -> List[_Tensor]:
    """Tied ones once."""
    return _tensors(model, "_parameters")


def describe_network(
    model: Any, file: OnnxFile, prefix: str, used: Collection[str], settings: Dict[str, Any], torch: Any
) -> Dict[str, Any]:
    """The metadata, apart from the numbers of the check.

    prefix: of the names of the model's tensors in the file; used: names of the parameters that the loss depends on. Raises RitzError
    for one of these that the exporter computed ahead, so that the file does not have it.
    """
    padding = _padding_rows(model, torch)
    parameters = []
    known = set()
    for tensor in parameters_of(model):
        held = _held_by(tensor, file, prefix)
        if held is None and tensor.names[0] in used:
            raise RitzError(
                f"export_onnx: the exporter folded the parameter {tensor.names[0]} into others, so that the file does not have it. "
                'Try exporter="dynamo" or exporter="torchscript".'
            )
        name, *ties = tensor.names
        entry: Dict[str, Any] = {"name": name, "shape": list(tensor.value.shape), "requiresGrad": bool(tensor.value.requires_grad)}
        if held is not None:
            entry.update(held)
            known.add(held["initialiser"])
        if ties:
            entry["ties"] = ties
        if id(tensor.value) in padding:
            entry["frozenRows"] = padding[id(tensor.value)]
        parameters.append(entry)
    buffers = []
    for tensor in _tensors(model, "_buffers"):
        name = next((prefix + each for each in tensor.names if prefix + each in file.initialisers), None)
        entry = {"name": tensor.names[0], "shape": list(tensor.value.shape)}
        buffers.append(entry if name is None or name in known else {**entry, "initialiser": name})
    return {"version": 1, **settings, "parameters": parameters, "buffers": buffers, "norms": _norms(model, torch)}


def _held_by(tensor: _Tensor, file: OnnxFile, prefix: str) -> Optional[Dict[str, Any]]:
    """By name; else by its elements, as they are or transposed, where only one unnamed initialiser has them."""
    names = [prefix + name for name in tensor.names]
    for name in names:
        if name in file.initialisers and file.initialisers[name].dims == tuple(tensor.value.shape):
            return {"initialiser": name}
        if name in file.aliases:
            return {"initialiser": name}
    array = tensor.value.detach().cpu().numpy()
    layouts = [(array.tobytes(), array.shape, False)]
    if array.ndim >= 2:
        turned = array.swapaxes(-1, -2)
        layouts.append((turned.tobytes(), turned.shape, True))
    for data, shape, transposed in layouts:
        alike = [each for each in file.initialisers.values() if each.dims == tuple(shape) and each.data == data]
        if len(alike) == 1 and not alike[0].name.startswith(prefix):
            return {"initialiser": alike[0].name, **({"transposed": True} if transposed else {})}
    return None


def _padding_rows(model: Any, torch: Any) -> Dict[int, List[int]]:
    rows: Dict[int, List[int]] = {}
    for _, module in _modules(model):
        if isinstance(module, (torch.nn.Embedding, torch.nn.EmbeddingBag)) and module.padding_idx is not None:
            index = int(module.padding_idx)
            rows[id(module.weight)] = [index if index >= 0 else index + module.num_embeddings]
    return rows


def norm_modules(model: Any, torch: Any) -> List[Tuple[str, Any]]:
    """Those that normalise by the statistics of a batch or by running ones."""
    base = torch.nn.modules.batchnorm._NormBase
    return [(name, module) for name, module in _modules(model) if isinstance(module, base)]


def _norms(model: Any, torch: Any) -> List[Dict[str, Any]]:
    norms = []
    for name, module in norm_modules(model, torch):
        entry: Dict[str, Any] = {"name": name, "kind": type(module).__name__}
        if "BatchNorm" in entry["kind"]:
            uses_batch = module.training or (module.running_mean is None and module.running_var is None)
            entry["mode"] = "batch" if uses_batch else "running"
            if hasattr(module, "ritz_untracked"):
                entry["tracked"] = False
        norms.append(entry)
    others = (torch.nn.LayerNorm, torch.nn.GroupNorm)
    return norms + [
        {"name": name, "kind": type(module).__name__} for name, module in _modules(model) if isinstance(module, others)
    ]
