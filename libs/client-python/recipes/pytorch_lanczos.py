"""PyTorch: trains a small net and records its loss, its Hessian spectra and the gradient's share in the top eigenspace.

    RITZ_URL=http://127.0.0.1:4000 python pytorch_lanczos.py

Hessian-vector products are exact (Pearlmutter 1994); Lanczos orthogonalises against its whole basis. Put your own model, loss and
data in their place: `hessian_product` takes any module whose forward has no side effects.
"""

import time

import torch

import ritz

try:
    from torch.func import functional_call, grad, vjp
except ImportError:  # PyTorch 1.13
    from functorch import grad, vjp
    from torch.nn.utils.stateless import functional_call


def hessian_product(model, loss, inputs, targets):
    """(flat gradient, v -> H v) of the mean loss at the model's parameters, both as flat vectors of length n."""
    names = [name for name, _ in model.named_parameters()]
    shapes = [parameter.shape for parameter in model.parameters()]
    sizes = [shape.numel() for shape in shapes]
    point = torch.cat([parameter.detach().reshape(-1) for parameter in model.parameters()])

    def value(flat):
        parts = [part.reshape(shape) for part, shape in zip(flat.split(sizes), shapes)]
        return loss(functional_call(model, dict(zip(names, parts)), (inputs,)), targets)

    # H is symmetric, so that pulling a vector back through the gradient is H v; what that needs is computed once.
    gradient, pull_back = vjp(grad(value), point)
    return gradient, lambda vector: pull_back(vector)[0]


def lanczos(product, start, steps):
    """alpha [m], beta [m] (the last is the norm of the residual) and the basis [m, n]; fewer in an invariant subspace."""
    basis = [start / start.norm()]
    alpha, beta = [], []
    for _ in range(steps):
        vector = product(basis[-1])
        alpha.append(float(vector @ basis[-1]))
        span = torch.stack(basis)
        for _ in range(2):  # twice is enough (Parlett 1998, §6.9)
            vector = vector - span.T @ (span @ vector)
        beta.append(float(vector.norm()))
        if len(alpha) == steps or beta[-1] <= 1e-7 * max(map(abs, alpha)):
            break
        basis.append(vector / beta[-1])
    return alpha, beta, torch.stack(basis)


def top_share(gradient, alpha, beta, basis, k):
    """|P_K g|^2 / |g|^2 for the K leading Ritz vectors of a Lanczos basis."""
    tridiagonal = torch.diag(torch.tensor(alpha, dtype=basis.dtype))
    off = torch.tensor(beta[: len(alpha) - 1], dtype=basis.dtype)
    vectors = torch.linalg.eigh(tridiagonal + torch.diag(off, 1) + torch.diag(off, -1)).eigenvectors
    leading = vectors[:, -k:].T @ basis
    return float((leading @ gradient).square().sum() / gradient.square().sum())


def measure(run, step, model, loss, inputs, targets, lanczos_steps=20, probes=4, classes=3, seed=0):
    """Logs the spectrum of the Hessian at this step, and the gradient's overlap with its K = classes leading Ritz vectors."""
    began = time.perf_counter()
    generator = torch.Generator().manual_seed(seed)
    gradient, product = hessian_product(model, loss, inputs, targets)
    starts = [torch.randn(gradient.numel(), generator=generator, dtype=gradient.dtype) for _ in range(probes)]
    measured = [lanczos(product, start, lanczos_steps) for start in starts]
    run.log_lanczos(
        step,
        [alpha for alpha, _, _ in measured],
        [beta for _, beta, _ in measured],
        lanczos_steps=lanczos_steps,
        precision="float64" if gradient.dtype == torch.float64 else "float32",
        seed=seed,
        seconds=time.perf_counter() - began,
        engine=f"pytorch-{torch.__version__}",
    )
    run.log_gradient_overlap(step, k=classes, fraction=top_share(gradient, *measured[0], k=classes))


def problem(seed=0):
    """A net of 63 parameters and three clouds of points."""
    torch.manual_seed(seed)
    labels = torch.arange(96) % 3
    centres = torch.randn(3, 4, dtype=torch.float64)
    inputs = centres[labels] + 0.5 * torch.randn(96, 4, dtype=torch.float64)
    model = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 3)).double()
    return model, torch.nn.functional.cross_entropy, inputs, labels


def train(steps=60, every=20, learning_rate=0.2, name="PyTorch, three clouds"):
    model, loss, inputs, labels = problem()
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    with ritz.init(
        name,
        architecture="mlp-4-6-3",
        dataset="three clouds",
        optimiser="sgd(momentum=0.9)",
        learning_rate=learning_rate,
        classes=3,
        parameter_count=sum(parameter.numel() for parameter in model.parameters()),
        data_size=len(inputs),
        planned_steps=steps,
        engine=f"pytorch-{torch.__version__}",
    ) as run:
        for step in range(steps + 1):
            outputs = model(inputs)
            value = loss(outputs, labels)
            run.log_step(step, train_loss=value, train_accuracy=(outputs.argmax(1) == labels).double().mean())
            if step % every == 0:
                measure(run, step, model, loss, inputs, labels)
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
    return run


if __name__ == "__main__":
    print(train().id)
