"""A network of PyTorch for `ritz spectrum`: as ONNX, with its examples, and what its parameters are."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import importlib
import inspect
import json
import re
import shlex
import warnings
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from .errors import RitzError
from .network import KEY, describe_network, norm_modules, parameters_of
from .onnx_file import OnnxFile, add_metadata, read_onnx
from .torch_loss import Loss, class_axis, evaluate, loss_named, OF_CLASSES
from .values import PathLike

LossFunction = Callable[[Any, Any], Any]
_PREFIX = "network."
_OUTPUT = "output"
_TARGETS = "targets"


def export_onnx(
    model: Any,
    inputs: Any,
    path: PathLike,
    *,
    targets: Any = None,
    loss: Union[str, LossFunction] = "cross-entropy",
    reduction: str = "mean",
    label_smoothing: float = 0.0,
    ignore_index: int = -100,
    class_weights: Optional[Sequence[float]] = None,
    class_axis: Optional[int] = None,
    delta: float = 1.0,
    output: Union[None, int, str] = None,
    batch_norm: Optional[str] = None,
    parametrizations: str = "keep",
    exporter: str = "auto",
) -> List[str]:
    """Writes a PyTorch model with its examples; prints and returns the command that measures its spectrum.

    inputs: a tensor [N, ...], a tuple of them, or a dict of them by the names of `forward`. targets: labels, or numbers of the
    shape of the outputs. loss: one of `ritz spectrum --loss` with the settings that follow, or any function of outputs and
    targets, which becomes part of the graph. output: the name or position of the output that the loss is of, where the model
    gives several. batch_norm: "batch" or "running"; left out, the mode that each module is in. parametrizations: "keep", so
    that weight norm's own parameters are those of the spectrum, or "remove". exporter: "torchscript", "dynamo", or "auto".

    Beside <path> it writes <path>-<input>.npy and <path>-targets.npy. Nothing is folded; dropout is off; frozen parameters
    (requires_grad), padding rows and ties are written down in the file, with the loss and the gradient's norm, which
    `ritz spectrum` compares with its own. The model is not changed. Raises RitzError. Needs torch 1.13 or later and numpy; from
    torch 2 on also the onnx package.
    """
    torch, numpy = _modules()
    settings = {"reduction": reduction, "label_smoothing": label_smoothing, "ignore_index": ignore_index}
    settings.update(class_weights=class_weights, class_axis=class_axis, delta=delta)
    chosen = loss_named(loss, **settings) if isinstance(loss, str) else None
    if chosen is None and targets is None:
        raise RitzError("targets: expected those that the loss function takes, got None.")
    arrays = _named_inputs(model, inputs, torch)
    count = _count_examples(arrays, targets)
    network = _prepared(model, batch_norm, parametrizations, torch)
    if chosen is None:
        arrays = {**arrays, _TARGETS: targets}
    wrapped = _wrapped(network, list(arrays), output, None if chosen else loss, _is_named(inputs), torch)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    values = _outputs_of(wrapped, arrays, torch)
    if chosen is not None and targets is not None:
        chosen = _settled(chosen, values, targets)
    check, used = _check(wrapped, chosen, arrays, targets, torch)
    used_exporter = _export(wrapped, arrays, target, exporter, torch, lambda: _compare_outputs(target, arrays, values, numpy))
    file = read_onnx(target)
    fed = [name for name in file.inputs if name in file.read]
    described: Dict[str, Any] = {"pytorch": str(torch.__version__), "exporter": used_exporter}
    metadata = describe_network(network, file, _PREFIX, used, described, torch)
    metadata["loss"] = chosen.metadata() if chosen else {"kind": "output"}
    files = _save_arrays(target, {name: arrays[name] for name in fed if name in arrays}, numpy)
    labels = None
    if chosen is not None and targets is not None:
        labels = str(_save(target, _TARGETS, targets, numpy))
    if check is not None:
        digest = _digest([arrays[name] for name in fed] + ([targets] if labels is not None else []), numpy)
        metadata["check"] = {**check, "examples": count, "digest": digest}
    add_metadata(target, KEY, json.dumps(metadata))
    command = _command(target, files, labels, chosen)
    print(shlex.join(command))
    return command


def _modules() -> Tuple[Any, Any]:
    try:
        return importlib.import_module("torch"), importlib.import_module("numpy")
    except ImportError as error:
        raise RitzError(f"export_onnx needs torch and numpy ({error}). `pip install torch numpy onnx` brings them.") from None


def _is_named(inputs: Any) -> bool:
    return isinstance(inputs, Mapping)


def _named_inputs(model: Any, inputs: Any, torch: Any) -> Dict[str, Any]:
    """By the names of `forward`."""
    if _is_named(inputs):
        named = dict(inputs)
    else:
        given = list(inputs) if isinstance(inputs, (tuple, list)) else [inputs]
        try:
            names = [name for name, kind in inspect.signature(model.forward).parameters.items() if kind.kind in (0, 1)]
        except (TypeError, ValueError):
            names = []
        named = {names[at] if at < len(names) else f"input{at}": value for at, value in enumerate(given)}
    wrong = next((name for name, value in named.items() if not torch.is_tensor(value)), None)
    if not named or wrong is not None:
        given_type = type(named[wrong]).__name__ if wrong is not None else "nothing"
        raise RitzError(f"inputs: expected tensors [N, ...], got {given_type}. Leave out what is no tensor, or fix it in the model.")
    if _TARGETS in named or _OUTPUT in named:
        raise RitzError(f'inputs: the names "{_TARGETS}" and "{_OUTPUT}" are taken. Call the argument of forward otherwise.')
    return {name: value.detach() for name, value in named.items()}


def _count_examples(arrays: Mapping[str, Any], targets: Any) -> int:
    sizes = {name: len(value) if value.dim() else 0 for name, value in arrays.items()}
    if targets is not None:
        sizes[_TARGETS] = len(targets)
    counts = set(sizes.values())
    if len(counts) == 1 and 0 not in counts:
        return counts.pop()
    raise RitzError(f"export_onnx: expected as many examples in each, at least one, got {sizes}.")


def _prepared(model: Any, batch_norm: Optional[str], parametrizations: str, torch: Any) -> Any:
    """A copy with dropout off, its norms in the mode asked for."""
    modes = {"batch": True, "running": False}
    if batch_norm is not None and batch_norm not in modes:
        raise RitzError(f'batch_norm: expected "batch" or "running", got {batch_norm!r}.')
    if parametrizations not in ("keep", "remove"):
        raise RitzError(f'parametrizations: expected "keep" or "remove", got {parametrizations!r}.')
    network = _copied(model, torch).cpu()
    training = {name: module.training for name, module in norm_modules(network, torch)}
    network.eval()
    for name, module in norm_modules(network, torch):
        module.train(training[name] if batch_norm is None else modes[batch_norm])
        if "BatchNorm" in type(module).__name__ and module.running_mean is None:
            _give_statistics(module, torch)
    if parametrizations == "remove":
        _remove_parametrizations(network, torch)
    return network


def _give_statistics(norm: Any, torch: Any) -> None:
    """A norm that keeps none normalises by those of the batch in every mode; exporters want some to be there."""
    norm.train()
    norm.track_running_stats = True
    norm.ritz_untracked = True
    norm.running_mean = torch.zeros(norm.num_features)
    norm.running_var = torch.ones(norm.num_features)


def _copied(model: Any, torch: Any) -> Any:
    """Also where modules keep a tensor that is computed from parameters, as weight norm does: it is computed again."""
    computed = [value for module in model.modules() for value in vars(module).values() if torch.is_tensor(value)]
    return copy.deepcopy(model, {id(value): value.detach().clone() for value in computed if not value.is_leaf})


def _remove_parametrizations(network: Any, torch: Any) -> None:
    for module in list(network.modules()):
        if hasattr(torch.nn.utils, "parametrize") and torch.nn.utils.parametrize.is_parametrized(module):
            for name in list(module.parametrizations):
                torch.nn.utils.parametrize.remove_parametrizations(module, name, leave_parametrized=True)
        for hook in list(module._forward_pre_hooks.values()):
            if type(hook).__name__ == "WeightNorm":
                torch.nn.utils.remove_weight_norm(module, hook.name)


def _wrapped(network: Any, names: List[str], output: Any, loss: Any, by_name: bool, torch: Any) -> Any:
    """One output; the exporters keep equal parameters apart where the module that they are given is in training mode."""

    class Network(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, *values: Any) -> Any:
            own = values[:-1] if loss is not None else values
            result = self.network(**dict(zip(names, own))) if by_name else self.network(*own)
            chosen = _chosen_output(result, output, torch)
            return chosen if loss is None else loss(chosen, values[-1])

    wrapped = Network()
    wrapped.training = True
    return wrapped


def _chosen_output(result: Any, output: Any, torch: Any) -> Any:
    """Raises RitzError where there are several and none is named."""
    if torch.is_tensor(result):
        return result
    named = dict(result) if isinstance(result, Mapping) else dict(enumerate(result))
    tensors = {name: value for name, value in named.items() if torch.is_tensor(value)}
    if output is None and len(tensors) == 1:
        return next(iter(tensors.values()))
    if output in tensors:
        return tensors[output]
    given = "none" if output is None else repr(output)
    raise RitzError(f"output: expected the output that the loss is of, one of {', '.join(map(repr, tensors))}; got {given}.")


@contextlib.contextmanager
def _preserving(network: Any) -> Iterator[None]:
    """Batch norm in batch mode changes its statistics whenever it runs."""
    state = {name: value.clone() for name, value in network.named_buffers()}
    try:
        yield
    finally:
        for name, value in network.named_buffers():
            value.copy_(state[name])


def _outputs_of(wrapped: Any, arrays: Mapping[str, Any], torch: Any) -> Any:
    with _preserving(wrapped), torch.no_grad():
        return wrapped(*arrays.values())


def _settled(loss: Loss, outputs: Any, targets: Any) -> Loss:
    """With the class axis where the shapes of larger outputs do not leave it open to one reading alone."""
    if loss.kind not in OF_CLASSES or outputs.dim() <= 2:
        return loss
    axis = class_axis(outputs.shape, targets.shape, targets.is_floating_point(), loss.class_axis)
    return loss if loss.class_axis is not None else Loss(**{**loss.__dict__, "class_axis": axis})


def _check(
    wrapped: Any, loss: Optional[Loss], arrays: Mapping[str, Any], targets: Any, torch: Any
) -> Tuple[Optional[Dict[str, Any]], List[str]]:
    """Loss and norm of the gradient, in float64 where the model computes in it; and which parameters have a gradient."""
    if targets is None:
        return None, []
    for dtype in (torch.float64, torch.float32):
        twin = _copied(wrapped, torch).to(dtype)
        fed = [value.to(dtype) if value.is_floating_point() else value for value in arrays.values()]
        tensors = [(tensor.names[0], tensor.value) for tensor in parameters_of(twin.network) if tensor.value.requires_grad]
        try:
            result = twin(*fed)
            value = result.mean() if loss is None else evaluate(torch, loss, result, targets)
            gradients = torch.autograd.grad(value, [value for _, value in tensors], allow_unused=True)
        except RuntimeError:
            if dtype == torch.float32:
                raise
            continue
        square = sum(float((part.double() ** 2).sum()) for part in gradients if part is not None)
        used = [name for (name, _), part in zip(tensors, gradients) if part is not None and bool((part != 0).any())]
        precision = "float64" if dtype == torch.float64 else "float32"
        return {"loss": float(value), "gradientNorm": square**0.5, "precision": precision}, used
    return None, []


def _export(
    wrapped: Any, arrays: Mapping[str, Any], target: Path, exporter: str, torch: Any, compare: Callable[[], None]
) -> str:
    """Returns which exporter wrote it. Raises RitzError with what each said, or what the comparison of its file did."""
    version = tuple(int(part) for part in re.findall(r"\d+", str(torch.__version__))[:2])
    known: Dict[str, Callable[[], None]] = {"torchscript": lambda: _by_torchscript(wrapped, arrays, target, version, torch)}
    if version >= (2, 5):
        known["dynamo"] = lambda: _by_dynamo(wrapped, arrays, target, torch)
    if exporter != "auto" and exporter not in known:
        raise RitzError(f"exporter: expected auto, {', '.join(known)} (with torch {torch.__version__}), got {exporter!r}.")
    failures = []
    for name in known if exporter == "auto" else [exporter]:
        try:
            with _preserving(wrapped), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                known[name]()
            compare()
            return name
        except Exception as error:  # exporters raise errors of every class
            failures.append(f"{name}: {str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__}")
    raise RitzError(f"export_onnx: PyTorch cannot export this model ({'; '.join(failures)}).")


def _examples(arrays: Mapping[str, Any]) -> Tuple[Any, ...]:
    """Two of them: a batch of one is taken for a fixed length."""
    return tuple(value[:2] if len(value) > 1 else value.repeat(2, *[1] * (value.dim() - 1)) for value in arrays.values())


def _by_torchscript(wrapped: Any, arrays: Mapping[str, Any], target: Path, version: Tuple[int, ...], torch: Any) -> None:
    options: Dict[str, Any] = {"dynamo": False} if version >= (2, 5) else {}
    torch.onnx.export(
        wrapped,
        _examples(arrays),
        str(target),
        input_names=list(arrays),
        output_names=[_OUTPUT],
        dynamic_axes={name: {0: "batch"} for name in arrays},
        opset_version=17 if version >= (2, 0) else 14,
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        **options,
    )


def _by_dynamo(wrapped: Any, arrays: Mapping[str, Any], target: Path, torch: Any) -> None:
    batch = torch.export.Dim("batch")
    torch.onnx.export(
        wrapped,
        _examples(arrays),
        str(target),
        input_names=list(arrays),
        output_names=[_OUTPUT],
        dynamic_shapes=(tuple({0: batch} for _ in arrays),),
        dynamo=True,
        optimize=False,
        external_data=False,
        verbose=False,
    )


def _save(target: Path, name: str, value: Any, numpy: Any) -> Path:
    file = target.with_name(f"{target.stem}-{name}.npy")
    numpy.save(file, value.detach().cpu().numpy())
    return file


def _save_arrays(target: Path, arrays: Mapping[str, Any], numpy: Any) -> Dict[str, str]:
    return {name: str(_save(target, name, value, numpy)) for name, value in arrays.items()}


def _digest(values: Sequence[Any], numpy: Any) -> str:
    """SHA-256 of all elements as float64, little-endian: the same whatever type an array is stored in."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(numpy.ascontiguousarray(value.detach().cpu().numpy(), dtype="<f8").tobytes())
    return digest.hexdigest()


