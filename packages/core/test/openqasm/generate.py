"""Writes the fixtures of this folder: circuits that Qiskit exports as OpenQASM, with what Qiskit computes of them.

    python generate.py                      the committed fixtures
    python generate.py --random N FOLDER    N random circuits, for trying more than is committed
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import qiskit
from qiskit import QuantumCircuit, qasm2, qasm3
from qiskit.circuit import Parameter, ParameterVector
from qiskit.circuit import library as lib
from qiskit.circuit.library import UnitaryGate
from qiskit.quantum_info import SparsePauliOp, Statevector, random_unitary

warnings.filterwarnings("ignore")
MADE_BY = {
    "qiskit": qiskit.__version__,
    "numpy": np.__version__,
    "call": "python generate.py",
    "f": "Statevector.expectation_value",
    "J": "eighth-order central differences of f, step 0.004",
}
# Weights of f(h), f(2h), f(3h), f(4h) in the eighth-order central difference.
DIFFERENCE = [4 / 5, -1 / 5, 4 / 105, -1 / 280]
STEP = 0.004


def observable(text, qubits):
    terms = []
    for part in text.replace("- ", "+ -").split(" + "):
        *numbers, pauli = part.split("*", 1) if part[0] in "-0123456789" else ["1", part]
        coefficient = float(numbers[0]) if numbers else 1.0
        factors = [(p[0], int(p[1:])) for p in pauli.split("*")]
        terms.append(("".join(p for p, _ in factors), [q for _, q in factors], coefficient))
    return SparsePauliOp.from_sparse_list(terms, num_qubits=qubits)


def identifier(name):
    """A parameter's name as the exporter writes it: what cannot stand in a name becomes _."""
    return name if name.isidentifier() else "_" + "".join(c if c.isidentifier() or c.isdigit() else "_" for c in name)


def declared(text):
    return [line.split()[-1].rstrip(";") for line in text.splitlines() if line.startswith("input ")]


def oracle(name, circuit, inputs, text_of, seed, points=3, exported=None):
    """f and J at random θ of a circuit; `inputs` are the parameters that are features."""
    rng = np.random.default_rng(seed)
    text = exported or qasm3.dumps(circuit)
    order = declared(text)
    by_name = {identifier(p.name): p for p in circuit.parameters}
    features = [identifier(p.name) for p in inputs]
    trained = [n for n in order if n not in features]
    missing = set(by_name) - set(order)
    assert not missing and set(order) <= set(by_name), (name, missing, order, list(by_name))
    operator = observable(text_of, circuit.num_qubits)
    bare = circuit.remove_final_measurements(inplace=False)
    X = rng.uniform(-1.2, 1.2, (points, len(features)))
    theta = rng.uniform(0.2, 1.5, len(trained))

    def value(x, t):
        values = {by_name[n]: v for n, v in zip(features + trained, [*x, *t])}
        return float(np.real(Statevector(bare.assign_parameters(values)).expectation_value(operator)))

    def slope(x, k):
        total = 0.0
        for j, weight in enumerate(DIFFERENCE, 1):
            step = np.zeros(len(theta))
            step[k] = j * STEP
            total += weight * (value(x, theta + step) - value(x, theta - step))
        return total / STEP

    rows = X if features else [[]]
    return {
        "name": name,
        "made_by": MADE_BY,
        "qasm": text,
        "qubits": circuit.num_qubits,
        "inputs": features,
        "parameters": trained,
        "observable": text_of,
        "X": [list(x) for x in rows],
        "theta": list(theta),
        "f": [value(x, theta) for x in rows],
        "J": [[slope(x, k) for k in range(len(theta))] for x in rows],
    }


def after(feature_map, ansatz):
    circuit = QuantumCircuit(max(feature_map.num_qubits, ansatz.num_qubits))
    circuit.compose(feature_map, range(feature_map.num_qubits), inplace=True)
    circuit.compose(ansatz, range(ansatz.num_qubits), inplace=True)
    return circuit, list(feature_map.parameters)


