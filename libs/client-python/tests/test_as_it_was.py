"""What a measurement leaves behind, what it refuses, and how it goes on after an interruption."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import unittest

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import ritz
import ritz.torch


def cross_entropy(model, batch):
    return F.cross_entropy(model(batch[0]), batch[1])


def net():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 3))


def data(count=12):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(count, 4, generator=generator), torch.randint(0, 3, (count,), generator=generator)


def measure(model, loss=cross_entropy, batches=None, **options):
    return ritz.torch.measure(model, loss, data() if batches is None else batches, **{"probes": 2, "steps": 12, **options})


class TheModelIsAsItWas(unittest.TestCase):
    def state(self, model):
        return (
            [(name, p.dtype, p.data_ptr(), p.requires_grad, p.detach().clone()) for name, p in model.named_parameters()],
            [(name, b.data_ptr(), b.clone()) for name, b in model.named_buffers()],
            [None if p.grad is None else p.grad.clone() for p in model.parameters()],
            [module.training for module in model.modules()],
            (torch.get_rng_state(), random.getstate(), numpy.random.get_state()[1]),
        )

    def assert_same(self, before, after):
        self.assertEqual(repr(before), repr(after))
        for one, other in zip(before[0] + before[1], after[0] + after[1]):
            self.assertEqual(one[-1].numpy().tobytes(), other[-1].numpy().tobytes())

    def test_bit_for_bit_in_every_mode(self):
        model = net()
        cross_entropy(model, data()).backward()
        model[2].eval()
        torch.rand(3)
        x, y = data()
        for options in ({"batch_norm": "batch"}, {"batch_norm": "population"}, {"precision": "float64"}, {"mode": "eval"}):
            with self.subTest(options):
                before = self.state(model)
                measure(model, batches=[(x[:7], y[:7]), (x[7:], y[7:])], **options)
                self.assert_same(before, self.state(model))

    def test_after_an_error_and_after_an_interrupt(self):
        model = net()
        for error in (ValueError, KeyboardInterrupt):
            calls = []

            def loss(model, batch):
                calls.append(1)
                if len(calls) > 3:
                    raise error("in the middle")
                return cross_entropy(model, batch)

            before = self.state(model)
            with self.assertRaises(error):
                measure(model, loss, batch_norm="batch", precision="float64")
            self.assert_same(before, self.state(model))

    def test_training_goes_on_with_the_same_numbers(self):
        def train(measuring):
            model = net()
            optimiser = torch.optim.Adam(model.parameters())
            for _ in range(4):
                if measuring:
                    measure(model, batch_norm="batch")
                optimiser.zero_grad()
                (cross_entropy(model, data()) + 0.01 * torch.rand(())).backward()
                optimiser.step()
            return torch.cat([p.detach().reshape(-1) for p in model.parameters()])

        self.assertTrue(torch.equal(train(False), train(True)))

    def test_loaders_shuffle_as_they_would_have(self):
        x, y = data()
        loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
        model = net()
        torch.manual_seed(3)
        measure(model, batches=loader)
        after = torch.rand(1)
        torch.manual_seed(3)
        self.assertEqual(after, torch.rand(1))

    def test_autocast_is_off_inside(self):
        model = net()
        plain = measure(model)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            cast = measure(model)
        self.assertEqual(plain.alpha[0].tolist(), cast.alpha[0].tolist())

        context = torch.autocast("cpu", dtype=torch.bfloat16)

        def inside(model, batch):
            with context:
                return cross_entropy(model, batch)

        self.assertEqual(plain.alpha[0].tolist(), measure(model, inside).alpha[0].tolist())
        with context:
            self.assertEqual((model[0].weight @ model[0].weight.t()).dtype, torch.bfloat16)

    def test_gradients_are_on_inside(self):
        model = net()
        plain = measure(model)
        for off in (torch.no_grad, torch.inference_mode):
            with off():
                self.assertEqual(plain.alpha[0].tolist(), measure(model, batches=data()).alpha[0].tolist())


class Refused(unittest.TestCase):
    def refuse(self, message, model=None, loss=cross_entropy, batches=None, **options):
        with self.assertRaisesRegex(ritz.RitzError, message):
            measure(net() if model is None else model, loss, batches, **options)

    def test_dropout_with_advice(self):
        model = nn.Sequential(nn.Linear(4, 50), nn.Dropout(0.5), nn.Linear(50, 3))
        self.refuse(r'not deterministic: .* no dropout, .* mode="eval" turns dropout off', model)
        self.assertGreater(measure(model, mode="eval").lambda_max, 0)
        self.assertTrue(model.training)

    def test_a_loss_that_is_a_vector(self):
        self.refuse(
            r"loss_fn: expected one number, the mean loss of the batch, got a tensor of shape \[12\]\. Reduce it",
            loss=lambda m, batch: F.cross_entropy(m(batch[0]), batch[1], reduction="none"),
        )
        self.refuse("expected a tensor of one number, got float", loss=lambda m, batch: cross_entropy(m, batch).item())

    def test_a_loss_without_a_gradient(self):
        def silent(model, batch):
            with torch.no_grad():
                return cross_entropy(model, batch)

        for loss in (silent, lambda m, batch: cross_entropy(m, batch).detach()):
            self.refuse("loss_fn: expected a loss that depends on the parameters, got one without a gradient", loss=loss)

    def test_a_loss_of_other_arguments(self):
        self.refuse(r"loss_fn: expected a function of \(model, batch\), got one of \(model, x, y\)", loss=lambda model, x, y: x)
        self.refuse(
            r"data: expected batches of \(inputs, targets\) for a loss of PyTorch, got Tensor", loss=nn.MSELoss(), batches=[data()[0]] * 2
        )

    def test_a_batch_as_loaders_yield_it(self):
        x, y = data()
        self.assertEqual(measure(net(), batches=[x, y]).alpha[0].tolist(), measure(net(), batches=(x, y)).alpha[0].tolist())

    def test_a_loss_that_is_not_finite(self):
        model = net()
        with torch.no_grad():
            model[0].weight[0, 0] = float("nan")
        self.refuse("loss_fn: expected a finite loss, got nan", model)

    def test_a_loader_that_changes(self):
        x, y = data()
        loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4, shuffle=True)
        self.refuse("data: expected the same batches in every pass, got other values in its second pass.*shuffle=False", batches=loader)
        self.assertEqual(measure(net(), batches=list(loader)).data_size, 12)

    def test_no_data(self):
        self.refuse("data: expected at least one batch, got none", batches=iter([]))
        self.refuse("data: expected batches, such as a DataLoader", batches=3)
        self.refuse("with a tensor in them", batches=[["text"]])

    def test_no_parameters_that_require_a_gradient(self):
        self.refuse("params: expected parameters that require a gradient", net().requires_grad_(False))
        self.refuse("the pattern 'decoder.\\*' matches no parameter. Names are such as 0.weight", params="decoder.*")
        self.refuse("expected parameters of the model, got 1 that are not", params=[nn.Parameter(torch.ones(1))])

    def test_means_that_cannot_be_put_together(self):
        x, y = data()
        batches = [(x[:8], y[:8]), (x[8:], y[8:])]

        def masked(model, batch):
            losses = -model(batch[0]).log_softmax(1)[torch.arange(len(batch[1])), batch[1]] * batch[1]
            return losses.sum() / batch[1].sum()

        self.refuse(r"loss_fn: expected a mean over the examples of a batch.*Pass count=", loss=masked, batches=batches)
        counted = measure(net(), masked, batches, count=lambda batch: batch[1].sum(), batch_norm="running")
        whole = measure(net(), masked, (x, y))
        self.assertAlmostEqual(counted.lambda_max, whole.lambda_max, places=5)

    def test_options(self):
        for options, message in (
            ({"matrix": "jacobian"}, "matrix: expected 'hessian', 'ggn', 'residual', 'fisher', 'gradient_covariance', got 'jacobian'"),
            ({"batch_norm": "minibatch"}, "batch_norm: expected 'running', 'batch', 'population'"),
            ({"precision": "bfloat16"}, "precision: expected 'float32', 'float64'"),
            ({"probes": 0}, "probes: expected an integer of at least 1, got 0"),
            ({"steps": 1.5}, "steps: expected an integer of at least 1, got 1.5"),
            ({"seed": -1}, r"seed: expected an integer from 0 to 2\^53 - 1"),
            ({"law": "cauchy"}, 'law: expected "sphere" or "rademacher"'),
            ({"tolerance": 1}, "tolerance: expected a number from 0 to below 1"),
            ({"device": "cuda:99"}, "device: expected one that PyTorch can use"),
            ({"weight_decay": -1}, "weight_decay: expected a number of at least 0"),
            ({"basis": "tape"}, "basis: expected None, device, cpu, disk"),
            ({"blocks": {"all": "0.*"}}, 'blocks: expected "layers", "tensors" or patterns .* without the name "all"'),
            ({"blocks": "rows"}, "blocks: expected .* got 'rows'"),
            ({"blocks": {}}, "blocks: expected .* got {}"),
            ({"blocks": {"head": "4.*"}}, "blocks.head: the pattern '4.\\*' matches no parameter"),
            ({"blocks": {"a": "0.*", "b": "*.bias"}}, 'blocks: expected blocks without a parameter in common, got "0.bias" in a and b'),
            ({"params": "0.*", "blocks": {"b": "3.bias"}}, "blocks.b: expected parameters that params= selects, got 3.bias"),
            ({"matrix": "gradient_covariance"}, "expected several mini-batches, got one"),
            ({"matrix": "fisher", "batch_norm": "batch"}, "expected examples that do not depend on each other"),
        ):
            with self.subTest(options):
                self.refuse(message, **options)

    def test_a_gauss_newton_loss_with_a_penalty(self):
        def penalised(model, batch):
            return cross_entropy(model, batch) + model[0].weight.square().sum()

        self.refuse('matrix="ggn": expected a loss of the outputs of the model alone', loss=penalised, matrix="ggn")


ALLOCATOR_ERROR = getattr(torch.cuda, "OutOfMemoryError", RuntimeError)
"""What PyTorch's allocators raise; a plain RuntimeError with the same words on the CPU and in older versions."""


