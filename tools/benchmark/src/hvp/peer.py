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

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from torch_resnet20 import resnet20

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


def resnet(p, buffers, x):
    def normalise(name, y):
        scale, shift = p[f"{name}.scale"], p[f"{name}.shift"]
        if case["batchNorm"] == "batch":
            return F.batch_norm(y, None, None, scale, shift, training=True)
        return F.batch_norm(y, buffers[f"{name}.mean"], buffers[f"{name}.variance"], scale, shift, training=False)

    return resnet20(p, x, normalise)


net = {"mlp": mlp, "conv": conv}.get(case["net"], resnet)
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
until = time.perf_counter() + case["minSeconds"]
while len(times) < case["repeats"] or time.perf_counter() < until:
    started = time.perf_counter()
    for v in vectors:
        product(v)
    times.append((time.perf_counter() - started) / len(vectors))
processor = (time.process_time() - used) / len(times) / len(vectors)
times.sort()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": times[len(times) // 2], "processor": processor, "preparation": preparation, "peakBytes": peak}))