def mixed():
    """Every kind of gate the exporter writes, with expressions in the parameters and data that enters late."""
    a, b, x = Parameter("a"), Parameter("b"), Parameter("data")
    t = ParameterVector("θ", 4)
    c = QuantumCircuit(4, global_phase=0.3)
    c.h(range(4))
    c.rzz(a * b, 0, 1)
    c.rxx(2 * t[0] ** 2, 1, 2)
    c.ryy(t[1] / 3 - x, 2, 3)
    c.rzx(b.exp() / 4, 0, 3)
    c.u(a, b.sin(), t[1], 0)
    c.ccx(0, 1, 2)
    c.mcx([0, 1, 2], 3)
    c.cu(a, b, t[0], t[1], 0, 1)
    c.cx(0, 1, ctrl_state=0)
    c.append(lib.RYGate(a).control(2, ctrl_state="01"), [0, 1, 2])
    c.append(lib.UGate(a, b, 0.1).control(1), [0, 1])
    c.append(lib.SwapGate().control(1, ctrl_state=0), [3, 0, 1])
    c.p(t[2] * x + a.cos(), 3)
    c.mcp(t[3], [0, 1, 2], 3)
    c.append(lib.XXPlusYYGate(a, b), [0, 1])
    c.append(lib.XXMinusYYGate(t[2], 0.2), [2, 1])
    c.append(lib.RZZGate(a).power(0.5), [0, 1])
    c.append(lib.HGate().power(0.3), [0])
    c.iswap(0, 1)
    c.ecr(2, 1)
    c.dcx(0, 3)
    c.r(a, b, 0)
    c.sdg(0)
    c.tdg(1)
    c.sx(2)
    c.sxdg(3)
    c.csx(0, 2)
    c.cy(3, 0)
    c.ch(1, 0)
    c.p(-a.log() + abs(b) / 3 + t[0].arctan(), 0)
    c.append(UnitaryGate(random_unitary(4, seed=3)), [0, 2])
    c.measure_all()
    return c, [x]


def own_gates():
    """Gates of one's own, one in the other, with parameters; loops; the same gate twice."""
    x = ParameterVector("x", 2)
    w = ParameterVector("w", 3)
    inner = QuantumCircuit(2, name="inner")
    inner.ry(w[0], 0)
    inner.cx(0, 1)
    inner.rz(w[1], 1)
    outer = QuantumCircuit(3, name="outer")
    outer.append(inner.to_gate(), [0, 1])
    outer.append(inner.to_gate(), [2, 1])
    outer.rx(w[2], 2)
    c = QuantumCircuit(3)
    for q in range(3):
        c.ry(x[q % 2], q)
    c.append(outer.to_gate(), [0, 1, 2])
    c.append(outer.to_gate(), [2, 0, 1])
    return c, list(x)


def library_circuits():
    x2, x3 = ParameterVector("x", 2), ParameterVector("x", 3)
    ising = SparsePauliOp.from_sparse_list([("ZZ", [0, 1], 1.0), ("ZZ", [1, 2], 0.7), ("X", [0], 0.4)], num_qubits=3)
    yield "zz-real-amplitudes", *after(lib.zz_feature_map(3), lib.real_amplitudes(3, reps=2)), "0.5*Z0*Z1 + -1*X2"
    pauli = lib.pauli_feature_map(2, reps=2, paulis=["Z", "YY", "ZXZ"[:2]])
    yield "pauli-efficient-su2", *after(pauli, lib.efficient_su2(2, reps=1)), "Z0 + 0.3*Y1"
    ansatz = lib.n_local(3, ["ry", "rz"], "crx", "circular", reps=2)
    yield "z-map-two-local-crx", *after(lib.z_feature_map(3), ansatz), "Z0*Z1*Z2"
    yield "n-local-cu", *after(lib.z_feature_map(2), lib.n_local(2, ["rx", "rz"], "cp", reps=2)), "X0*Y1 + Z1"
    yield "qaoa", lib.qaoa_ansatz(ising, reps=2), [], "Z0*Z1 + 0.7*Z1*Z2"
    yield "excitation-preserving", *after(lib.z_feature_map(3), lib.excitation_preserving(3, reps=1, mode="iswap")), "Z0 + Z2"
    yield "excitation-fsim", *after(lib.z_feature_map(2), lib.excitation_preserving(2, reps=1, mode="fsim")), "Z0*Z1 + X0"
    old = lib.TwoLocal(3, ["ry", "h"], "rzz", "linear", reps=2)
    yield "two-local-rzz", *after(lib.ZZFeatureMap(3, reps=1), old), "Z2 + 0.25*X0*X1"
    nested = lib.NLocal(3, lib.RYGate(Parameter("a")), lib.CRZGate(Parameter("b")), entanglement="sca", reps=2)
    yield "n-local-blocks", *after(lib.ZFeatureMap(3, reps=1), nested), "Z0 + Y1*Y2"
    yield "real-amplitudes-wrapped", *after(lib.ZFeatureMap(2), lib.RealAmplitudes(2, reps=2)), "Z0*Z1"
    evolved = lib.evolved_operator_ansatz([SparsePauliOp("XYZ"), SparsePauliOp("ZZI")], reps=2)
    yield "evolved-operators", evolved, [], "X0 + Z1*Y2"
    yield "mixed", *mixed(), "0.5*Z0*Z1 + -1*X2 + 0.3*Y3"
    yield "own-gates", *own_gates(), "Z0*Z2 + X1"


