"""Start vectors, Lanczos, checks, journals and densities without a framework."""

import hashlib
import json
import pathlib
import tempfile
import unittest

import numpy

import ritz
from ritz.numerics.check_operator import check_operator
from ritz.numerics.convergence import has_converged, wasserstein1
from ritz.numerics.density import student_quantile
from ritz.numerics.journal import Journal
from ritz.numerics.lanczos import lanczos, start_probe
from ritz.numerics.philox import philox
from ritz.numerics.probe_vector import probe_vector
from ritz.numerics.ritz_values import quadrature
from ritz.numerics.space import NumpySpace
from ritz.numerics.top_pairs import top_pairs

FIXTURE = pathlib.Path(__file__).resolve().parents[3] / "tools/fixtures/spectrum/probe-vectors.json"


class Matrix:
    def __init__(self, matrix):
        self.matrix, self.calls = matrix, 0

    def apply(self, vectors):
        self.calls += 1
        return vectors @ self.matrix.astype(vectors.dtype)


def random_matrix(n, seed=0, top=(5.0, 3.5, 3.0, 2.0)):
    generator = numpy.random.default_rng(seed)
    basis, _ = numpy.linalg.qr(generator.standard_normal((n, n)))
    values = numpy.concatenate([top, generator.uniform(-0.5, 0.5, n - 4)])
    return (basis * values) @ basis.T, numpy.sort(values)


