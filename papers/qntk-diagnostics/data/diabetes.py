"""Writes diabetes.json: the four features of scikit-learn's diabetes data that correlate most with the target.

    python diabetes.py        (scikit-learn 1.9.1, numpy 2.4.6)
"""
import json
import os

import numpy as np
import sklearn
from sklearn.datasets import load_diabetes

data = load_diabetes(scaled=False)
correlation = [abs(np.corrcoef(column, data.target)[0, 1]) for column in data.data.T]
best = sorted(np.argsort(correlation)[-4:])
columns = [dict(name=data.feature_names[k], values=data.data[:, k].tolist()) for k in best]
made = f"sklearn.datasets.load_diabetes(scaled=False), scikit-learn {sklearn.__version__}"
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "diabetes.json"), "w") as file:
    json.dump(dict(made=made, features=columns, target=data.target.tolist()), file, separators=(",", ":"))
    file.write("\n")
