"""Products, Cholesky factors, eigenvectors and singular value decompositions of dense matrices (bench/dense.ts)."""
import numpy as np
from peer import serve


def entries(count):
    h = (np.arange(1, count + 1, dtype=np.uint64) * 0x9E3779B1) & 0xFFFFFFFF
    h = ((h ^ (h >> np.uint64(16))) * 0x85EBCA6B) & 0xFFFFFFFF
    h = ((h ^ (h >> np.uint64(13))) * 0xC2B2AE35) & 0xFFFFFFFF
    return (h ^ (h >> np.uint64(16))) / 2**32 - 0.5


def prepare(problem):
    rows, cols = problem["rows"], problem["cols"]
    a = entries(rows * cols).reshape(rows, cols)
    version = f"numpy {np.__version__}"
    if problem["kind"] == "product":
        c = a @ a
        return lambda: a @ a, [c[0, 0], c[1, 0], c[-1, -1]], version
    s = np.triu(a) + np.triu(a, 1).T if rows == cols else None
    if problem["kind"] == "cholesky":
        p = s + rows * np.eye(rows)
        return lambda: np.linalg.cholesky(p), np.diag(np.linalg.cholesky(p)), version
    if problem["kind"] == "eigen":
        return lambda: np.linalg.eigh(s), np.linalg.eigh(s)[0][::-1], version
    run = lambda: np.linalg.svd(a, full_matrices=False)
    return run, run()[1], version


serve(prepare)
