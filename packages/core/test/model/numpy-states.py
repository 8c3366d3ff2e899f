"""Outputs and Jacobian of a hea model on complex states, by dense matrices. Made with numpy 2.4.6 on Python 3.11.

Run it in this folder: python numpy-states.py > numpy-states.json
"""

import json

import numpy as np

n, layers, points = 3, 2, 5
rng = np.random.default_rng(11)
X = rng.normal(size=(points, 2**n)) + 1j * rng.normal(size=(points, 2**n))
X /= np.linalg.norm(X, axis=1, keepdims=True)
theta = rng.uniform(0, 2 * np.pi, 2 * n * layers)

P = {
    "I": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}


def on(letters):
    """Kronecker product with qubit 0 least significant."""
    product = np.eye(1)
    for q in range(n):
        product = np.kron(P[letters.get(q, "I")], product)
    return product


def rotation(letter, qubit, angle):
    return np.cos(angle / 2) * np.eye(2**n) - 1j * np.sin(angle / 2) * on({qubit: letter})


def cz(a, b):
    return np.diag([-1 if k >> a & 1 and k >> b & 1 else 1 for k in range(2**n)])


observables = {
    "0.5*Z0*Z1 - X2": 0.5 * on({0: "Z", 1: "Z"}) - on({2: "X"}),
    "Y1": on({1: "Y"}),
}


def unitary(angles):
    U = np.eye(2**n)
    for layer in angles.reshape(layers, 2, n):
        for letter, row in zip("YZ", layer):
            for q in range(n):
                U = rotation(letter, q, row[q]) @ U
        for q in range(n):
            U = cz(q, (q + 1) % n) @ U
    return U


def outputs(angles):
    psi = X @ unitary(angles).T
    return np.array([np.einsum("mi,ij,mj->m", psi.conj(), O, psi).real for O in observables.values()]).T


def shifted(k):
    step = np.zeros_like(theta)
    step[k] = np.pi / 2
    return (outputs(theta + step) - outputs(theta - step)) / 2


J = np.stack([shifted(k) for k in range(theta.size)], axis=-1)
print(
    json.dumps(
        {
            "qubits": n,
            "layers": layers,
            "observable": list(observables),
            "X": np.stack([X.real, X.imag], axis=-1).reshape(points, -1).tolist(),
            "theta": theta.tolist(),
            "f": outputs(theta).ravel().tolist(),
            "J": J.ravel().tolist(),
        }
    )
)
