"""Writes oracles.json: ridge regression and Gaussian kernel ridge regression with an intercept, by scikit-learn.

    python oracles.py        (scikit-learn and numpy versions are in the file)

Kernel ridge regression whose intercept is not penalised is ridge regression on the rows of a Cholesky factor of the kernel.
"""
import json
import numpy as np
import sklearn
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(5)
cases = []
for rows, tests, width, outputs in [(14, 5, 3, 1), (9, 4, 12, 2), (25, 6, 2, 3)]:
    X = rng.normal(size=(rows + tests, width)) * rng.uniform(0.1, 30, width) + rng.normal(size=width)
    Y = np.stack([np.sin(X @ rng.normal(size=width)) + 0.1 * rng.normal(size=rows + tests) for _ in range(outputs)], 1)
    scaler = StandardScaler().fit(X[:rows])
    Z, Zt = scaler.transform(X[:rows]), scaler.transform(X[rows:])

    def best(A, At, K):
        alphas = np.trace(K) / rows * np.logspace(-6, 3, 28)
        cv = RidgeCV(alphas=alphas, store_cv_results=True, gcv_mode="svd").fit(A, Y[:rows])
        errors = cv.cv_results_.reshape(rows, outputs, len(alphas)).mean((0, 1))
        k = int(errors.argmin())
        model = Ridge(alpha=alphas[k], solver="svd").fit(A, Y[:rows])
        return dict(ridge=alphas[k], leaveOneOutMse=errors[k], test=model.predict(At).reshape(tests, outputs).ravel().tolist())

    linear = best(Z, Zt, Z @ Z.T)
    distances = ((Z[:, None] - Z[None]) ** 2).sum(-1)
    below = np.sort(distances[np.tril_indices(rows, -1)])
    median = below[len(below) // 2]
    found = []
    for length in (0.25, 0.5, 1, 2, 4):
        gamma = 1 / (2 * median * length ** 2)
        K = rbf_kernel(Z, gamma=gamma)
        L = np.linalg.cholesky(K + 1e-14 * np.eye(rows))
        At = np.linalg.solve(L, rbf_kernel(Z, Zt, gamma=gamma)).T
        found.append(best(L, At, K))
    gaussian = min(found, key=lambda one: one["leaveOneOutMse"])
    cases.append(dict(rows=rows, tests=tests, width=width, outputs=outputs, X=X.ravel().tolist(), y=Y.ravel().tolist(), linear=linear, gaussian=gaussian))

json.dump(dict(made_by=dict(call="RidgeCV(alphas, gcv_mode='svd'), Ridge(alpha, solver='svd'), rbf_kernel, StandardScaler", sklearn=sklearn.__version__, numpy=np.__version__), cases=cases), open("oracles.json", "w"), indent=1)
