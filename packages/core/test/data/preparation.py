"""Writes preparation.json: what scikit-learn makes of features, fitted on some rows and applied to all.

    python preparation.py        (scikit-learn 1.9.1, numpy 2.4.6)
"""
import json
import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler

rng = np.random.default_rng(13)


def with_fixed_signs(pca):
    """The loading of the largest size is positive."""
    largest = np.argmax(np.abs(pca.components_), axis=1)
    pca.components_ *= np.sign(pca.components_[np.arange(len(largest)), largest])[:, None]
    return pca


ranges = []
for low, high in [(-np.pi / 2, np.pi / 2), (0.0, 1.0), (-3.0, -1.5)]:
    X, train = rng.normal(size=(14, 3)) * [1, 1e3, 1e-4] + [5, -2e4, 0], np.sort(rng.permutation(14)[:8])
    scaler = MinMaxScaler((low, high)).fit(X[train])
    ranges.append(dict(X=X.tolist(), train=train.tolist(), range=[low, high], scaled=scaler.transform(X).tolist()))

components = []
for rows, features, fitted, count in [(20, 4, 12, 4), (30, 6, 18, 2), (10, 9, 6, 5)]:
    X = rng.normal(size=(rows, features)) @ rng.normal(size=(features, features)) * np.logspace(-3, 3, features) + rng.normal(size=features)
    # A feature that is constant among the fitted rows.
    if features == 6:
        X[:, 2] = 0.1
    train = np.sort(rng.permutation(rows)[:fitted])
    scaler = StandardScaler().fit(X[train])
    pca = with_fixed_signs(PCA(count, svd_solver="full").fit(scaler.transform(X[train])))
    components.append(dict(X=X.tolist(), train=train.tolist(), count=count, loadings=pca.components_.tolist(),
                           explained=pca.explained_variance_ratio_.tolist(), scores=pca.transform(scaler.transform(X)).tolist()))

text = [["b", "red"], ["a", "green"], ["c", "red"], ["a", "blue"], ["Z", "red"], ["d", "green"]]
encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(text[:4])
one_hot = dict(texts=text, train=[0, 1, 2, 3], names=encoder.get_feature_names_out(["p", "q"]).tolist(),
               encoded=encoder.transform(text).tolist())

strata = []
for sizes, train in [([50, 50, 50], 45), ([59, 71, 48], 100), ([212, 357], 171), ([5, 90, 41], 17), ([13, 29], 9)]:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    split = StratifiedShuffleSplit(1, train_size=train, test_size=len(labels) - train, random_state=0)
    rows, _ = next(split.split(labels[:, None], labels))
    strata.append(dict(sizes=sizes, train=train, counts=np.bincount(labels[rows], minlength=len(sizes)).tolist()))

json.dump(dict(made_by=dict(call="MinMaxScaler(range).fit(X[train]); PCA(count, svd_solver='full') after StandardScaler(); "
                                 "OneHotEncoder(handle_unknown='ignore'); StratifiedShuffleSplit", sklearn=sklearn.__version__, numpy=np.__version__),
               ranges=ranges, components=components, oneHot=one_hot, strata=strata), open("preparation.json", "w"), indent=1)
