"""The data sets of the later parts of this study: python make_new.py. Drawn with a fixed seed; features are standardised by the
training points and turned to at most `components` of their principal components; real labels are brought to deviation 0.4 around 0 by
them, classes are ±1 (two) or one column of ±1 each. The first half of the points is for training."""
import csv
import os

import numpy as np
import palmerpenguins
import sklearn
import statsmodels
import statsmodels.datasets
import vega_datasets
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

here = os.path.dirname(os.path.abspath(__file__))


def real(X, y):
    return X, y, "real"


def binary(X, y):
    return X, np.where(y == np.max(y), 1.0, -1.0)[:, None], "classes"


def several(X, y):
    return X, np.where(np.asarray(y)[:, None] == np.unique(y)[None, :], 1.0, -1.0), "classes"


def cars():
    table = vega_datasets.local_data.cars().dropna()
    return real(table[["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"]], table["Miles_per_Gallon"])


def vote():
    table = statsmodels.datasets.anes96.load_pandas().data
    return binary(table.drop(columns=["vote", "popul"]), table["vote"])


def penguins():
    table = palmerpenguins.load_penguins().dropna()
    return several(table[["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]], table["species"])


def schools():
    table = statsmodels.datasets.star98.load_pandas().data
    return real(table.loc[:, "LOWINC":"PCTYRRND"], table["NABOVE"] / (table["NABOVE"] + table["NBELOW"]))


def affairs():
    table = statsmodels.datasets.fair.load_pandas().data
    return binary(table.drop(columns=["affairs"]), np.sign(table["affairs"]))


def weather():
    table = vega_datasets.local_data.seattle_weather()
    table = table[table["weather"].isin(["fog", "rain", "sun"])]
    return several(table[["precipitation", "temp_max", "temp_min", "wind"]], table["weather"])


def origins():
    table = vega_datasets.local_data.cars().dropna()
    return several(
        table[["Miles_per_Gallon", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"]], table["Origin"].astype(str)
    )


# name: (data, points, components)
sets = {
    # Four qubits, one output.
    "cars": (cars(), 50, 4),
    "vote": (vote(), 50, 4),
    "friedman3": (real(*datasets.make_friedman3(400, noise=0.1, random_state=3)), 50, 4),
    # Four qubits, three classes: design, then those to check on.
    "wine3": (several(*datasets.load_wine(return_X_y=True)), 60, 4),
    "penguins": (penguins(), 60, 4),
    "shells": (several(*datasets.make_gaussian_quantiles(n_samples=400, n_features=3, n_classes=3, random_state=3)), 60, 4),
    # Six and eight qubits: design, then those to check on.
    "diabetes6": (real(*datasets.load_diabetes(return_X_y=True)), 120, 6),
    "hastie8": (binary(*datasets.make_hastie_10_2(400, random_state=3)), 200, 8),
    "roll6": (real(*datasets.make_swiss_roll(400, noise=0.3, random_state=3)), 160, 6),
    "clusters8": (
        binary(*datasets.make_classification(400, n_features=8, n_informative=6, n_redundant=0, class_sep=0.8, random_state=3)),
        120,
        8,
    ),
    # Opened after all of these: four qubits, one output, and three classes.
    "friedman2": (real(*datasets.make_friedman2(400, noise=30, random_state=3)), 50, 4),
    "schools": (schools(), 50, 4),
    "affairs": (affairs(), 50, 4),
    "weather": (weather(), 60, 4),
    # Opened after L-BFGS was forecast by the beginning of its training: three classes.
    "iris": (several(*datasets.load_iris(return_X_y=True)), 60, 4),
    "origins": (origins(), 60, 4),
}

for name, ((X, y, kind), points, components) in sets.items():
    X, y = np.asarray(X, float), np.asarray(y, float).reshape(len(X), -1)
    rows = np.random.default_rng(3).permutation(len(y))[:points]
    X, y, half = X[rows], y[rows], points // 2
    X = StandardScaler().fit(X[:half]).transform(X)
    X = PCA(min(components, X.shape[1])).fit(X[:half]).transform(X)
    if kind == "real":
        y = 0.4 * (y - y[:half].mean()) / y[:half].std()
    with open(os.path.join(here, f"{name}.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        labels = ["y"] if y.shape[1] == 1 else [f"y{k}" for k in range(y.shape[1])]
        writer.writerow([f"x{k}" for k in range(X.shape[1])] + labels)
        writer.writerows([[f"{value:.5g}" for value in [*x, *own]] for x, own in zip(X, y)])
print(
    "scikit-learn", sklearn.__version__, "numpy", np.__version__, "statsmodels", statsmodels.__version__,
    "vega_datasets", vega_datasets.__version__, "palmerpenguins 0.1.6",
)
