"""A table of pandas as data: written as Parquet, diagnosed, and the kernel read back into pandas."""

import json
import subprocess

import numpy as np
import pandas as pd

rng = np.random.default_rng(5)
points = pd.DataFrame(rng.uniform(-1.5, 1.5, (60, 2)), columns=["a", "b"])
points["label"] = np.where(points.a * points.b > 0, "same", "other")
points.to_parquet("points.parquet")

run = subprocess.run("npx qntk diagnose points.yaml --json".split(), capture_output=True, text=True, check=True)
seeds = pd.json_normalize(json.loads(run.stdout)["seeds"])
print(seeds[["seed", "rank", "forecast.trainLoss", "forecast.testMse"]].round(4).to_string(index=False))

subprocess.run("npx qntk kernel points.yaml --out kernel.parquet".split(), capture_output=True, check=True)
kernel = pd.read_parquet("kernel.parquet")
J, K = kernel.filter(regex="^J_").to_numpy(), kernel.filter(regex="^K_").to_numpy()
print(f"{len(kernel)} points, {J.shape[1]} parameters, |K - J J^T| < 1e-12: {np.abs(K - J @ J.T).max() < 1e-12}")