def _compare_outputs(target: Path, arrays: Mapping[str, Any], expected: Any, numpy: Any) -> None:
    """With ONNX Runtime, where it can be imported. Raises RitzError where the file computes something else."""
    try:
        runtime = importlib.import_module("onnxruntime")
    except ImportError:
        return
    session = runtime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    fed = [entry.name for entry in session.get_inputs()]
    [found, *_] = session.run([_OUTPUT], {name: arrays[name].cpu().numpy() for name in fed})
    wanted = expected.detach().cpu().numpy()
    scale = max(1.0, float(numpy.abs(wanted).max()))
    if found.shape != wanted.shape or not numpy.abs(found - wanted).max() <= 1e-3 * scale:
        difference = float(numpy.abs(found - wanted).max()) if found.shape == wanted.shape else f"shape {found.shape}"
        raise RitzError(
            f"its file computes other outputs than the model, by {difference}"
        )


def _command(target: Path, files: Mapping[str, str], labels: Optional[str], loss: Optional[Loss]) -> List[str]:
    command = ["ritz", "spectrum", "--model", str(target)]
    for at, (name, file) in enumerate(files.items()):
        command += ["--data", file] if at == 0 else ["--input", f"{name}={file}"]
    if labels is not None:
        command += ["--labels", labels]
    return command + (loss.options() if loss else ["--loss", "output"])