class StartVectors(unittest.TestCase):
    def test_known_answers_of_philox(self):
        blocks = philox(([0, 0xFFFFFFFF], [0, 0xFFFFFFFF], [0, 0xFFFFFFFF], [0, 0xFFFFFFFF]), (0, 0))
        self.assertEqual([f"{int(word[0]):08x}" for word in blocks], ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"])
        words = philox(([0x243F6A88], [0x85A308D3], [0x13198A2E], [0x03707344]), (0xA4093822, 0x299F31D0))
        self.assertEqual([f"{int(word[0]):08x}" for word in words], ["d16cfe09", "94fdcceb", "5001e420", "24126ea1"])

    def test_bits_of_the_typescript_library(self):
        for case in json.loads(FIXTURE.read_text()):
            with self.subTest(case):
                vector = probe_vector(case["law"], case["seed"], case["probe"], case["n"])
                self.assertEqual(hashlib.sha256(vector.astype("<f8").tobytes()).hexdigest(), case["sha256"])
                self.assertEqual(vector[: len(case["first"])].tolist(), case["first"])

    def test_seeds_that_are_none(self):
        for seed in (-1, 1.5, 2**53, True):
            with self.assertRaisesRegex(ritz.RitzError, r"seed: expected an integer from 0 to 2\^53 - 1"):
                probe_vector("sphere", seed, 0, 4)


class Lanczos(unittest.TestCase):
    def run_probes(self, matrix, steps, precision="float64", count=2, **options):
        space = NumpySpace(len(matrix), precision)
        probes = [start_probe(space, at, space.vector(probe_vector("sphere", 0, at, len(matrix))), steps) for at in range(count)]
        lanczos(space, Matrix(matrix), probes, steps, **options)
        return space, probes

    def test_full_krylov_spaces_have_the_eigenvalues_once_each(self):
        matrix, values = random_matrix(40)
        space, probes = self.run_probes(matrix, 60)
        found = quadrature(probes[0].alpha, probes[0].beta)
        self.assertTrue(probes[0].breakdown)
        numpy.testing.assert_allclose(found.values, values, atol=1e-12)
        self.assertLess(found.residuals.max(), 1e-12)

    def test_float32_keeps_its_basis_orthogonal(self):
        matrix, _ = random_matrix(300)
        space, probes = self.run_probes(matrix, 120, "float32")
        rows = numpy.stack([probes[0].basis.row(at) for at in range(probes[0].basis.size)]).astype(float)
        self.assertLess(numpy.abs(rows @ rows.T - numpy.eye(len(rows))).max(), 1e-6)

    def test_top_pairs_see_a_repeated_eigenvalue(self):
        matrix, _ = random_matrix(60, top=(5.0, 3.0, 3.0, 2.0))
        space, probes = self.run_probes(matrix, 30)
        found = top_pairs(space, Matrix(matrix), probes, 4)
        numpy.testing.assert_allclose(found.values, [5, 3, 3, 2], atol=1e-9)
        for value, vector, residual in zip(found.values, found.vectors, found.residuals):
            self.assertAlmostEqual(numpy.linalg.norm(matrix @ vector - value * vector), residual, places=12)

    def test_stops_once_converged(self):
        matrix, _ = random_matrix(200)
        _, probes = self.run_probes(matrix, 150, tolerance=0.02)
        self.assertLess(len(probes[0].alpha), 60)
        self.assertEqual(len(probes[0].alpha) % 5, 0)
        self.assertTrue(has_converged(probes, 0.02))

    def test_non_finite_products_name_step_and_probe(self):
        class Broken(Matrix):
            def apply(self, vectors):
                found = super().apply(vectors)
                return found * numpy.nan if self.calls == 3 else found

        matrix, _ = random_matrix(20)
        space = NumpySpace(20, "float64")
        probes = [start_probe(space, 4, space.vector(numpy.ones(20)), 9)]
        with self.assertRaisesRegex(ritz.RitzError, "NaN or Infinity at Lanczos step 3 of probe 4"):
            lanczos(space, Broken(matrix), probes, 9)

    def test_checks_symmetry_and_repeats(self):
        space, (matrix, _) = NumpySpace(30, "float64"), random_matrix(30)
        self.assertLess(check_operator(space, Matrix(matrix)), 1e-12)
        with self.assertRaisesRegex(ritz.RitzError, r"The operator is not symmetric: ⟨u, Av⟩ and ⟨Au, v⟩ differ by"):
            check_operator(space, Matrix(matrix + numpy.triu(matrix)))

        class Drifting(Matrix):
            def apply(self, vectors):
                self.matrix = self.matrix * 1.001
                return super().apply(vectors)

        with self.assertRaisesRegex(ritz.RitzError, "not deterministic: applied twice to the same vectors, 60 of 60 numbers differ"):
            check_operator(space, Drifting(matrix))


class Journals(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "state"
        self.identity = {"dimension": 50, "precision": "float32", "seed": 0}

    def run_to(self, steps, matrix):
        space = NumpySpace(50, "float32")
        journal = Journal(self.path, self.identity, {"note": 1})
        try:
            probes = [start_probe(space, at, space.vector(probe_vector("sphere", 0, at, 50)), 40) for at in range(2)]
            lanczos(space, Matrix(matrix), probes, steps, journal=journal)
        finally:
            journal.close()
        return [(probe.alpha, probe.beta) for probe in probes]

    def test_goes_on_bit_for_bit_also_after_a_cut_record(self):
        matrix, _ = random_matrix(50)
        self.run_to(12, matrix)
        content = self.path.read_bytes()
        self.path.write_bytes(content[:-7])
        resumed = self.run_to(40, matrix)
        self.path.unlink()
        self.assertEqual(resumed, self.run_to(40, matrix))

    def test_refuses_another_run_and_another_operator(self):
        matrix, _ = random_matrix(50)
        self.run_to(12, matrix)
        with self.assertRaisesRegex(ritz.RitzError, "measured with another operator"):
            self.run_to(20, matrix * 2)
        self.identity["seed"] = 1
        with self.assertRaisesRegex(ritz.RitzError, r"belongs to another run \(seed: 0 there, 1 here\)"):
            self.run_to(20, matrix)
        self.path.write_bytes(b"something else")
        with self.assertRaisesRegex(ritz.RitzError, "not a saved Lanczos state"):
            self.run_to(20, matrix)


class Densities(unittest.TestCase):
    def test_student(self):
        for freedom, expected in ((1, 12.7062047), (2, 4.30265273), (9, 2.26215716), (30, 2.04227246)):
            self.assertAlmostEqual(student_quantile(0.95, freedom), expected, places=6)

    def test_wasserstein_of_shifted_points(self):
        one = numpy.array([0.0, 1.0]), numpy.array([0.5, 0.5])
        self.assertAlmostEqual(wasserstein1(one, (one[0] + 0.25, one[1])), 0.25)


if __name__ == "__main__":
    unittest.main()
