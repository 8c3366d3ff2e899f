"""Writes scipy-lbfgs.json: scipy's L-BFGS-B on two small QNN fits, simulated here in numpy alone.

    python scipy-lbfgs.py        (scipy 1.17.1, numpy 2.4.6)

Model: RY(x) on each of 3 qubits, 6 hea layers (RY, RZ on each qubit, CZ ring), readout Z0; qubit q is bit q.
Loss: 1/(2m) sum r^2; gradient by parameter shift.
"""
import json
import numpy as np
import scipy
from scipy.optimize import minimize

N, LAYERS = 3, 6
D = 2**N


def rotate(states, q, a, kind):
    """states (D, m); angle scalar or (m,)."""
    s = states.reshape(2 ** (N - 1 - q), 2, 2**q, -1)
    c, n = np.cos(a / 2), np.sin(a / 2)
    out = np.empty_like(s)
    if kind == "ry":
        out[:, 0] = c * s[:, 0] - n * s[:, 1]
        out[:, 1] = n * s[:, 0] + c * s[:, 1]
    else:
        out[:, 0] = (c - 1j * n) * s[:, 0]
        out[:, 1] = (c + 1j * n) * s[:, 1]
    return out.reshape(D, -1)


K = np.arange(D)
CZ = np.ones(D)
for q in range(N):
    CZ = CZ * np.where((K >> q) & (K >> ((q + 1) % N)) & 1, -1, 1)
Z0 = np.where(K & 1, -1, 1)


def f(theta, x):
    states = np.zeros((D, len(x)), complex)
    states[0] = 1
    for q in range(N):
        states = rotate(states, q, x, "ry")
    angles = iter(theta)
    for _ in range(LAYERS):
        for kind in ("ry", "rz"):
            for q in range(N):
                states = rotate(states, q, next(angles), kind)
        states = CZ[:, None] * states
    return Z0 @ np.abs(states) ** 2


def loss(theta, x, y):
    r = y - f(theta, x)
    g = np.empty_like(theta)
    for k in range(len(theta)):
        e = np.zeros_like(theta)
        e[k] = np.pi / 2
        g[k] = -r @ ((f(theta + e, x) - f(theta - e, x)) / 2) / len(x)
    return r @ r / (2 * len(x)), g


rng = np.random.default_rng(5)
x = np.linspace(-np.pi / 2, np.pi / 2, 12)
cases = []
for name, y in [("reachable", f(rng.uniform(0, 2 * np.pi, 2 * N * LAYERS), x)), ("floor", 0.6 * np.sin(3.7 * x) + 0.05 * rng.normal(size=12))]:
    theta0 = rng.uniform(0, 2 * np.pi, 2 * N * LAYERS)
    curve = [loss(theta0, x, y)[0]]
    options = dict(maxcor=10, ftol=0, gtol=1e-9, maxiter=2000, maxfun=20000, maxls=40)
    result = minimize(loss, theta0, (x, y), jac=True, method="L-BFGS-B", options=options, callback=lambda t: curve.append(loss(t, x, y)[0]))
    l0, g0 = loss(theta0, x, y)
    cases.append(dict(name=name, x=x.tolist(), y=y.tolist(), theta0=theta0.tolist(), f0=f(theta0, x).tolist(), loss0=l0, gradient0=g0.tolist(),
                      loss=result.fun, nit=int(result.nit), nfev=int(result.nfev), message=str(result.message), curve=curve))
    print(name, result.fun, result.nit, result.nfev, result.message, len(curve))
json.dump(dict(made_by=dict(call='minimize(loss, theta0, jac=True, method="L-BFGS-B", options=dict(maxcor=10, ftol=0, gtol=1e-9, maxiter=2000, maxfun=20000, maxls=40))', scipy=scipy.__version__, numpy=np.__version__), qubits=N, layers=LAYERS, cases=cases), open("scipy-lbfgs.json", "w"), indent=1)