class OutOfMemory(unittest.TestCase):
    """As CUDA says it."""

    def test_halves_the_pass_and_says_so(self):
        from ritz.torch import curvature

        real, calls = curvature.grads, []

        def limited(outputs, inputs, along, batched=False, **how):
            if batched and len(along[0]) > 3:
                calls.append(len(along[0]))
                raise ALLOCATOR_ERROR("CUDA out of memory. Tried to allocate 20.00 MiB")
            return real(outputs, inputs, along, batched, **how)

        plain = measure(net(), probes=6, vectors_per_pass=1, precision="float64")
        curvature.grads = limited
        self.addCleanup(setattr, curvature, "grads", real)
        found = measure(net(), probes=6, vectors_per_pass=6, precision="float64")
        self.assertEqual(found.notices, ["out of memory: continuing with 3 vectors per pass"])
        self.assertEqual(calls, [6])
        numpy.testing.assert_allclose(found.alpha[5], plain.alpha[5], rtol=1e-6)

    def test_cuts_batches_with_exact_weights(self):
        def small(model, batch):
            if len(batch[0]) > 4 and torch.is_grad_enabled():
                raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB")
            return cross_entropy(model, batch)

        x, y = data(13)
        plain = measure(net(), batches=(x, y), precision="float64")
        found = measure(net(), small, [(x[:9], y[:9]), (x[9:], y[9:])], precision="float64", vectors_per_pass=1)
        self.assertEqual(found.notices[-1], "out of memory: continuing with parts of at most 3 examples")
        numpy.testing.assert_allclose(found.alpha[0], plain.alpha[0], rtol=1e-6)
        with self.assertRaisesRegex(ritz.RitzError, 'batch_norm="batch" ties its examples together. Use smaller batches'):
            measure(net(), small, (x, y), batch_norm="batch")


