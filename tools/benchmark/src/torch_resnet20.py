"""ResNet-20 for images of 32 x 32 in PyTorch, with the parameters' names of @ritz/training."""

import torch
import torch.nn.functional as F


def resnet20(p, x, normalise):
    """Logits [N, classes] of x [N, 3, 32, 32]; normalise(name, y) is the batch norm of that name without its activation."""

    def layer(name, x, stride=1):
        return normalise(f"{name}.norm", F.conv2d(x, p[f"{name}.weight"], stride=stride, padding=1))

    x = torch.relu(layer("stem", x))
    for stage in range(3):
        for block in range(3):
            name = f"stage{stage}.block{block}"
            stride = 2 if stage > 0 and block == 0 else 1
            y = layer(f"{name}.conv1", torch.relu(layer(f"{name}.conv0", x, stride)))
            if stride == 2:
                extra = (y.shape[1] - x.shape[1]) // 2
                x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, extra, extra))
            x = torch.relu(x + y)
    return x.mean((2, 3)) @ p["classifier.weight"] + p["classifier.bias"]
