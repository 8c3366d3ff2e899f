"""Outputs, states and derivatives of a list of gates by PennyLane and by Qiskit."""

import numpy as np
import pennylane as qp
from qiskit import QuantumCircuit
from qiskit.circuit.library import UnitaryGate
from qiskit.quantum_info import SparsePauliOp, Statevector

from circuits import value

# ---- PennyLane

PENNYLANE = {
    "x": qp.PauliX, "y": qp.PauliY, "z": qp.PauliZ, "h": qp.Hadamard, "s": qp.S, "t": qp.T, "sx": qp.SX,
    "p": qp.PhaseShift, "rx": qp.RX, "ry": qp.RY, "rz": qp.RZ, "u": qp.U3,
    "cx": qp.CNOT, "cy": qp.CY, "cz": qp.CZ, "ch": qp.CH, "swap": qp.SWAP,
    "crx": qp.CRX, "cry": qp.CRY, "crz": qp.CRZ, "cp": qp.ControlledPhaseShift,
    "rxx": qp.IsingXX, "ryy": qp.IsingYY, "rzz": qp.IsingZZ, "ccx": qp.Toffoli, "cswap": qp.CSWAP,
}  # fmt: skip


def matrix_of(entry):
    return np.array([[complex(*v) for v in row] for row in entry["matrix"]])


def apply_pennylane(entry, x, params):
    name, wires = entry["gate"], entry["wires"]
    angles = [value(a, x, params) for a in entry["angle"]]
    if name in ("sdg", "tdg", "sxdg"):
        qp.adjoint(PENNYLANE[name[:-2]])(wires=wires)
    elif name == "cu":
        qp.ctrl(qp.U3, control=wires[0])(*angles[:3], wires=wires[1])
        qp.PhaseShift(angles[3], wires=wires[0])
    elif name == "unitary":
        qp.QubitUnitary(matrix_of(entry), wires=wires[::-1])
    else:
        PENNYLANE[name](*angles, wires=wires)


def pennylane_observable(obs):
    def word(paulis):
        factors = [getattr(qp, letter)(int(q)) for q, letter in paulis.items()]
        return factors[0] if len(factors) == 1 else qp.prod(*factors)

    return qp.Hamiltonian([t["coeff"] for t in obs["terms"]], [word(t["paulis"]) for t in obs["terms"]])


def run_pennylane(case, apply, params, x, what):
    n = case["qubits"]

    @qp.qnode(qp.device("default.qubit", wires=n), interface="autograd", diff_method="backprop")
    def circuit(p):
        if case["amplitudes"]:
            qp.AmplitudeEmbedding(x, wires=range(n)[::-1], pad_with=0.0, normalize=True)
        apply(x, p)
        if what == "state":
            return qp.state()
        return tuple(qp.expval(pennylane_observable(o)) for o in case["observables"])

    if what == "state":  # first wire most significant -> qubit 0 least significant
        return np.asarray(circuit(params)).reshape([2] * n).transpose(range(n)[::-1]).reshape(-1)
    outputs = lambda p: case["scale"] * qp.math.stack(circuit(p))
    return np.asarray(outputs(params) if what == "f" else qp.jacobian(outputs)(params))


# ---- Qiskit


def start(case, x):
    n = case["qubits"]
    amplitudes = np.zeros(2**n)
    if case["amplitudes"]:
        amplitudes[: len(x)] = x / np.linalg.norm(x)
    else:
        amplitudes[0] = 1.0
    return amplitudes


def qiskit_circuit(case, x, params):
    circuit = QuantumCircuit(case["qubits"])
    for entry in case["gates"]:
        if entry["gate"] == "unitary":
            circuit.append(UnitaryGate(matrix_of(entry)), entry["wires"])
        else:
            angles = [float(value(a, x, params)) for a in entry["angle"]]
            getattr(circuit, entry["gate"])(*angles, *entry["wires"])
    return circuit


def bind(native, x, params):
    values = {"x": x, "θ": params}
    return native.assign_parameters({p: float(values[p.name[0]][p.index]) for p in native.parameters})


def qiskit_state(case, circuit, x):
    return Statevector(start(case, x)).evolve(circuit)


def qiskit_outputs(case, state):
    n = case["qubits"]
    result = []
    for o in case["observables"]:
        terms = [("".join(t["paulis"].values()), [int(q) for q in t["paulis"]], t["coeff"]) for t in o["terms"]]
        result.append(state.expectation_value(SparsePauliOp.from_sparse_list(terms, num_qubits=n)).real)
    return case["scale"] * np.array(result)


def differences(f, params, step=0.01):
    weights = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
    columns = []
    for l in range(len(params)):
        e = np.eye(len(params))[l] * step
        columns.append(sum(w * (f(params + k * e) - f(params - k * e)) for k, w in weights.items()) / step)
    return np.stack(columns, axis=-1)