class SavedStates(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "state"

    def test_an_interrupted_measurement_goes_on_bit_for_bit(self):
        x, y = data()
        whole = measure(net(), batches=(x, y), steps=25, vectors_per_pass=3)

        calls = []

        def interrupted(model, batch):
            calls.append(1)
            return cross_entropy(model, batch)

        real = ritz.torch.curvature.Curvature.apply

        def apply(operator, vectors):
            calls.append(1)
            if len(calls) > 25:
                raise KeyboardInterrupt
            return real(operator, vectors)

        ritz.torch.curvature.Curvature.apply = apply
        try:
            with self.assertRaises(KeyboardInterrupt):
                measure(net(), interrupted, (x, y), steps=25, vectors_per_pass=3, save=self.path)
        finally:
            ritz.torch.curvature.Curvature.apply = real
        kept = os.path.getsize(self.path)
        resumed = measure(net(), batches=(x, y), steps=25, vectors_per_pass=3, save=self.path)
        self.assertGreater(kept, 1000)
        for one, other in zip(whole.probes, resumed.probes):
            self.assertEqual((one.alpha.tolist(), one.beta.tolist()), (other.alpha.tolist(), other.beta.tolist()))

    def test_ctrl_c_keeps_the_state_and_leaves_the_model_as_it_was(self):
        program = """
import signal, sys, time, test_as_it_was as t
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
model = t.net()
before = [p.detach().clone() for p in model.parameters()]
if sys.argv[1] == "interrupted":
    real, calls = t.ritz.torch.curvature.Curvature.apply, []
    def apply(operator, vectors):
        calls.append(1)
        if len(calls) == 20:
            print("in the middle", flush=True)
            time.sleep(600)
        return real(operator, vectors)
    t.ritz.torch.curvature.Curvature.apply = apply
try:
    found = t.measure(model, steps=25, vectors_per_pass=3, batch_norm="batch", save=sys.argv[2] or None, run=False)
except KeyboardInterrupt:
    print(all(t.torch.equal(a, b) for a, b in zip(before, model.parameters())), model[1].num_batches_tracked.item(), model.training)
else:
    print([(one.alpha.tolist(), one.beta.tolist()) for one in found.probes])
"""

        def start(*arguments):
            command = [sys.executable, "-W", "ignore", "-c", program, *arguments]
            return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=pathlib.Path(__file__).parent)

        interrupted, whole = start("interrupted", str(self.path)), start("whole", "")
        self.assertEqual(interrupted.stdout.readline(), "in the middle\n")
        interrupted.send_signal(signal.SIGINT)
        self.assertEqual(interrupted.communicate()[0], "True 0 True\n")
        self.assertEqual(interrupted.returncode, 0)
        resumed = start("resumed", str(self.path)).communicate()[0]
        self.assertTrue(resumed.startswith("[(["))
        self.assertEqual(resumed, whole.communicate()[0])

    def test_another_measurement_is_refused(self):
        measure(net(), save=self.path)
        with self.assertRaisesRegex(ritz.RitzError, r"belongs to another run \(seed: 0 there, 5 here\)"):
            measure(net(), save=self.path, seed=5)
        model = net()
        with torch.no_grad():
            model[0].weight += 0.5
        with self.assertRaisesRegex(ritz.RitzError, "measured with another operator"):
            measure(model, save=self.path)


