"""A PennyLane circuit: to OpenQASM 3, diagnosed, and its outputs compared with PennyLane's own.

PennyLane writes OpenQASM 2 with numbers for angles. Distinct random numbers go in, and names take their places: right for
every gate whose angle is an input or a parameter itself. The comparison at the end would notice any other.
"""

import json
import re
import subprocess

import numpy as np
import pandas as pd
import pennylane as qml


@qml.qnode(qml.device("default.qubit", wires=4))
def circuit(x, theta):
    qml.AngleEmbedding([x[0], x[1], x[0], x[1]], wires=range(4), rotation="Y")
    qml.StronglyEntanglingLayers(theta, wires=range(4))
    return qml.expval(qml.PauliZ(0))


rng = np.random.default_rng(1)
x, theta = rng.random(2), rng.random((3, 4, 3))
names = {str(value): f"x_{k}" for k, value in enumerate(x)}
names |= {str(value): f"theta_{k}" for k, value in enumerate(theta.ravel())}
gates = qml.tape.QuantumScript(qml.workflow.construct_tape(circuit)(x, theta).operations)
gates = qml.to_openqasm(gates, wires=range(4), measure_all=False).split('"qelib1.inc";')[1]
gates = re.sub(r"\d+\.\d+(e-\d+)?", lambda number: names.get(number[0], number[0]), gates)
inputs = "".join(f"input float {name};\n" for name in names.values())
with open("pennylane.qasm", "w") as file:
    file.write(f'OPENQASM 3.0;\ninclude "stdgates.inc";\n{inputs}{gates.lstrip()}')

run = subprocess.run("npx qntk diagnose pennylane.yaml --json".split(), capture_output=True, text=True, check=True)
print("\n".join(verdict["text"] for verdict in json.loads(run.stdout)["verdicts"]))

# The same numbers as PennyLane's, on all points at the first initial parameters.
subprocess.run("npx qntk kernel pennylane.yaml --out pennylane.npz".split(), capture_output=True, check=True)
found = np.load("pennylane.npz")
points = pd.read_parquet("points.parquet")[["a", "b"]].to_numpy()
outputs = [circuit(point, found["theta"].reshape(theta.shape)) for point in points]
np.savez("pennylane-outputs.npz", theta=found["theta"], f=outputs)
print(f"equal to PennyLane to 1e-12: {np.abs(found['f'] - outputs).max() < 1e-12}")
