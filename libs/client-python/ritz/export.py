"""A checkpoint of PyTorch for `ritz spectrum`."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any, Dict, List

from .errors import RitzError
from .values import PathLike


def export_onnx(model: Any, inputs: Any, targets: Any, directory: PathLike = ".", name: str = "model") -> List[str]:
    """Writes a PyTorch model and its examples for `ritz spectrum`; returns the command that measures them.

    inputs: tensor [N, ...]; targets: class indices [N], or a tensor of the shape of the outputs for a squared error. Writes
    <name>.onnx, <name>-inputs.npy and <name>-targets.npy. The model is exported in the mode it is in, batch norm unfolded, so
    that `--batch-norm running` and `batch` both work. Needs torch (2.5 or later: also onnx) and numpy.
    """
    try:
        torch: Any = importlib.import_module("torch")
        numpy: Any = importlib.import_module("numpy")
    except ImportError as error:
        raise RitzError(f"export_onnx needs torch and numpy ({error}). `pip install torch numpy onnx` brings them.") from None
    if len(inputs) < 1 or len(inputs) != len(targets):
        raise RitzError(f"export_onnx: got {len(inputs)} inputs and {len(targets)} targets; as many, at least one, are expected.")
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}{ending}" for ending in (".onnx", "-inputs.npy", "-targets.npy")]
    options: Dict[str, Any] = {
        "input_names": ["input"],
        "output_names": ["output"],
        "dynamic_axes": {"input": {0: "batch"}},
        "opset_version": 14,
        "training": torch.onnx.TrainingMode.PRESERVE,
        "do_constant_folding": False,
    }
    version = tuple(int(part) for part in re.findall(r"\d+", str(torch.__version__))[:2])
    if version >= (2, 5):
        options["dynamo"] = False
    torch.onnx.export(model, (inputs[:2],), str(files[0]), **options)
    numpy.save(files[1], inputs.detach().cpu().numpy())
    numpy.save(files[2], targets.detach().cpu().numpy())
    loss = [] if not targets.is_floating_point() else ["--loss", "mean-squared-error"]
    return ["ritz", "spectrum", "--model", str(files[0]), "--data", str(files[1]), "--labels", str(files[2]), *loss]
