"""A Qiskit circuit: to OpenQASM 3, diagnosed, and its outputs compared with Qiskit's own."""

import json
import subprocess

import numpy as np
import pandas as pd
from qiskit import QuantumCircuit, qasm3
from qiskit.circuit import ParameterVector
from qiskit.circuit.library import efficient_su2
from qiskit.quantum_info import SparsePauliOp, Statevector

x = ParameterVector("x", 2)
circuit = QuantumCircuit(4)
for qubit in range(4):
    circuit.ry(x[qubit % 2], qubit)
circuit.cp(x[0] * x[1], 0, 1)
circuit.rzz(np.pi / 2 - x[0], 2, 3)
circuit.compose(efficient_su2(4, reps=2), inplace=True)
with open("qiskit.qasm", "w") as file:
    file.write(qasm3.dumps(circuit))

run = subprocess.run("npx qntk diagnose qiskit.yaml --json".split(), capture_output=True, text=True, check=True)
print("\n".join(verdict["text"] for verdict in json.loads(run.stdout)["verdicts"]))

# The same numbers as Qiskit's, on all points at the first initial parameters.
subprocess.run("npx qntk kernel qiskit.yaml --out qiskit.npz".split(), capture_output=True, check=True)
found = np.load("qiskit.npz")
theta = [parameter for parameter in circuit.parameters if parameter not in set(x)]
outputs = [
    Statevector(circuit.assign_parameters({**dict(zip(x, point)), **dict(zip(theta, found["theta"]))}))
    .expectation_value(SparsePauliOp("IIIZ"))
    .real
    for point in pd.read_parquet("points.parquet")[["a", "b"]].to_numpy()
]
np.savez("qiskit-outputs.npz", theta=found["theta"], f=outputs)
print(f"equal to Qiskit to 1e-12: {np.abs(found['f'] - outputs).max() < 1e-12}")
