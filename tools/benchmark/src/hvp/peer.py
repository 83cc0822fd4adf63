"""PyTorch's side of one case: peer.py <directory> <reused|rebuilt|func>. Prints {"seconds", "processor", "preparation", "peakBytes"}.

reused:  the graph of the gradient is built once and kept, one backward pass per vector (PyHessian on one batch)
rebuilt: the graph is built anew for every vector (PyHessian with a data loader)
func:    torch.func, forward over reverse: jvp of grad
"""

import json
import pathlib
import resource
import sys
import time

import numpy
import torch
import torch.nn.functional as F

directory = pathlib.Path(sys.argv[1])
mode = sys.argv[2]
case = json.loads((directory / "case.json").read_text())
torch.set_num_threads(case["threads"])


def floats(name):
    return torch.from_numpy(numpy.fromfile(directory / f"{name}.bin", dtype="<f4"))


def split(vector, tensors):
    parts = vector.split([int(numpy.prod(t["shape"])) for t in tensors])
    return {t["name"]: part.reshape(t["shape"]) for t, part in zip(tensors, parts)}


def mlp(p, buffers, x):
    hidden = torch.relu(x @ p["dense0.weight"] + p["dense0.bias"])
    return hidden @ p["dense1.weight"] + p["dense1.bias"]


def conv(p, buffers, x):
    for layer in ("conv0", "conv1"):
        x = F.max_pool2d(torch.relu(F.conv2d(x, p[f"{layer}.weight"], p[f"{layer}.bias"], padding=1)), 2)
    return x.flatten(1) @ p["dense.weight"] + p["dense.bias"]


def resnet20(p, buffers, x):
    def layer(name, x, stride=1):
        y = F.conv2d(x, p[f"{name}.weight"], stride=stride, padding=1)
        norm = f"{name}.norm"
        if case["batchNorm"] == "batch":
            return F.batch_norm(y, None, None, p[f"{norm}.scale"], p[f"{norm}.shift"], training=True)
        mean, variance = buffers[f"{norm}.mean"], buffers[f"{norm}.variance"]
        return F.batch_norm(y, mean, variance, p[f"{norm}.scale"], p[f"{norm}.shift"], training=False)

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


net = {"mlp": mlp, "conv": conv}.get(case["net"], resnet20)
flat = floats("parameters")
buffers = split(floats("buffers"), case["buffers"])
x = floats("inputs").reshape([case["examples"], *case["inputShape"]])
targets = torch.from_numpy(numpy.fromfile(directory / "targets.bin", dtype="<i4")).long()
vectors = floats("vectors").reshape(case["vectors"], -1)
parameters = {name: t.clone().requires_grad_() for name, t in split(flat, case["parameters"]).items()}
leaves = list(parameters.values())


def loss(p):
    return F.cross_entropy(net(p, buffers, x), targets)


def gradient():
    return torch.autograd.grad(loss(parameters), leaves, create_graph=True)


kept = gradient() if mode == "reused" else None


def product(v):
    tangent = split(v, case["parameters"])
    if mode == "func":
        fixed = {name: t.detach() for name, t in parameters.items()}
        result = list(torch.func.jvp(torch.func.grad(loss), (fixed,), (tangent,))[1].values())
    else:
        gradients = gradient() if kept is None else kept
        result = torch.autograd.grad(gradients, leaves, list(tangent.values()), retain_graph=kept is not None)
    return torch.cat([r.reshape(-1) for r in result])


started = time.perf_counter()
products = torch.stack([product(v) for v in vectors])
preparation = time.perf_counter() - started
products.numpy().astype("<f4").tofile(directory / f"{mode}.bin")
times = []
used = time.process_time()
for _ in range(case["repeats"]):
    started = time.perf_counter()
    for v in vectors:
        product(v)
    times.append((time.perf_counter() - started) / len(vectors))
processor = (time.process_time() - used) / case["repeats"] / len(vectors)
times.sort()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": times[len(times) // 2], "processor": processor, "preparation": preparation, "peakBytes": peak}))
