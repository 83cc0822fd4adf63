"""Spectra inside JAX against dense float64 Hessians, and against the same net in PyTorch."""

import importlib.util
import pathlib
import tempfile
import unittest

import numpy

import ritz
from dense import assert_same_spectrum

present = importlib.util.find_spec("jax") is not None
if present:
    import jax
    import jax.numpy as jnp

OPTIONS = {"precision": "float64", "probes": 2, "seed": 3, "steps": 43}


def problem():
    generator = numpy.random.default_rng(0)
    params = {
        "first": {"w": generator.standard_normal((4, 5)), "b": generator.standard_normal(5)},
        "second": {"w": generator.standard_normal((5, 3)), "b": generator.standard_normal(3)},
    }
    return params, generator.standard_normal((17, 4)), generator.integers(0, 3, 17)


def predict(params, batch):
    return jnp.tanh(batch[0] @ params["first"]["w"] + params["first"]["b"]) @ params["second"]["w"] + params["second"]["b"]


def loss_of_outputs(logits, batch):
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), batch[1][:, None], axis=1).mean()


def loss(params, batch):
    return loss_of_outputs(predict(params, batch), batch)


@unittest.skipUnless(present, "no JAX")
class AgainstDenseHessians(unittest.TestCase):
    def dense(self, params, batch):
        from jax.flatten_util import ravel_pytree

        from ritz.jax.measure import _arithmetic

        with _arithmetic("float64"):
            flat, unravel = ravel_pytree(jax.tree_util.tree_map(jnp.asarray, params))
            return numpy.asarray(jax.hessian(lambda at: loss(unravel(at), tuple(map(jnp.asarray, batch))))(flat))

    def test_batches_of_different_sizes(self):
        params, x, y = problem()
        exact = self.dense(params, (x, y))
        found = ritz.jax.measure(loss, params, [(x[:12], y[:12]), (x[12:], y[12:])], **OPTIONS)
        assert_same_spectrum(self, found, exact)
        self.assertEqual((found.data_size, found.engine), (17, f"jax-{jax.__version__}"))
        self.assertGreater(len(found.energy.alpha), 20)

    def test_gauss_newton_and_residual(self):
        from jax.flatten_util import ravel_pytree

        from ritz.jax.measure import _arithmetic

        params, x, y = problem()
        with _arithmetic("float64"):
            flat, unravel = ravel_pytree(jax.tree_util.tree_map(jnp.asarray, params))
            jacobian = numpy.asarray(jax.jacobian(lambda at: predict(unravel(at), (jnp.asarray(x),)))(flat))
            p = numpy.asarray(jax.nn.softmax(predict(params, (jnp.asarray(x),))))
        curvature = numpy.einsum("ia,ab->iab", p, numpy.eye(3)) - numpy.einsum("ia,ib->iab", p, p)
        exact = numpy.einsum("iap,iab,ibq->pq", jacobian, curvature, jacobian) / 17
        batches = [(x[:12], y[:12]), (x[12:], y[12:])]
        split = {"predict": predict, "loss_of_outputs": loss_of_outputs}
        for given, decay in ((loss, 0.0), (None, 0.5)):
            found = ritz.jax.measure(given, params, batches, matrix="ggn", weight_decay=decay, **split, **OPTIONS)
            assert_same_spectrum(self, found, exact + decay * numpy.eye(43))
            self.assertEqual(found.matrix, "ggn")
        found = ritz.jax.measure(loss, params, batches, matrix="residual", **split, **OPTIONS)
        assert_same_spectrum(self, found, self.dense(params, (x, y)) - exact)

    def test_outer_products_of_gradients(self):
        from jax.flatten_util import ravel_pytree

        from ritz.jax.measure import _arithmetic

        params, x, y = problem()
        batches = [(x[:5], y[:5]), (x[5:12], y[5:12]), (x[12:], y[12:])]
        with _arithmetic("float64"):
            flat, unravel = ravel_pytree(jax.tree_util.tree_map(jnp.asarray, params))
            slope = jax.jit(jax.grad(lambda at, batch: loss(unravel(at), batch)))
            rows = numpy.stack([slope(flat, (jnp.asarray(x[i : i + 1]), jnp.asarray(y[i : i + 1]))) for i in range(17)])
            means = numpy.stack([slope(flat, tuple(map(jnp.asarray, batch))) for batch in batches])
        shares = numpy.array([5, 7, 5]) / 17
        deviations = means - shares @ means
        fisher = rows.T @ rows / 17
        found = ritz.jax.measure(loss, params, batches, matrix="fisher", weight_decay=0.5, **OPTIONS)
        assert_same_spectrum(self, found, fisher + 0.5 * numpy.eye(43))

        def summed(params, batch):
            return loss(params, batch) * len(batch[1])

        found = ritz.jax.measure(summed, params, batches, matrix="fisher", **OPTIONS)
        assert_same_spectrum(self, found, 17 * fisher)
        found = ritz.jax.measure(loss, params, batches, matrix="gradient_covariance", weight_decay=0.5, **OPTIONS)
        assert_same_spectrum(self, found, deviations.T @ (shares[:, None] * deviations), count=2)
        found = ritz.jax.measure(summed, params, batches, matrix="gradient_covariance", **OPTIONS)
        assert_same_spectrum(self, found, 17**2 * deviations.T @ (shares[:, None] * deviations), count=2)

    def test_passes_and_weight_decay(self):
        params, x, y = problem()
        exact = self.dense(params, (x, y)) + 0.5 * numpy.eye(43)
        found = ritz.jax.measure(loss, params, [(x, y)], vectors_per_pass=2, weight_decay=0.5, **OPTIONS)
        assert_same_spectrum(self, found, exact)

    def test_float32_agrees_with_pytorch(self):
        import torch

        import ritz.torch

        params, x, y = problem()
        model = torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3))
        with torch.no_grad():
            for layer, name in ((model[0], "first"), (model[2], "second")):
                layer.weight.copy_(torch.tensor(params[name]["w"].T))
                layer.bias.copy_(torch.tensor(params[name]["b"]))
        other = ritz.torch.measure(model, torch.nn.CrossEntropyLoss(), (torch.tensor(x).float(), torch.tensor(y)), steps=30)
        found = ritz.jax.measure(loss, params, [(x, y)], steps=30)
        numpy.testing.assert_allclose(found.top.values[:5], other.top.values[:5], rtol=1e-4)
        numpy.testing.assert_allclose([o.fraction for o in found.overlaps], [o.fraction for o in other.overlaps], rtol=1e-3)

    def test_resumes_bit_for_bit(self):
        params, x, y = problem()
        whole = ritz.jax.measure(loss, params, [(x, y)], **OPTIONS)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "state"
            ritz.jax.measure(loss, params, [(x, y)], save=path, **OPTIONS)
            path.write_bytes(path.read_bytes()[:-20])
            resumed = ritz.jax.measure(loss, params, [(x, y)], save=path, **OPTIONS)
        self.assertEqual([one.tolist() for one in whole.alpha], [one.tolist() for one in resumed.alpha])

    def test_refused(self):
        params, x, y = problem()
        with self.assertRaisesRegex(ritz.RitzError, r"loss_fn: expected one number.* got an array of shape \[17\]"):
            ritz.jax.measure(lambda p, batch: loss(p, batch) * batch[0][:, 0], params, [(x, y)])
        with self.assertRaisesRegex(ritz.RitzError, "loss_fn: expected a finite loss, got nan"):
            ritz.jax.measure(lambda p, batch: loss(p, batch) * numpy.nan, params, [(x, y)])
        with self.assertRaisesRegex(ritz.RitzError, r"matrix='ggn': expected predict=, .*; got no predict= and loss_of_outputs="):
            ritz.jax.measure(loss, params, [(x, y)], matrix="ggn")
        with self.assertRaisesRegex(ritz.RitzError, "matrix: expected 'hessian', 'ggn', 'residual', 'fisher', .* got 'kfac'"):
            ritz.jax.measure(loss, params, [(x, y)], matrix="kfac")
        with self.assertRaisesRegex(ritz.RitzError, "expected several mini-batches, got one"):
            ritz.jax.measure(loss, params, [(x, y)], matrix="gradient_covariance")
        with self.assertRaisesRegex(ritz.RitzError, 'matrix="fisher": expected a batch whose loss is the mean of those of its examples'):
            ritz.jax.measure(lambda p, batch: loss(p, batch) ** 2, params, [(x, y)], matrix="fisher")
        with self.assertRaisesRegex(ritz.RitzError, "loss_of_outputs: expected the loss of loss_fn, .* Leave penalties"):
            penalised = lambda p, batch: loss(p, batch) + (p["first"]["w"] ** 2).sum()  # noqa: E731
            ritz.jax.measure(penalised, params, [(x, y)], matrix="ggn", predict=predict, loss_of_outputs=loss_of_outputs)
        with self.assertRaisesRegex(ritz.RitzError, "batches: expected at least one batch, got none"):
            ritz.jax.measure(loss, params, [])
        with self.assertRaisesRegex(ritz.RitzError, "expected a mean over the examples of a batch"):
            ritz.jax.measure(lambda p, batch: loss(p, batch) ** 2, params, [(x[:9], y[:9]), (x[9:], y[9:])])


if __name__ == "__main__":
    unittest.main()
