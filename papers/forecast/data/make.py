"""The data sets of this study from scikit-learn: python make.py. Fifty points each, drawn with a fixed seed; features are
standardised over them and turned to at most four principal components; real labels are scaled to deviation 0.4 around 0."""
import csv
import os

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

POINTS = 50
here = os.path.dirname(os.path.abspath(__file__))


def binary(bunch, low, high):
    keep = (bunch.target == low) | (bunch.target == high)
    return bunch.data[keep], np.where(bunch.target[keep] == high, 1.0, -1.0)


def real(X, y):
    return X, 0.4 * (y - y.mean()) / y.std()


sets = {
    # Design half.
    "diabetes": real(*datasets.load_diabetes(return_X_y=True)),
    "wine": binary(datasets.load_wine(), 0, 1),
    "circles": (lambda X, y: (X, 2.0 * y - 1))(*datasets.make_circles(200, noise=0.1, factor=0.5, random_state=1)),
    # Held-out half.
    "cancer": binary(datasets.load_breast_cancer(), 0, 1),
    "friedman": real(*datasets.make_friedman1(200, n_features=5, noise=0.5, random_state=1)),
    "digits": binary(datasets.load_digits(), 3, 8),
}

for name, (X, y) in sets.items():
    rows = np.random.default_rng(1).permutation(len(y))[:POINTS]
    X = StandardScaler().fit_transform(X[rows][:, X[rows].std(axis=0) > 0])
    X = PCA(min(4, X.shape[1])).fit_transform(X)
    with open(os.path.join(here, f"{name}.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"x{k}" for k in range(X.shape[1])] + ["y"])
        writer.writerows([[f"{value:.5g}" for value in [*x, label]] for x, label in zip(X, y[rows])])
print("scikit-learn", sklearn.__version__, "numpy", np.__version__)
