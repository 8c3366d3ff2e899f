"""Writes oracles.json: scikit-learn's moons, dense Ising rings by numpy, scores by scikit-learn.

    python oracles.py        (scikit-learn 1.9.1, numpy 2.4.6)
"""
import json
import numpy as np
import sklearn
from sklearn.datasets import make_moons
from sklearn.metrics import mean_squared_error, r2_score, accuracy_score

moons = []
for n in (7, 12):
    X, y = make_moons(n, shuffle=False, noise=None)
    moons.append(dict(points=n, X=X.tolist(), y=y.tolist()))

PX = np.array([[0, 1], [1, 0]])
PZ = np.diag([1, -1])


def on(op, q, n):
    out = np.eye(1)
    for i in range(n):
        out = np.kron(op if i == q else np.eye(2), out)
    return out


tfim = []
for n, j, h in [(2, 1, 0.5), (3, 1, 0.7), (5, 1, -0.4), (6, 1, -5), (6, 1, -1), (6, 1, 0.5), (6, 1, 4.5), (6, 0.6, 1.1), (7, 1.3, -0.9)]:
    bonds = [(0, 1)] if n == 2 else [(q, (q + 1) % n) for q in range(n)]
    H = -j * sum(on(PZ, a, n) @ on(PZ, b, n) for a, b in bonds) - h * sum(on(PX, q, n) for q in range(n))
    w, v = np.linalg.eigh(H)
    m = v[:, 0] @ sum(on(PX, q, n) for q in range(n)) @ v[:, 0] / n
    tfim.append(dict(sites=n, coupling=j, field=h, energy=w[0], gap=w[1] - w[0], magnetization=m))

rng = np.random.default_rng(3)
y, f = rng.normal(size=(9, 2)), rng.normal(size=(9, 2))
labels, outputs = rng.integers(0, 3, 15), rng.normal(size=(15, 3))
scores = dict(y=y.ravel().tolist(), f=f.ravel().tolist(), outputs=2, mse=mean_squared_error(y, f), r2=r2_score(y, f),
              labels=(2 * np.eye(3)[labels] - 1).ravel().tolist(), found=outputs.ravel().tolist(), accuracy=accuracy_score(labels, outputs.argmax(1)))

json.dump(dict(made_by=dict(call="make_moons(n, shuffle=False, noise=None); numpy.linalg.eigh; sklearn.metrics", sklearn=sklearn.__version__, numpy=np.__version__),
               moons=moons, tfim=tfim, scores=scores), open("oracles.json", "w"), indent=1)
