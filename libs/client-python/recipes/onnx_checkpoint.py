"""A checkpoint of PyTorch, measured by `ritz spectrum`: writes the model as ONNX and its examples as .npy, prints the command.

    npx $(python onnx_checkpoint.py exported) --push

Put your own model, `model.load_state_dict(torch.load("checkpoint.pt"))` and data in the place of `problem()`.
"""

import sys

import ritz
from pytorch_lanczos import problem


def main(directory="exported"):
    model, _, inputs, labels = problem()
    ritz.export_onnx(model.float().eval(), inputs.float(), f"{directory}/three-clouds.onnx", targets=labels)


if __name__ == "__main__":
    main(*sys.argv[1:2])
