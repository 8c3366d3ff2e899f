"""Writes limit.json: the limit's d x d equation dM/dt = sum_j r_j [M, [M, rho_j]] at d = 128, over a whole run, by SciPy.

Call: python generate.py (some minutes). limit.test.ts builds the same problems from the recipe of `vectors`.
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.integrate import DOP853

D, GAMMA = 128, 2.0
TIMES = [0, 0.1, 0.5, 1, 2.5, 5]
TWO = [(1, 64), (-1, 64)]
THREE = [(1, 43), (0, 42), (-1, 43)]
FIVE = [(1, 26), (0.6, 26), (0.1, 24), (-0.4, 26), (-1, 26)]


def vectors(count):
    """Rows of amplitudes, each normalised, from quadratic residues."""
    j, a = np.meshgrid(np.arange(count), np.arange(D), indexing="ij")
    phase = ((a + 1) * (a + 3 * j + 2) * (j + 2)) % 1009
    z = np.cos(phase) + 1j * np.sin(2 * phase + a)
    return z / np.linalg.norm(z, axis=1)[:, None]


def orthonormal(rows):
    rows = rows.copy()
    for k in range(len(rows)):
        for _ in range(2):
            rows[k] -= (rows[:k].conj() @ rows[k]) @ rows[:k]
        rows[k] /= np.linalg.norm(rows[k])
    return rows


def run(levels, rows, weights, sample, y):
    m = len(y)
    rho = np.zeros((m, D, D), complex)
    for v, w, j in zip(rows, weights, sample):
        rho[j] += w * np.outer(v, v.conj())
    M0 = np.diag(np.concatenate([[GAMMA * value] * size for value, size in levels])).astype(complex)
    outputs = lambda M: np.real(np.einsum("jab,ba->j", rho, M))

    def slope(_, flat):
        M = flat.reshape(D, D)
        X = np.tensordot(y - outputs(M), rho, 1)
        A = M @ X - X @ M
        return (M @ A - A @ M).ravel()

    def least(M):
        C = 1j * (M @ rho - rho @ M)
        return np.linalg.eigvalsh(np.real(np.einsum("iab,jba->ij", C, C)))[0]

    found = []
    M = M0
    for start, end in zip([0, *TIMES], TIMES):
        if end > start:
            solver = DOP853(slope, start, M.ravel(), end, rtol=1e-13, atol=1e-14)
            while solver.status == "running":
                solver.step()
            M = solver.y.reshape(D, D)
        found.append(M)
    return {"outputs": [list(outputs(M)) for M in found], "lambdaMin": [least(M) for M in found]}


plain = vectors(16)
ones, each = [1.0] * 16, list(range(16))
signs = np.array([1.0, -1.0] * 8)
spread = np.linspace(-0.9, 0.8, 16)
pairs, halves = [k // 2 for k in range(16)], [0.75, 0.25] * 8
cases = [
    ("two", "orthonormal", TWO, orthonormal(plain), ones, each, signs),
    ("three", "orthonormal", THREE, orthonormal(plain), ones, each, signs),
    ("five", "orthonormal", FIVE, orthonormal(plain), ones, each, signs),
    ("three, any overlaps", "overlapping", THREE, plain, ones, each, spread),
    ("five, mixed", "mixed", FIVE, plain, halves, pairs, spread[::2]),
]
document = {
    "made_by": {"call": "python generate.py", "numpy": np.__version__, "scipy": scipy.__version__},
    "dimension": D,
    "times": TIMES,
    "cases": [
        {
            "name": name,
            "inputs": inputs,
            "levels": [{"value": GAMMA * value, "dimension": size} for value, size in levels],
            "weights": weights,
            "sample": sample,
            "labels": list(y),
            **run(levels, rows, weights, sample, y),
        }
        for name, inputs, levels, rows, weights, sample, y in cases
    ],
}
Path(__file__).with_name("limit.json").write_text(json.dumps(document) + "\n")