class Results(unittest.TestCase):
    def test_shows_itself(self):
        found = measure(net(), probes=3)
        page = found._repr_html_()
        self.assertIn("<svg", page)
        self.assertIn("Hessian spectrum, all parameters: n = 53, 3 probes of 12 steps, 12 examples", page)
        self.assertNotIn("nan", page)
        self.assertRegex(repr(found), r"<Spectrum of the hessian: n = 53, k = 3, m = 12, λ1 = ")
        curve = found.density(sigma=0.01)
        self.assertAlmostEqual(float(numpy.sum(curve.density) * (curve.grid[1] - curve.grid[0])), 1, places=3)

    def test_plots_where_matplotlib_is(self):
        try:
            import matplotlib
        except ImportError:
            return
        matplotlib.use("Agg")
        axes = measure(net()).plot(sigma=0.02, label="net")
        self.assertEqual(axes.get_ylabel(), "density (σ = 0.02)")

    def test_vectors_if_asked(self):
        self.assertIsNone(measure(net()).top.vectors)
        found = measure(net(), vectors=True, top=3)
        self.assertEqual([tuple(vector.shape) for vector in found.top.vectors], [(53,)] * 3)

    def test_start_vectors_do_not_depend_on_what_else_is_measured(self):
        few, many = measure(net(), probes=2, vectors_per_pass=1), measure(net(), probes=4, gradient=False, vectors_per_pass=1)
        self.assertEqual(few.alpha[1].tolist(), many.alpha[1].tolist())


if __name__ == "__main__":
    unittest.main()
