"""Spectra against dense float64 matrices: networks of every kind that people measure."""

import importlib
import tempfile
import unittest

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import ritz
import ritz.torch
try:
    from torch.func import functional_call
except ImportError:  # PyTorch 1.13
    from torch.nn.utils.stateless import functional_call
from dense import OPTIONS, assert_same_spectrum, dense_hessian, math_attention


def cross_entropy(model, batch):
    return F.cross_entropy(model(batch[0]), batch[1])


def images(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, 1, 6, 6, generator=generator).double(), torch.randint(0, 3, (count,), generator=generator)


def points(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, 4, generator=generator).double(), torch.randint(0, 3, (count,), generator=generator)


def mlp():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3)).double()


def conv_net():
    torch.manual_seed(2)
    return nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Softplus(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(12, 3)).double()


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        torch.manual_seed(3)
        self.cell, self.head = kind(2, 3, batch_first=True), nn.Linear(3, 2)

    def forward(self, x):
        return self.head(self.cell(x)[0][:, -1])


class LanguageModel(nn.Module):
    """Tied embedding and head, one block of attention, the interface of Hugging Face."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(4)
        self.embedding = nn.Embedding(7, 4)
        self.query, self.key, self.value = (nn.Linear(4, 4, bias=False) for _ in range(3))
        self.norm = nn.LayerNorm(4)
        self.head = nn.Linear(4, 7, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, input_ids, labels=None):
        x = self.embedding(input_ids)
        q, k, v = (layer(x) for layer in (self.query, self.key, self.value))
        mask = torch.ones(x.shape[1], x.shape[1]).tril().bool()
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(q[:, None], k[:, None], v[:, None], attn_mask=mask)[:, 0]
        else:
            mixed = (q @ k.transpose(1, 2) / 2).masked_fill(~mask, -torch.inf).softmax(-1) @ v
        logits = self.head(self.norm(x + mixed))
        loss = None if labels is None else F.cross_entropy(logits[:, :-1].reshape(-1, 7), labels[:, 1:].reshape(-1))
        return {"logits": logits, "loss": loss}


def tokens(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, 7, (count, 5), generator=generator)
    labels = ids.masked_fill(torch.rand(ids.shape, generator=generator) < 0.4, -100)
    return {"input_ids": ids, "labels": labels}


class AgainstDenseHessians(unittest.TestCase):
    def check(self, model, loss, batches, weights, chosen=None, matrix=None, **options):
        exact = dense_hessian(model, loss, list(zip(weights, batches)), chosen) if matrix is None else matrix
        found = ritz.torch.measure(model, loss, batches, **{**OPTIONS, "steps": len(exact), **options})
        assert_same_spectrum(self, found, exact)
        return found

    def test_mlp_with_an_unequal_last_batch(self):
        x, y = points(17)
        found = self.check(mlp(), cross_entropy, [(x[:7], y[:7]), (x[7:14], y[7:14]), (x[14:], y[14:])], [7 / 17, 7 / 17, 3 / 17])
        self.assertEqual((found.data_size, found.loss_reduction), (17, "mean"))

    def test_sum_reduction(self):
        x, y = points(17)

        def loss(model, batch):
            return F.cross_entropy(model(batch[0]), batch[1], reduction="sum")

        found = self.check(mlp(), loss, [(x[:7], y[:7]), (x[7:], y[7:])], [1, 1])
        self.assertEqual(found.loss_reduction, "sum")

    def test_float32_is_close(self):
        x, y = points(17)
        model = mlp()
        exact = dense_hessian(model, cross_entropy, [(1, (x, y))])
        found = ritz.torch.measure(model.float(), cross_entropy, (x.float(), y), probes=2, steps=30)
        self.assertLess(abs(found.lambda_max / numpy.linalg.eigvalsh(exact)[-1] - 1), 1e-4)

    def test_conv_net_with_running_statistics(self):
        x, y = images(9)
        model = conv_net()
        model(x)
        model.eval()
        self.check(model, cross_entropy, [(x[:5], y[:5]), (x[5:], y[5:])], [5 / 9, 4 / 9], batch_norm="running")

    def test_conv_net_with_batch_statistics(self):
        x, y = images(9)
        self.check(conv_net(), cross_entropy, [(x[:5], y[:5]), (x[5:], y[5:])], [5 / 9, 4 / 9], batch_norm="batch")

    def test_conv_net_with_population_statistics(self):
        x, y = images(9)
        model = conv_net()
        reference = conv_net().eval()
        with torch.no_grad():
            entering = reference[0](x)
            reference[1].running_mean.copy_(entering.mean((0, 2, 3)))
            reference[1].running_var.copy_(entering.var((0, 2, 3), unbiased=False))
        exact = dense_hessian(reference, cross_entropy, [(1, (x, y))])
        for batches in ([(x, y)], [(x[:5], y[:5]), (x[5:], y[5:])]):
            self.check(model, cross_entropy, batches, [], matrix=exact, batch_norm="population")

    def test_tied_language_model_of_dictionaries_with_ignored_tokens(self):
        batches = [tokens(3, 1), tokens(2, 2)]
        counted = [int((batch["labels"][:, 1:] != -100).sum()) for batch in batches]
        model = LanguageModel().double()
        found = self.check(
            model, lambda m, batch: m(**batch)["loss"], batches, [count / sum(counted) for count in counted]
        )
        self.assertEqual(found.parameter_count, sum(p.numel() for p in model.parameters()))
        self.assertNotEqual(counted[0] / 3, counted[1] / 2)
        self.check_fisher(model, batches, counted)

    def check_fisher(self, model, batches, counted):
        """The gradients of the examples add up to that of the loss, which averages over tokens."""
        scaled = []
        for batch in batches:
            for at in range(len(batch["labels"])):
                example = {key: value[at : at + 1] for key, value in batch.items()}
                tokens = int((example["labels"][:, 1:] != -100).sum())
                with math_attention():
                    loss = model(**example)["loss"] * tokens * 5 / sum(counted)
                    found = torch.autograd.grad(loss, list(model.parameters()))
                scaled.append(torch.cat([part.reshape(-1) for part in found]))
        rows = torch.stack(scaled).numpy()
        steps = {"matrix": "fisher", "steps": 76}
        found = ritz.torch.measure(model, lambda m, batch: m(**batch)["loss"], batches, **steps, **OPTIONS)
        assert_same_spectrum(self, found, rows.T @ rows / 5)

    def test_frozen_backbone(self):
        x, y = points(12)
        model = mlp()
        model[0].requires_grad_(False)
        found = self.check(model, cross_entropy, [(x, y)], [1])
        self.assertEqual(found.parameter_count, 18)

    def test_parametrisation(self):
        x, y = points(12)
        model = mlp()
        torch.nn.utils.parametrizations.spectral_norm(model[0])
        model.eval()
        self.check(model, cross_entropy, [(x, y)], [1])

    def test_recurrent_nets(self):
        generator = torch.Generator().manual_seed(5)
        x, y = torch.randn(6, 4, 2, generator=generator).double(), torch.randint(0, 2, (6,), generator=generator)
        for kind in (nn.RNN, nn.LSTM, nn.GRU):
            with self.subTest(kind.__name__):
                self.check(Recurrent(kind).double(), cross_entropy, [(x, y)], [1])

    def test_weight_norm(self):
        class Formula(nn.Module):
            """g v / ‖v‖ written out."""

            def __init__(self, layer, names):
                super().__init__()
                self.bias, self.head = layer[0].bias, layer[2]
                self.g, self.v = (dict(layer[0].named_parameters())[name] for name in names)

            def forward(self, x):
                weight = self.g * self.v / self.v.square().sum(1, keepdim=True).sqrt()
                return self.head(torch.tanh(x @ weight.t() + self.bias))

        x, y = points(12)
        kinds = [(nn.utils.weight_norm, ("weight_g", "weight_v"))]
        if hasattr(nn.utils.parametrizations, "weight_norm"):
            original = "parametrizations.weight.original"
            kinds.append((nn.utils.parametrizations.weight_norm, (f"{original}0", f"{original}1")))
        for normalise, names in kinds:
            with self.subTest(names):
                model = mlp()
                normalise(model[0])
                held = vars(model[0]).get("weight")
                found = self.check(model, cross_entropy, [(x, y)], [], matrix=dense_hessian(Formula(model, names), cross_entropy, [(1, (x, y))]))
                self.assertEqual(found.parameter_count, 48)
                self.assertIs(vars(model[0]).get("weight"), held)

    def test_blocks(self):
        x, y = points(12)
        model = mlp()
        batches = [(x[:5], y[:5]), (x[5:], y[5:])]
        patterns = {"head": "2.*", "rest": ["0.weight", "0.bias"]}
        names = {"layers": {"0": "0.", "2": "2."}, "tensors": {name: name for name, _ in model.named_parameters()}}
        for blocks, starts in ((patterns, {"head": "2.", "rest": "0."}), *names.items()):
            found = self.check(model, cross_entropy, batches, [5 / 12, 7 / 12], blocks=blocks, steps=43)
            self.assertEqual(list(found.blocks), list(starts))
            for block, start in starts.items():
                with self.subTest(block):
                    exact = dense_hessian(model, cross_entropy, [(1, (x, y))], lambda name: name.startswith(start))
                    assert_same_spectrum(self, found.blocks[block], exact)
                    self.assertEqual(found.blocks[block].block, block)
                    slopes = torch.autograd.grad(cross_entropy(model, (x, y)), [p for name, p in model.named_parameters() if name.startswith(start)])
                    self.assertAlmostEqual(found.blocks[block].gradient_norm, float(torch.cat([g.reshape(-1) for g in slopes]).norm()), places=12)

    def test_blocks_share_the_passes_over_the_data(self):
        from ritz.torch.curvature import Curvature

        x, y = points(12)
        asked, real = [], Curvature.apply

        def apply(operator, vectors):
            asked.append(len(vectors))
            return real(operator, vectors)

        Curvature.apply = apply
        self.addCleanup(setattr, Curvature, "apply", real)
        options = {**OPTIONS, "steps": 4, "top": 0, "gradient": False, "vectors_per_pass": 1}
        ritz.torch.measure(mlp(), cross_entropy, (x, y), **options)
        whole = len(asked)
        ritz.torch.measure(mlp(), cross_entropy, (x, y), blocks="tensors", **options)
        self.assertEqual(asked[2 * whole :], [8] * 3 + [6])  # of four tensors with two probes each; the last has 3 entries

    def test_blocks_go_on_from_what_was_saved(self):
        from ritz.torch.curvature import Curvature

        x, y = points(12)
        options = {**OPTIONS, "steps": 12, "blocks": "layers", "vectors_per_pass": 2, "top": 0}
        plain = ritz.torch.measure(mlp(), cross_entropy, (x, y), **options)
        calls, real = [], Curvature.apply

        def apply(operator, vectors):
            calls.append(len(vectors))
            if len(calls) > 22:
                raise KeyboardInterrupt
            return real(operator, vectors)

        with tempfile.TemporaryDirectory() as folder:
            save = f"{folder}/state"
            Curvature.apply = apply
            try:
                with self.assertRaises(KeyboardInterrupt):
                    ritz.torch.measure(mlp(), cross_entropy, (x, y), save=save, **options)
            finally:
                Curvature.apply = real
            self.assertEqual(calls[-1], 6)
            resumed = ritz.torch.measure(mlp(), cross_entropy, (x, y), save=save, **options)
        for name, block in plain.blocks.items():
            self.assertEqual([one.tolist() for one in resumed.blocks[name].alpha], [one.tolist() for one in block.alpha])

    def test_weight_decay_shifts(self):
        x, y = points(12)
        exact = dense_hessian(mlp(), cross_entropy, [(1, (x, y))]) + 0.25 * numpy.eye(43)
        self.check(mlp(), cross_entropy, [(x, y)], [1], matrix=exact, weight_decay=0.25)

    def test_vectors_one_by_one_and_together_and_bases_anywhere(self):
        x, y = points(12)
        exact = dense_hessian(mlp(), cross_entropy, [(1, (x, y))])
        for options in ({"vectors_per_pass": 1}, {"vectors_per_pass": 3}, {"basis": "cpu"}, {"basis": "disk"}):
            with self.subTest(options):
                self.check(mlp(), cross_entropy, [(x, y)], [1], matrix=exact, **options)


class ForwardOverReverse(unittest.TestCase):
    def test_is_the_same_matrix_where_backward_is_not_differentiable(self):
        x, y = points(12)
        model = importlib.import_module("ritz.torch.measuring")
        real = model.differentiates_twice
        model.differentiates_twice = lambda operator, dimension: False
        self.addCleanup(setattr, model, "differentiates_twice", real)

        def squared(model, batch):  # PyTorch 1.13 has no forward derivative of cross_entropy backward
            return (model(batch[0]) - F.one_hot(batch[1], 3)).square().mean()

        exact = dense_hessian(mlp(), squared, [(1, (x, y))])
        for size in (1, 3):
            found = ritz.torch.measure(mlp(), squared, [(x, y)], steps=43, vectors_per_pass=size, **OPTIONS)
            assert_same_spectrum(self, found, exact)
            self.assertIn("forward over reverse", found.notices[0])

    def test_functions_that_cannot_be_differentiated_twice_are_seen(self):
        class Once(torch.autograd.Function):
            @staticmethod
            def forward(ctx, values):
                ctx.save_for_backward(values)
                return values.tanh()

            @staticmethod
            @torch.autograd.function.once_differentiable
            def backward(ctx, slope):
                (values,) = ctx.saved_tensors
                return slope * (1 - values.tanh() ** 2)

        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.layer = nn.Linear(4, 3).double()

            def forward(self, values):
                return Once.apply(self.layer(values))

        x, y = points(12)
        with self.assertRaisesRegex(ritz.RitzError, "model: expected functions with second derivatives"):
            ritz.torch.measure(Net(), cross_entropy, [(x, y)], steps=5, **OPTIONS)


class OtherMatrices(unittest.TestCase):
    def jacobian(self, model, x):
        names = [name for name, _ in model.named_parameters()]

        def outputs(*parts):
            return functional_call(model, dict(zip(names, parts)), (x,))

        found = torch.autograd.functional.jacobian(outputs, tuple(p.detach() for p in model.parameters()))
        return torch.cat([part.reshape(len(x), 3, -1) for part in found], dim=2)

    def test_gauss_newton(self):
        x, y = points(11)
        model = mlp()
        jacobian, p = self.jacobian(model, x), model(x).softmax(1).detach()
        curvature = torch.diag_embed(p) - p[:, :, None] * p[:, None, :]
        exact = torch.einsum("iap,iab,ibq->pq", jacobian, curvature, jacobian).numpy() / 11
        for loss in (cross_entropy, lambda m, batch: -m(batch[0]).log_softmax(1)[torch.arange(len(batch[1])), batch[1]].mean()):
            found = ritz.torch.measure(model, loss, [(x[:4], y[:4]), (x[4:], y[4:])], matrix="ggn", steps=43, **OPTIONS)
            assert_same_spectrum(self, found, exact)

    def test_gauss_newton_of_squared_errors(self):
        x, _ = points(11)
        model, targets = mlp(), torch.zeros(11, 3).double()
        jacobian = self.jacobian(model, x)
        exact = 2 / 3 * torch.einsum("iap,iaq->pq", jacobian, jacobian).numpy() / 11
        found = ritz.torch.measure(model, nn.MSELoss(), (x, targets), matrix="ggn", steps=43, **OPTIONS)
        assert_same_spectrum(self, found, exact)

    def test_fisher(self):
        x, y = points(11)
        model = mlp()
        gradients = []
        for at in range(11):
            found = torch.autograd.grad(cross_entropy(model, (x[at : at + 1], y[at : at + 1])), list(model.parameters()))
            gradients.append(torch.cat([part.reshape(-1) for part in found]))
        rows = torch.stack(gradients).numpy()
        found = ritz.torch.measure(model, cross_entropy, [(x[:4], y[:4]), (x[4:], y[4:])], matrix="fisher", steps=43, **OPTIONS)
        assert_same_spectrum(self, found, rows.T @ rows / 11)

        def summed(model, batch):
            return F.cross_entropy(model(batch[0]), batch[1], reduction="sum")

        found = ritz.torch.measure(model, summed, [(x[:4], y[:4]), (x[4:], y[4:])], matrix="fisher", steps=43, **OPTIONS)
        assert_same_spectrum(self, found, rows.T @ rows)

    def test_gradient_covariance(self):
        x, y = points(11)
        model = mlp()
        batches = [(x[:4], y[:4]), (x[4:8], y[4:8]), (x[8:], y[8:])]
        gradients = []
        for batch in batches:
            found = torch.autograd.grad(cross_entropy(model, batch), list(model.parameters()))
            gradients.append(torch.cat([part.reshape(-1) for part in found]).numpy())
        shares = numpy.array([4, 4, 3]) / 11
        deviations = gradients - shares @ gradients
        exact = deviations.T @ (shares[:, None] * deviations)
        found = ritz.torch.measure(model, cross_entropy, batches, matrix="gradient_covariance", weight_decay=0.5, steps=43, **OPTIONS)
        assert_same_spectrum(self, found, exact, count=2)
        self.assertEqual(found.batch_size, 4)

        def small(model, batch):
            if len(batch[0]) > 3 and torch.is_grad_enabled():
                raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB")
            return cross_entropy(model, batch)

        cut = ritz.torch.measure(model, small, batches, matrix="gradient_covariance", steps=43, **OPTIONS)
        assert_same_spectrum(self, cut, exact, count=2)

    def test_residual(self):
        x, y = points(11)
        model = mlp()
        jacobian, p = self.jacobian(model, x), model(x).softmax(1).detach()
        curvature = torch.diag_embed(p) - p[:, :, None] * p[:, None, :]
        gauss_newton = torch.einsum("iap,iab,ibq->pq", jacobian, curvature, jacobian).numpy() / 11
        exact = dense_hessian(model, cross_entropy, [(1, (x, y))]) - gauss_newton
        batches = [(x[:4], y[:4]), (x[4:], y[4:])]
        for decay in (0.0, 0.3):  # in both, hence not in their difference
            found = ritz.torch.measure(model, cross_entropy, batches, matrix="residual", steps=43, weight_decay=decay, **OPTIONS)
            assert_same_spectrum(self, found, exact)


class Preconditioned(unittest.TestCase):
    KINDS = (
        (torch.optim.Adam, {"betas": (0.8, 0.95)}),
        (torch.optim.AdamW, {"amsgrad": True, "weight_decay": 0.1}),
        (torch.optim.RMSprop, {"alpha": 0.9, "momentum": 0.5}),
        (torch.optim.RMSprop, {"centered": True}),
        (torch.optim.Adagrad, {"initial_accumulator_value": 0.1}),
    )

    def trained(self, kind, **options):
        x, y = points(11)
        model = mlp()
        optimizer = kind(model.parameters(), lr=0.03, eps=1e-3, **options)
        for first in range(0, 9, 3):
            optimizer.zero_grad()
            cross_entropy(model, (x[first : first + 3], y[first : first + 3])).backward()
            optimizer.step()
        return model, optimizer, x, y

    def test_by_the_state_of_the_optimiser(self):
        for kind, options in self.KINDS:
            with self.subTest(kind.__name__, **options):
                model, optimizer, x, y = self.trained(kind, **options)
                diagonal = []
                for parameter in model.parameters():
                    state, group = optimizer.state[parameter], optimizer.param_groups[0]
                    if "betas" in group:
                        beta1, beta2 = group["betas"]
                        v = state["max_exp_avg_sq" if group["amsgrad"] else "exp_avg_sq"]
                        entries = (1 - beta1**3) * ((v / (1 - beta2**3)).sqrt() + 1e-3)
                    elif "square_avg" in state:
                        v = state["square_avg"] - (state["grad_avg"] ** 2 if group["centered"] else 0)
                        entries = v.sqrt() + 1e-3
                    else:
                        entries = state["sum"].sqrt() + 1e-3
                    diagonal.append(entries.reshape(-1))
                root = torch.cat(diagonal).rsqrt().numpy()
                exact = root[:, None] * dense_hessian(model, cross_entropy, [(1, (x, y))]) * root
                found = ritz.torch.measure(
                    model, cross_entropy, [(x, y)], optimizer=optimizer, preconditioner="optimizer", steps=43, **OPTIONS
                )
                assert_same_spectrum(self, found, exact)
                self.assertEqual(found.preconditioner, {"AdamW": "adam"}.get(kind.__name__, kind.__name__.lower()))

    def test_by_a_diagonal_with_blocks_and_gradient(self):
        x, y = points(12)
        model = mlp()
        diagonal = torch.linspace(0.5, 3, 43).double()
        root = diagonal.rsqrt().numpy()
        exact = root[:, None] * dense_hessian(model, cross_entropy, [(1, (x, y))]) * root
        found = ritz.torch.measure(
            model, cross_entropy, [(x, y)], preconditioner=diagonal, blocks={"head": "2.*"}, steps=43, **OPTIONS
        )
        assert_same_spectrum(self, found, exact)
        assert_same_spectrum(self, found.blocks["head"], exact[-18:, -18:])
        loss = cross_entropy(model, (x, y))
        g = root * torch.cat([part.reshape(-1) for part in torch.autograd.grad(loss, list(model.parameters()))]).numpy()
        self.assertAlmostEqual(found.gradient_norm, float(numpy.linalg.norm(g)), places=12)
        self.assertAlmostEqual(found.energy.alpha[0], g @ exact @ g / (g @ g), places=12)

    def test_refused(self):
        x, y = points(12)
        model = mlp()
        sgd, adam = torch.optim.SGD(model.parameters(), lr=0.1), torch.optim.Adam(model.parameters())
        for options, message in (
            ({"preconditioner": "adam"}, 'preconditioner: expected None, "optimizer" or the diagonal of P, got \'adam\''),
            ({"preconditioner": "optimizer"}, "preconditioner: expected optimizer= too"),
            ({"preconditioner": "optimizer", "optimizer": sgd}, "expected Adam, AdamW, RMSprop or Adagrad, got SGD"),
            ({"preconditioner": "optimizer", "optimizer": adam}, "expected second moments of 0.weight, got none. Take a step"),
            ({"preconditioner": numpy.ones(3)}, "preconditioner: expected the 43 entries of the parameters, got 3"),
            ({"preconditioner": numpy.zeros(43)}, "preconditioner: expected entries greater than 0, got 0 for 0.weight"),
            ({"preconditioner": numpy.ones(18), "params": "2.*", "blocks": {"rest": "0.*"}}, "expected parameters that params= selects, got 0.weight"),
        ):
            with self.subTest(message), self.assertRaisesRegex(ritz.RitzError, message):
                ritz.torch.measure(model, cross_entropy, [(x, y)], **options, **OPTIONS)


class ShortDerivatives(unittest.TestCase):
    """Of batch norm, against those of PyTorch."""

    def test_are_those_of_pytorch(self):
        from ritz.torch.batch_norm import batch_norm

        torch.manual_seed(0)
        for shape in ((7, 3), (6, 3, 5), (4, 3, 5, 2)):
            inputs = [torch.randn(*one).double().requires_grad_() for one in (shape, (3,), (3,))]
            vectors = [torch.randn_like(one) for one in inputs]
            ways = []
            for norm in (lambda x, w, b: F.batch_norm(x, None, None, w, b, True, 0.1, 1e-5), lambda x, w, b: batch_norm(x, w, b, 1e-5)):
                x, w, b = inputs
                y = norm(x * x, w, b)
                loss = (torch.sin(1.3 * y) * torch.arange(y.numel()).reshape(y.shape)).sum()
                gradient = torch.autograd.grad(loss, inputs, create_graph=True)
                product = torch.autograd.grad(gradient, inputs, vectors, retain_graph=True)
                several = [torch.stack([vector, 2 * vector]) for vector in vectors]
                batched = torch.autograd.grad(gradient, inputs, several, is_grads_batched=True)
                ways.append([y, *gradient, *product, *(one[1] / 2 for one in batched)])
            for one, other in zip(*ways):
                numpy.testing.assert_allclose(one.detach(), other.detach(), atol=1e-12 * float(one.abs().max().detach()))


class TheGradient(unittest.TestCase):
    def test_overlap_and_energy(self):
        x, y = points(17)
        model = mlp()
        exact = dense_hessian(model, cross_entropy, [(1, (x, y))])
        loss = cross_entropy(model, (x, y))
        g = torch.cat([part.reshape(-1) for part in torch.autograd.grad(loss, list(model.parameters()))]).numpy()
        found = ritz.torch.measure(model, cross_entropy, [(x[:7], y[:7]), (x[7:], y[7:])], steps=43, **OPTIONS)
        vectors = numpy.linalg.eigh(exact)[1]
        full = {one.k: one.fraction for one in found.overlaps if one.gradient == "full_batch"}
        for k in (1, 2, 5, 10):
            self.assertAlmostEqual(full[k], ((vectors[:, -k:].T @ g) ** 2).sum() / (g @ g), places=8)
        self.assertEqual({one.gradient for one in found.overlaps}, {"full_batch", "mini_batch"})
        self.assertAlmostEqual(found.energy.alpha[0], g @ exact @ g / (g @ g), places=12)
        self.assertAlmostEqual(found.gradient_norm, float(numpy.linalg.norm(g)), places=12)
        self.assertAlmostEqual(found.loss, loss.item(), places=12)


if __name__ == "__main__":
    unittest.main()
