"""A PennyLane circuit: to OpenQASM 3, diagnosed, and its outputs compared with PennyLane's own.

PennyLane writes OpenQASM 2 with numbers for angles; pennylane_openqasm.py finds what they are of the arguments.
"""

import json
import subprocess

import numpy as np
import pandas as pd
import pennylane as qml

from pennylane_openqasm import to_openqasm


@qml.qnode(qml.device("default.qubit", wires=4))
def circuit(x, theta):
    qml.AngleEmbedding([x[0], x[1], x[0], x[1]], wires=range(4), rotation="Y")
    qml.StronglyEntanglingLayers(theta, wires=range(4))
    return qml.expval(qml.PauliZ(0))


with open("pennylane.qasm", "w") as file:
    file.write(to_openqasm(circuit, wires=range(4), x=(2,), theta=(3, 4, 3)))

run = subprocess.run("npx qntk diagnose pennylane.yaml --json".split(), capture_output=True, text=True, check=True)
print("\n".join(verdict["text"] for verdict in json.loads(run.stdout)["verdicts"]))

# The same numbers as PennyLane's, on all points at the first initial parameters.
subprocess.run("npx qntk kernel pennylane.yaml --out pennylane.npz".split(), capture_output=True, check=True)
found = np.load("pennylane.npz")
points = pd.read_parquet("points.parquet")[["a", "b"]].to_numpy()
outputs = [circuit(point, found["theta"].reshape(3, 4, 3)) for point in points]
np.savez("pennylane-outputs.npz", theta=found["theta"], f=outputs)
print(f"equal to PennyLane to 1e-12: {np.abs(found['f'] - outputs).max() < 1e-12}")
