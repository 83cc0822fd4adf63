"""The networks of the benchmark in PyTorch, on parameters with the names of @ritz/training."""

import torch
import torch.nn.functional as F

from torch_resnet20 import resnet20

heads = 4


def mlp(p, x):
    layers = sum(name.endswith(".weight") for name in p)
    for layer in range(layers):
        x = x @ p[f"dense{layer}.weight"] + p[f"dense{layer}.bias"]
        if layer < layers - 1:
            x = torch.relu(x)
    return x


def conv(p, x):
    for layer in ("conv0", "conv1"):
        x = F.max_pool2d(torch.relu(F.conv2d(x, p[f"{layer}.weight"], p[f"{layer}.bias"], padding=1)), 2)
    return x.flatten(1) @ p["dense.weight"] + p["dense.bias"]


def resnet18(p, x, normalise):
    """The ImageNet net: a 7 x 7 stem, a pool, four stages of two blocks, with 1 x 1 convolutions where a skip changes channels."""

    def layer(name, x, stride, padding):
        return normalise(f"{name}.norm", F.conv2d(x, p[f"{name}.weight"], stride=stride, padding=padding))

    x = F.max_pool2d(torch.relu(layer("stem", x, 2, 3)), 3, 2, 1)
    for stage in range(4):
        for block in range(2):
            name = f"stage{stage}.block{block}"
            stride = 2 if stage > 0 and block == 0 else 1
            y = layer(f"{name}.conv1", torch.relu(layer(f"{name}.conv0", x, stride, 1)), 1, 1)
            x = torch.relu(y + (layer(f"{name}.shortcut", x, stride, 0) if stride == 2 else x))
    return x.mean((2, 3)) @ p["classifier.weight"] + p["classifier.bias"]


def transformer(p, x):
    """An encoder over patches that normalises first; attention is written out, as double backward needs it."""

    def dense(name, x):
        return x @ p[f"{name}.weight"] + p[f"{name}.bias"]

    def norm(name, x):
        return F.layer_norm(x, x.shape[-1:], p[f"{name}.scale"], p[f"{name}.shift"])

    def attention(name, x):
        q, k, v = (dense(f"{name}.{part}", x).unflatten(-1, (heads, -1)).transpose(-3, -2) for part in ("query", "key", "value"))
        weights = torch.softmax(q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5, -1)
        return dense(f"{name}.output", (weights @ v).transpose(-3, -2).flatten(-2))

    kernel = p["embedding.weight"]
    patches = F.conv2d(x, kernel, p["embedding.bias"], stride=kernel.shape[-1])
    x = patches.flatten(2).transpose(1, 2) + p["position"]
    for block in range(sum(name.endswith(".widen.weight") for name in p)):
        name = f"block{block}"
        x = x + attention(name, norm(f"{name}.norm0", x))
        x = x + dense(f"{name}.narrow", F.gelu(dense(f"{name}.widen", norm(f"{name}.norm1", x))))
    return dense("classifier", norm("norm", x).mean(1))


def network(case):
    """Logits of (parameters, buffers, inputs) for the net of a case."""

    def normaliser(p, buffers):
        def normalise(name, y):
            scale, shift = p[f"{name}.scale"], p[f"{name}.shift"]
            if case["batchNorm"] == "minibatch":
                return F.batch_norm(y, None, None, scale, shift, training=True)
            return F.batch_norm(y, buffers[f"{name}.mean"], buffers[f"{name}.variance"], scale, shift, training=False)

        return normalise

    name = case["net"].split("-")[0]
    plain = {"mlp": mlp, "conv": conv, "transformer": transformer}
    if name in plain:
        return lambda p, buffers, x: plain[name](p, x)
    net = {"resnet20": resnet20, "resnet18": resnet18}[name]
    return lambda p, buffers, x: net(p, x, normaliser(p, buffers))