def bound(circuit, seed):
    rng = np.random.default_rng(seed)
    return circuit.assign_parameters(rng.uniform(0.2, 1.5, len(circuit.parameters)))


def expression(rng, leaves):
    a, b = (leaves[i] for i in rng.integers(len(leaves), size=2))
    k = float(np.round(rng.uniform(-2, 2), 3))
    forms = [a, k * a, a + b, a * b, a - k, -a, a.sin(), b.cos() * a, a / 3 + b, k * a**2, (a * 0.3).exp(), (a + 2) ** 0.5]
    forms += [(a + 3).log(), (a * 0.2).arcsin(), a.arctan(), np.pi - a, (np.pi - a) * (np.pi - b), 2 / (a + 3), (a - b) * k, abs(a)]
    forms += [(a + 2.0) ** b, (0.5 * a).tan(), (0.2 * a).arccos()]
    return forms[rng.integers(len(forms))]


def random_circuit(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 5))
    x, t = ParameterVector("x", 2), ParameterVector("θ", 4)
    leaves = [*x, *t]
    c = QuantumCircuit(n)
    used = expression
    fixed = ["HGate", "XGate", "YGate", "ZGate", "SGate", "SdgGate", "TGate", "TdgGate", "SXGate", "SXdgGate", "IGate"]
    fixed += ["CXGate", "CYGate", "CZGate", "CHGate", "SwapGate", "iSwapGate", "ECRGate", "DCXGate", "CSGate", "CSXGate", "CSdgGate"]
    fixed += ["CCXGate", "CCZGate", "CSwapGate", "RCCXGate", "C3SXGate", "C3XGate", "RC3XGate"]
    turned = ["RXGate", "RYGate", "RZGate", "PhaseGate", "CRXGate", "CRYGate", "CRZGate", "CPhaseGate", "RXXGate", "RYYGate", "RZZGate", "RZXGate", "U1Gate", "CU1Gate"]
    several = {"UGate": 3, "CUGate": 4, "U2Gate": 2, "U3Gate": 3, "CU3Gate": 3, "RGate": 2, "XXPlusYYGate": 2, "XXMinusYYGate": 2}
    while c.size() < 22 or len(c.parameters) < len(leaves):
        kind = rng.integers(10)
        if kind < 3:
            gate = getattr(lib, fixed[rng.integers(len(fixed))])()
        elif kind < 7:
            gate = getattr(lib, turned[rng.integers(len(turned))])(used(rng, leaves))
        elif kind < 9:
            name = list(several)[rng.integers(len(several))]
            gate = getattr(lib, name)(*(used(rng, leaves) for _ in range(several[name])))
        else:
            base = [lib.XGate(), lib.HGate(), lib.RYGate(leaves[rng.integers(6)]), lib.RXGate(0.7), lib.SwapGate(), lib.ZGate(), lib.SGate()][rng.integers(7)]
            extra = n - base.num_qubits
            if extra < 1:
                continue
            k = int(rng.integers(1, extra + 1))
            gate = base.control(k, ctrl_state=int(rng.integers(2**k)))
        if gate.num_qubits <= n:
            c.append(gate, [int(q) for q in rng.permutation(n)[: gate.num_qubits]])
    return c, list(x), "0.7*Z0*X1 + -0.4*Y1 + Z0"


def write(folder, data):
    (folder / f"{data['name']}.json").write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


def main():
    if sys.argv[1:2] == ["--random"]:
        folder = Path(sys.argv[3])
        folder.mkdir(exist_ok=True)
        first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
        for k in range(first, first + int(sys.argv[2])):
            circuit, inputs, text = random_circuit(k)
            write(folder, oracle(f"random-{k}", circuit, inputs, text, k))
            fixed = bound(circuit, k)
            data = oracle(f"random-{k}-qasm2", fixed, [], text, k, exported=qasm2.dumps(fixed))
            write(folder, data)
        return
    folder = Path(__file__).parent
    for k, (name, circuit, inputs, text) in enumerate(library_circuits()):
        write(folder, oracle(f"{k + 1:02}-{name}", circuit, inputs, text, k))
        if name == "mixed":
            bare = qasm3.dumps(circuit, includes=[])
            write(folder, oracle(f"{k + 1:02}-{name}-without-library", circuit, inputs, text, k, exported=bare))
        if name in ("mixed", "zz-real-amplitudes", "excitation-fsim"):
            fixed = bound(circuit, k)
            write(folder, oracle(f"{k + 1:02}-{name}-qasm2", fixed, [], text, k, exported=qasm2.dumps(fixed)))


if __name__ == "__main__":
    main()
