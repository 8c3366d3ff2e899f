"""The data sets of this study from scikit-learn: python make.py. Forty points to train on, then up to two hundred to test by, so
that a test score is known well; drawn with a fixed seed. Features are standardised over the forty and turned to at most four of their
principal components; real labels are brought to deviation 0.4 around 0 by them."""
import csv
import os

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

TRAIN, TEST = 40, 200
here = os.path.dirname(os.path.abspath(__file__))


def binary(bunch, low, high):
    keep = (bunch.target == low) | (bunch.target == high)
    return bunch.data[keep], np.where(bunch.target[keep] == high, 1.0, -1.0), False


def real(X, y):
    return X, y, True


sets = {
    # Design half.
    "diabetes": real(*datasets.load_diabetes(return_X_y=True)),
    "wine": binary(datasets.load_wine(), 0, 1),
    "circles": (lambda X, y: (X, 2.0 * y - 1, False))(*datasets.make_circles(240, noise=0.1, factor=0.5, random_state=2)),
    # Held-out half.
    "cancer": binary(datasets.load_breast_cancer(), 0, 1),
    "friedman": real(*datasets.make_friedman1(240, n_features=5, noise=0.5, random_state=2)),
    "digits": binary(datasets.load_digits(), 3, 8),
}

for name, (X, y, is_real) in sets.items():
    rows = np.random.default_rng(2).permutation(len(y))[: TRAIN + TEST]
    X, y = X[rows], y[rows]
    X = X[:, X[:TRAIN].std(axis=0) > 0]
    X = StandardScaler().fit(X[:TRAIN]).transform(X)
    X = PCA(min(4, X.shape[1])).fit(X[:TRAIN]).transform(X)
    if is_real:
        y = 0.4 * (y - y[:TRAIN].mean()) / y[:TRAIN].std()
    with open(os.path.join(here, f"{name}.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([f"x{k}" for k in range(X.shape[1])] + ["y"])
        writer.writerows([[f"{value:.4g}" for value in [*x, label]] for x, label in zip(X, y)])
print("scikit-learn", sklearn.__version__, "numpy", np.__version__)
