"""Data sets and results of XanaduAI/qml-benchmarks (Apache-2.0): python make.py FOLDER, where FOLDER is a clone of
https://github.com/XanaduAI/qml-benchmarks at commit 0bbf84855d4da9099adea6a7522029795664d05b. Runs its own generators with its own
seeds, keeps the training rows (six digits), checks them against the accuracies that it publishes for a support vector machine, fold by
fold, and writes the grid searches of two quantum models as results.json."""
import csv
import json
import os
import runpy
import sys
import tempfile
import types

import numpy as np
import sklearn
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

source = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))

# Folder of the results, folder of the data, name.
sets = [
    *(("linearly_separable", "linearly_separable", f"linearly_separable_{d}d") for d in (3, 4, 6, 7, 8, 10)),
    *(("hidden_manifold", "hidden_manifold", f"hidden_manifold-6manifold-{d}d") for d in (3, 4, 6, 7, 8, 10)),
    *(("two_curves", "two_curves_diff", f"two_curves-5degree-0.1offset-{d}d") for d in (3, 4, 6, 7, 8, 10)),
    *(("hyperplanes_diff", "hyperplanes_diff", f"hyperplanes-10d-from3d-{n}n") for n in (2, 5, 10)),
]
grids = {
    "CircuitCentricClassifier": ("learning_rate", "n_input_copies", "n_layers"),
    "DataReuploadingClassifier": ("learning_rate", "n_layers", "observable_type"),
}


def generators():
    """The package without what it imports for other data sets (JAX, numba)."""
    package = types.ModuleType("qml_benchmarks")
    data = types.ModuleType("qml_benchmarks.data")
    folder = os.path.join(source, "src", "qml_benchmarks", "data")
    for name in ("hidden_manifold", "hyperplanes", "linearly_separable", "two_curves"):
        for key, value in runpy.run_path(os.path.join(folder, f"{name}.py")).items():
            if key.startswith("generate_"):
                setattr(data, key, value)
    sys.modules["qml_benchmarks"], sys.modules["qml_benchmarks.data"] = package, data


def results(folder, model, name):
    with open(os.path.join(source, "paper", "results", folder, model, f"{model}_{name}_GridSearchCV.csv")) as file:
        return list(csv.DictReader(file))


def splits(row):
    key = "score" if "split0_test_score" in row else "accuracy"
    return [row[f"split{k}_test_{key}"] for k in range(5)]


def checked(X, y, folder, name):
    """How many of the published accuracies of the support vector machine these data give again."""
    found = []
    for row in results(folder, "SVC", name):
        machine = SVC(C=float(row["param_C"]), gamma=float(row["param_gamma"]))
        for (train, test), published in zip(StratifiedKFold(5).split(X, y), splits(row)):
            found.append(abs(machine.fit(X[train], y[train]).score(X[test], y[test]) - float(published)) < 1e-9)
    return f"{sum(found)} of {len(found)}"


generators()
tables = []
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for name in ("linearly_separable", "hidden_manifold", "hyperplanes", "two_curves"):
        runpy.run_path(os.path.join(source, "paper", "benchmarks", f"generate_{name}.py"))
    for result_folder, data_folder, name in sets:
        rows = np.loadtxt(os.path.join(data_folder, f"{name}_train.csv"), delimiter=",")
        X, y = rows[:, :-1], rows[:, -1]
        print(name, "accuracies of the support vector machine that are the same:", checked(X, y, result_folder, name))
        with open(os.path.join(here, f"{name}.csv"), "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([f"x{k}" for k in range(X.shape[1])] + ["y"])
            writer.writerows([[f"{value:.6g}" for value in row] for row in rows])
        for model, keys in grids.items():
            d = X.shape[1]
            if d not in ((3, 4, 6, 8) if model.startswith("Circuit") else (4, 7, 10)):
                continue
            candidates = [
                {
                    **{key: row[f"param_{key}"] if key == "observable_type" else float(row[f"param_{key}"]) for key in keys},
                    "accuracies": [round(float(value), 4) for value in splits(row)],
                }
                for row in results(result_folder, model, name)
            ]
            tables.append({"model": model, "set": name, "candidates": candidates})
with open(os.path.join(here, "results.json"), "w") as file:
    head = {
        "source": "https://github.com/XanaduAI/qml-benchmarks",
        "commit": "0bbf84855d4da9099adea6a7522029795664d05b",
        "license": "Apache-2.0",
        "files": "paper/results/*/MODEL/MODEL_SET_GridSearchCV.csv",
    }
    body = ",\n".join(json.dumps(table, separators=(",", ":")) for table in tables)
    file.write(json.dumps(head, indent=2)[:-2] + ',\n  "tables": [\n' + body + "\n]}\n")
print("scikit-learn", sklearn.__version__, "numpy", np.__version__)
