"""The networks of the benchmark in JAX, on parameters with the names of @ritz/training."""

import functools

import jax
import jax.numpy as jnp
from jax import lax

heads = 4
epsilon = 1e-5


def conv2d(x, kernel, stride=1, padding=0):
    return lax.conv_general_dilated(
        x, kernel, (stride, stride), [(padding, padding)] * 2, dimension_numbers=("NCHW", "OIHW", "NCHW")
    )


def max_pool(x, size, stride, padding=0):
    """As a maximum of shifted images, which JAX differentiates twice and batches."""
    x = jnp.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-jnp.inf)
    height, width = ((length - size) // stride + 1 for length in x.shape[2:])
    rows, columns = stride * (height - 1) + 1, stride * (width - 1) + 1
    shifted = (x[:, :, i : i + rows : stride, j : j + columns : stride] for i in range(size) for j in range(size))
    return functools.reduce(jnp.maximum, shifted)


def mlp(p, x):
    layers = sum(name.endswith(".weight") for name in p)
    for layer in range(layers):
        x = x @ p[f"dense{layer}.weight"] + p[f"dense{layer}.bias"]
        if layer < layers - 1:
            x = jax.nn.relu(x)
    return x


def conv(p, x):
    for layer in ("conv0", "conv1"):
        bias = p[f"{layer}.bias"][:, None, None]
        x = max_pool(jax.nn.relu(conv2d(x, p[f"{layer}.weight"], padding=1) + bias), 2, 2)
    return x.reshape(len(x), -1) @ p["dense.weight"] + p["dense.bias"]


def resnet20(p, x, normalise):
    def layer(name, x, stride=1):
        return normalise(f"{name}.norm", conv2d(x, p[f"{name}.weight"], stride, 1))

    x = jax.nn.relu(layer("stem", x))
    for stage in range(3):
        for block in range(3):
            name = f"stage{stage}.block{block}"
            stride = 2 if stage > 0 and block == 0 else 1
            y = layer(f"{name}.conv1", jax.nn.relu(layer(f"{name}.conv0", x, stride)))
            if stride == 2:
                extra = (y.shape[1] - x.shape[1]) // 2
                x = jnp.pad(x[:, :, ::2, ::2], ((0, 0), (extra, extra), (0, 0), (0, 0)))
            x = jax.nn.relu(x + y)
    return x.mean((2, 3)) @ p["classifier.weight"] + p["classifier.bias"]


def resnet18(p, x, normalise):
    """The ImageNet net: a 7 x 7 stem, a pool, four stages of two blocks, with 1 x 1 convolutions where a skip changes channels."""

    def layer(name, x, stride, padding):
        return normalise(f"{name}.norm", conv2d(x, p[f"{name}.weight"], stride, padding))

    x = max_pool(jax.nn.relu(layer("stem", x, 2, 3)), 3, 2, 1)
    for stage in range(4):
        for block in range(2):
            name = f"stage{stage}.block{block}"
            stride = 2 if stage > 0 and block == 0 else 1
            y = layer(f"{name}.conv1", jax.nn.relu(layer(f"{name}.conv0", x, stride, 1)), 1, 1)
            x = jax.nn.relu(y + (layer(f"{name}.shortcut", x, stride, 0) if stride == 2 else x))
    return x.mean((2, 3)) @ p["classifier.weight"] + p["classifier.bias"]


def transformer(p, x):
    """An encoder over patches that normalises first."""

    def dense(name, x):
        return x @ p[f"{name}.weight"] + p[f"{name}.bias"]

    def norm(name, x):
        centred = x - x.mean(-1, keepdims=True)
        scale = lax.rsqrt((centred**2).mean(-1, keepdims=True) + epsilon)
        return centred * scale * p[f"{name}.scale"] + p[f"{name}.shift"]

    def attention(name, x):
        q, k, v = (
            dense(f"{name}.{part}", x).reshape(*x.shape[:2], heads, -1).swapaxes(1, 2) for part in ("query", "key", "value")
        )
        weights = jax.nn.softmax(q @ k.swapaxes(-1, -2) / q.shape[-1] ** 0.5, -1)
        return dense(f"{name}.output", (weights @ v).swapaxes(1, 2).reshape(x.shape))

    kernel = p["embedding.weight"]
    patches = conv2d(x, kernel, kernel.shape[-1]) + p["embedding.bias"][:, None, None]
    x = patches.reshape(*patches.shape[:2], -1).swapaxes(1, 2) + p["position"]
    for block in range(sum(name.endswith(".widen.weight") for name in p)):
        name = f"block{block}"
        x = x + attention(name, norm(f"{name}.norm0", x))
        wide = jax.nn.gelu(dense(f"{name}.widen", norm(f"{name}.norm1", x)), approximate=False)
        x = x + dense(f"{name}.narrow", wide)
    return dense("classifier", norm("norm", x).mean(1))


def network(case):
    """Logits of (parameters, buffers, inputs) for the net of a case."""

    def normaliser(p, buffers):
        def normalise(name, y):
            if case["batchNorm"] == "minibatch":
                mean, variance = y.mean((0, 2, 3)), y.var((0, 2, 3))
            else:
                mean, variance = buffers[f"{name}.mean"], buffers[f"{name}.variance"]
            scale = p[f"{name}.scale"] * lax.rsqrt(variance + epsilon)
            return y * scale[:, None, None] + (p[f"{name}.shift"] - mean * scale)[:, None, None]

        return normalise

    name = case["net"].split("-")[0]
    plain = {"mlp": mlp, "conv": conv, "transformer": transformer}
    if name in plain:
        return lambda p, buffers, x: plain[name](p, x)
    net = {"resnet20": resnet20, "resnet18": resnet18}[name]
    return lambda p, buffers, x: net(p, x, normaliser(p, buffers))
