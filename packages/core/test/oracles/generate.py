"""Writes the fixtures of this folder: circuits computed by PennyLane and by Qiskit, which have to agree (see README.md)."""

import json
import re
from itertools import combinations
from math import pi
from pathlib import Path

import numpy as np
import pennylane as qp
import qiskit
from pennylane import numpy as pnp
from qiskit import QuantumCircuit, qasm3
from qiskit.circuit.library import UnitaryGate, efficient_su2, n_local, real_amplitudes, zz_feature_map
from qiskit.quantum_info import SparsePauliOp, Statevector

MADE_BY = {
    "pennylane": qp.__version__,
    "qiskit": qiskit.__version__,
    "numpy": np.__version__,
    "call": "python generate.py",
    "f": "PennyLane default.qubit; f_qiskit: Qiskit Statevector",
    "J": "PennyLane autograd, diff_method backprop; checked by eighth-order central differences of Qiskit, step 0.01",
}
TOLERANCE = {"f": 1e-12, "state": 1e-12, "J": 1e-11}


# ---- angles: const + sum params[l] theta_l + sum scaled.factor(x) theta_l + input(x)


class Poly:
    """Polynomial in the inputs: {sorted tuple of input indices: coefficient}."""

    def __init__(self, terms):
        self.terms = terms

    @staticmethod
    def of(value):
        return value if isinstance(value, Poly) else Poly({(): float(value)})

    def __add__(self, other):
        terms = dict(self.terms)
        for key, value in Poly.of(other).terms.items():
            terms[key] = terms.get(key, 0.0) + value
        return Poly(terms)

    def __mul__(self, other):
        terms = {}
        for a, u in self.terms.items():
            for b, v in Poly.of(other).terms.items():
                key = tuple(sorted(a + b))
                terms[key] = terms.get(key, 0.0) + u * v
        return Poly(terms)

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Poly.of(other)

    def __rsub__(self, other):
        return Poly.of(other) - self

    __radd__ = __add__
    __rmul__ = __mul__


def evaluate(text, x):
    return eval(text, {"__builtins__": {}}, {"pi": pi, **{f"x{k}": v for k, v in enumerate(x)}})


def polynomial(text):
    count = 1 + max([int(k) for k in re.findall(r"x(\d+)", text)], default=-1)
    poly = Poly.of(evaluate(text, [Poly({(k,): 1.0}) for k in range(count)]))
    return [{"coeff": c, "inputs": list(key)} for key, c in sorted(poly.terms.items(), key=lambda t: (len(t[0]), t[0]))]


def angle(const=0.0, params=None, input=None, scaled=()):
    return {
        "const": float(const),
        "params": {str(l): float(c) for l, c in (params or {}).items()},
        "input": input,
        "poly": polynomial(input) if input else None,
        "scaled": [{"param": l, "input": text, "poly": polynomial(text)} for l, text in scaled],
    }


def theta(l, factor=1.0):
    return angle(params={l: factor})


def value(a, x, params):
    total = a["const"]
    for l, c in a["params"].items():
        total = total + c * params[int(l)]
    for term in a["scaled"]:
        total = total + evaluate(term["input"], x) * params[term["param"]]
    if a["input"]:
        by_text = evaluate(a["input"], x)
        by_poly = sum(t["coeff"] * np.prod([x[k] for k in t["inputs"]]) for t in a["poly"])
        assert abs(by_text - by_poly) < 1e-12, a
        total = total + by_text
    return total


def gate(name, wires, *angles, matrix=None):
    entry = {"gate": name, "wires": list(wires), "angle": list(angles)}
    if matrix is not None:
        entry["matrix"] = [[[float(v.real), float(v.imag)] for v in row] for row in matrix]
    return entry


class Numbers:
    """Hands out theta_0, theta_1 ... in order of application."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return theta(self.count - 1)


# ---- observables


def observable(text, n):
    if text == "mean-Z":
        return {"text": text, "terms": [{"coeff": 1 / n, "paulis": {str(q): "Z"}} for q in range(n)]}
    terms = []
    for sign, body in re.findall(r"([+-]?)\s*([^+\-\s]+)", text):
        coeff, paulis = (-1.0 if sign == "-" else 1.0), {}
        for factor in body.split("*"):
            if re.fullmatch(r"[XYZ]\d+", factor):
                assert factor[1:] not in paulis
                paulis[factor[1:]] = factor[0]
            else:
                coeff *= float(factor)
        terms.append({"coeff": coeff, "paulis": paulis})
    return {"text": text, "terms": terms}


# ---- circuits as gate lists, written from the notes in README.md


def ring(n):
    return [] if n == 1 else [(0, 1)] if n == 2 else [(q, (q + 1) % n) for q in range(n)]


def encode(n, features, frequency, name="ry"):
    factor = {"low": lambda q: 1, "linear": lambda q: q + 1, "high": lambda q: 3**q}[frequency]
    return [
        gate(name, [q], angle(input=f"x{q % features}" if factor(q) == 1 else f"{factor(q)}*x{q % features}"))
        for q in range(n)
    ]


def hea_layer(n, new):
    return (
        [gate("ry", [q], new()) for q in range(n)]
        + [gate("rz", [q], new()) for q in range(n)]
        + [gate("cz", pair) for pair in ring(n)]
    )


def hva_layer(n, new):
    return (
        [gate("rzz", pair, new()) for pair in ring(n)]
        + [gate("rx", [q], new()) for q in range(n)]
        + [gate("rz", [q], new()) for q in range(n)]
    )


def model(n, features, layer, layers, frequency, name="ry", reupload=False):
    new, gates = Numbers(), []
    for k in range(layers):
        if reupload or k == 0:
            gates += encode(n, features, frequency, name)
        gates += layer(n, new)
    return gates


def spec(n, kind, layers, frequency, text, scale=1, name="RY", reupload=False):
    return {
        "qubits": n,
        "encoding": {"gate": name, "frequency": frequency, "reupload": reupload},
        "ansatz": {"kind": kind, "layers": layers},
        "observable": text,
        "scale": scale,
    }


def zz_map(n, reps):
    gates = []
    for _ in range(reps):
        gates += [gate("h", [q]) for q in range(n)]
        gates += [gate("p", [q], angle(input=f"2*x{q}")) for q in range(n)]
        for i, j in combinations(range(n), 2):
            gates += [gate("cx", [i, j]), gate("p", [j], angle(input=f"2*(pi-x{i})*(pi-x{j})")), gate("cx", [i, j])]
    return gates


def entangled(n, kind, rep):
    linear = [(q, q + 1) for q in range(n - 1)]
    circular = linear if n == 2 else [(n - 1, 0), *linear]
    if kind == "full":
        return list(combinations(range(n), 2))
    if kind == "reverse_linear":
        return linear[::-1]
    if kind == "pairwise":
        return linear[0::2] + linear[1::2]
    if kind == "sca":
        k = rep % len(circular)
        pairs = circular[len(circular) - k :] + circular[: len(circular) - k]
        return [pair[::-1] for pair in pairs] if rep % 2 else pairs
    return {"linear": linear, "circular": circular}[kind]


def local(n, rotations, entanglers, kind, reps, new):
    gates = []
    for rep in range(reps + 1):
        gates += [gate(r, [q], new()) for r in rotations for q in range(n)]
        if rep < reps:
            for e in entanglers:
                gates += [gate(e, pair, *([new()] if e.startswith("cr") else [])) for pair in entangled(n, kind, rep)]
    return gates


def angle_embedding(n, name="rx"):
    return [gate(name, [q], angle(input=f"x{q}")) for q in range(n)]


def strongly_entangling(n, layers, new):
    gates = []
    for l in range(layers):
        for q in range(n):
            gates += [gate("rz", [q], new()), gate("ry", [q], new()), gate("rz", [q], new())]
        r = l % (n - 1) + 1
        gates += [gate("cx", [q, (q + r) % n]) for q in range(n)]
    return gates


def iqp(n, repeats):
    gates = []
    for _ in range(repeats):
        for q in range(n):
            gates += [gate("h", [q]), gate("rz", [q], angle(input=f"x{q}"))]
        gates += [gate("rzz", pair, angle(input=f"x{pair[0]}*x{pair[1]}")) for pair in combinations(range(n), 2)]
    return gates


def basic_entangler(n, layers, new):
    gates = []
    for _ in range(layers):
        gates += [gate("rx", [q], new()) for q in range(n)]
        gates += [gate("cx", pair) for pair in ring(n)]
    return gates


def haar(dimension, rng):
    q, r = np.linalg.qr(rng.normal(size=(dimension, dimension)) + 1j * rng.normal(size=(dimension, dimension)))
    return q * (np.diag(r) / np.abs(np.diag(r)))


def every_gate():
    """Four qubits, seven parameters, two inputs; most parameters are used more than once."""
    a = angle
    affine = a(0.3, {0: 0.5, 1: -2.0})
    return [
        gate("h", [0]),
        gate("ry", [1], a(0.7, {2: 1.0})),
        gate("rx", [2], a(input="x0")),
        gate("u", [3], affine, a(params={3: 1.0}), a(0.2, input="x1")),
        gate("x", [1]),
        gate("t", [0]),
        gate("sx", [2]),
        gate("cx", [3, 0]),
        gate("rxx", [2, 0], affine),
        gate("y", [2]),
        gate("p", [0], a(params={4: 1.0}, input="x0*x1")),
        gate("cy", [1, 3]),
        gate("ryy", [1, 2], a(params={5: -1.5})),
        gate("z", [3]),
        gate("s", [1]),
        gate("crx", [2, 1], a(params={2: 1.0, 6: 1.0})),
        gate("unitary", [3, 1], matrix=haar(4, np.random.default_rng(99))),
        gate("rz", [0], a(-0.4, {1: 1.0}, "0.5*x0*x0-x1")),
        gate("cz", [0, 2]),
        gate("sdg", [2]),
        gate("ch", [3, 2]),
        gate("cry", [0, 3], a(params={0: 1.0}, input="2*x1")),
        gate("swap", [1, 3]),
        gate("tdg", [3]),
        gate("rzz", [3, 0], a(params={4: 2.0, 5: 0.25}, input="2*(pi-x0)*(pi-x1)")),
        gate("crz", [1, 0], a(params={6: 1.0})),
        gate("sxdg", [0]),
        gate("cp", [2, 3], a(0.1, {3: -1.0})),
        gate("ccx", [3, 0, 2]),
        gate("cu", [2, 0], a(params={0: 1.0}), affine, a(input="x0"), a(params={6: 0.5, 2: -1.0})),
        gate("cswap", [1, 3, 0]),
        gate("ry", [2], a(params={1: 1.0, 5: 1.0})),
        gate("h", [3]),
    ]


def weighted_inputs(n, layers, new):
    """Angles w x + b with a trainable frequency w, as in data re-uploading classifiers."""
    gates = []
    for l in range(layers):
        for q in range(n):
            w, b = new.count, new.count + 1
            new.count += 2
            gates.append(gate(["rx", "ry"][l % 2], [q], angle(0.0, {b: 1.0}, scaled=[(w, f"x{q % 2}")])))
        gates.append(gate("rz", [0], angle(0.25, {0: 1.0}, "x0", [(1, "x0*x1-0.5*x1"), (2, "pi-x0")])))
        gates += [gate("cx", [q, q + 1]) for q in range(n - 1)]
    return gates


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


# ---- putting a fixture together


def used(gates):
    indices = [int(l) for g in gates for a in g["angle"] for l in a["params"]]
    return sorted({*indices, *(t["param"] for g in gates for a in g["angle"] for t in a["scaled"])})


def fixture(name, n, gates, texts, features, *, points=3, scale=1, spec=None, native=None, note="", amplitudes=False):
    """native: (text, qiskit circuit or function of x and theta that queues PennyLane templates)."""
    rng = np.random.default_rng([2026, int(name[:2])])
    indices = used(gates)
    assert indices == list(range(len(indices)))
    X = rng.uniform(-1.5, 1.5, size=(points, features))
    params = rng.uniform(0, 2 * pi, size=len(indices))
    case = {
        "name": name,
        "note": note,
        "made_by": MADE_BY,
        "native": native[0] if native else None,
        "openqasm3": None,
        "qubits": n,
        "features": features,
        "parameters": len(indices),
        "spec": spec,
        "amplitudes": amplitudes,
        "start": None,
        "gates": gates,
        "observables": [observable(t, n) for t in texts],
        "scale": scale,
    }
    by_gates = lambda x, p: [apply_pennylane(g, x, p) for g in gates]
    trainable = pnp.array(params, requires_grad=True)
    worst = {"state": 0.0, "f": 0.0, "J": 0.0}

    def meet(key, a, b):
        deviation = float(np.max(np.abs(a - b)))
        assert deviation < TOLERANCE[key], (name, key, deviation)
        worst[key] = max(worst[key], deviation)

    rows = {"f": [], "f_qiskit": [], "J": []}
    for x in X:
        f = run_pennylane(case, by_gates, trainable, x, "f")
        J = run_pennylane(case, by_gates, trainable, x, "J")
        state = qiskit_state(case, qiskit_circuit(case, x, params), x)
        f_qiskit = qiskit_outputs(case, state)
        meet("state", run_pennylane(case, by_gates, trainable, x, "state"), state.data)
        meet("f", f, f_qiskit)
        bound = lambda p: qiskit_circuit(case, x, p)
        if native and isinstance(native[1], QuantumCircuit):  # Qiskit's own template takes Qiskit's part
            bound = lambda p: bind(native[1], x, p)
            own = qiskit_state(case, bound(params), x)
            meet("state", own.data, state.data)
            f_qiskit = qiskit_outputs(case, own)
            meet("f", f, f_qiskit)
        elif native:  # PennyLane's own template takes PennyLane's part
            own = run_pennylane(case, native[1], trainable, x, "state")
            phase = np.vdot(own, state.data)
            meet("state", own * phase / abs(phase), state.data)
            f, J = (run_pennylane(case, native[1], trainable, x, what) for what in ("f", "J"))
            meet("f", f, f_qiskit)
        meet("J", J, differences(lambda p: qiskit_outputs(case, qiskit_state(case, bound(p), x)), params))
        for key, row in zip(rows, (f, f_qiskit, J)):
            rows[key].append(row)
    if native and isinstance(native[1], QuantumCircuit):
        case["openqasm3"] = qasm3.dumps(native[1])
    if amplitudes:
        case["start"] = [start(case, x).tolist() for x in X]
    flat = np.concatenate(rows["J"])
    case |= {"X": X.tolist(), "theta": params.tolist(), **{k: np.array(v).tolist() for k, v in rows.items()}}
    case |= {"K": (flat @ flat.T).tolist(), "agreement": worst}
    write(case)
    print(f"{name:36} n {n} P {len(indices):3} M {points} O {len(texts)}  {worst}")


def write(case):
    """JSON, one key a line, one gate (or matrix row) a line. Floats keep all their digits."""
    text = lambda v: json.dumps(v, ensure_ascii=False, allow_nan=False)
    lines = []
    for key, entry in case.items():
        if isinstance(entry, list) and entry and isinstance(entry[0], (list, dict)):
            lines.append(f'"{key}": [\n' + ",\n".join("  " + text(row) for row in entry) + "\n]")
        else:
            lines.append(f'"{key}": {text(entry)}')
    path = Path(__file__).with_name(case["name"] + ".json")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    assert path.stat().st_size < 100_000, path.name


def shaped(p, *shape):
    return qp.math.reshape(p, shape)


def main():
    fixture("01-hea-low", 4, model(4, 2, hea_layer, 3, "low"), ["Z0"], 2, spec=spec(4, "hea", 3, "low", "Z0"))
    fixture(
        "02-hea-high-reupload", 3, model(3, 1, hea_layer, 2, "high", reupload=True), ["Z0"], 1, points=4,
        spec=spec(3, "hea", 2, "high", "Z0", reupload=True),
    )  # fmt: skip
    text = "0.5*Z0*Z1 - X2"
    fixture(
        "03-hva-linear", 4, model(4, 3, hva_layer, 3, "linear"), [text], 3, scale=1.5,
        spec=spec(4, "hva", 3, "linear", text, 1.5),
    )  # fmt: skip
    fixture(
        "04-zz-map-real-amplitudes", 3, zz_map(3, 2) + local(3, ["ry"], ["cx"], "reverse_linear", 2, Numbers()),
        ["Z0*Z1*Z2"], 3,
        native=(
            "qiskit zz_feature_map(3, reps=2).compose(real_amplitudes(3, reps=2))",
            zz_feature_map(3, reps=2).compose(real_amplitudes(3, reps=2)),
        ),
        note="defaults: zz_feature_map entanglement full, real_amplitudes entanglement reverse_linear",
    )  # fmt: skip
    encoded = QuantumCircuit(3)
    for q, x in enumerate(qiskit.circuit.ParameterVector("x", 3)):
        encoded.ry(x, q)
    fixture(
        "05-efficient-su2", 3, angle_embedding(3, "ry") + local(3, ["ry", "rz"], ["cx"], "reverse_linear", 2, Numbers()),
        ["Z0", "X1 + 0.25*Y0*Y2"], 3,
        native=("qiskit ry(x_q), then efficient_su2(3, reps=2)", encoded.compose(efficient_su2(3, reps=2))),
    )  # fmt: skip

    def strong(n, layers):
        def queue(x, p):
            qp.AngleEmbedding(x, wires=range(n))
            qp.StronglyEntanglingLayers(shaped(p, layers, n, 3), wires=range(n))

        text = f"pennylane AngleEmbedding(x), StronglyEntanglingLayers(weights {layers}x{n}x3)"
        return (text, queue)

    fixture(
        "06-strongly-entangling", 3, angle_embedding(3) + strongly_entangling(3, 2, Numbers()), ["Z0"], 3,
        native=strong(3, 2), note="ranges 1, 2",
    )  # fmt: skip

    def iqp_basic(x, p):
        qp.IQPEmbedding(x, wires=range(3), n_repeats=2)
        qp.BasicEntanglerLayers(shaped(p, 2, 3), wires=range(3))

    fixture(
        "07-iqp-basic-entangler", 3, iqp(3, 2) + basic_entangler(3, 2, Numbers()), ["Z0 + 0.5*Z2"], 3,
        native=("pennylane IQPEmbedding(x, n_repeats=2), BasicEntanglerLayers(weights 2x3)", iqp_basic),
    )  # fmt: skip
    new = Numbers()
    fixture(
        "08-amplitudes-hea", 3, hea_layer(3, new) + hea_layer(3, new), ["Z0", "X2"], 6, points=4, amplitudes=True,
        note="feature k is the amplitude at basis index k, qubit 0 the least significant bit of k",
    )  # fmt: skip
    fixture(
        "09-every-gate", 4, every_gate(), ["Z0*Y1*X2*Z3", "X0 + 0.3*Z1*Z2 - 0.7*Y3", "Y0*Z2"], 2, points=2,
        note="unitary: wires[0] is the least significant bit of the matrix index (Qiskit's order; PennyLane's QubitUnitary "
        "is given the wires reversed)",
    )  # fmt: skip
    new = Numbers()
    gates = encode(3, 2, "linear") + hea_layer(3, new) + hva_layer(3, new)
    fixture("10-two-outputs", 3, gates, ["Z0", "X1*Y2"], 2, scale=2, note="one hea layer, then one hva layer")
    circular = n_local(3, "ry", "crx", entanglement="circular", reps=2)
    fixture(
        "11-two-local-crx-circular", 3,
        angle_embedding(3, "ry") + local(3, ["ry"], ["crx"], "circular", 2, Numbers()), ["Z2"], 3,
        native=("qiskit ry(x_q), then n_local(3, 'ry', 'crx', 'circular', reps=2)", encoded.compose(circular)),
    )  # fmt: skip
    fixture(
        "12-mean-z", 3, model(3, 2, hea_layer, 2, "low", "rx"), ["mean-Z"], 2,
        spec=spec(3, "hea", 2, "low", "mean-Z", name="RX"),
    )  # fmt: skip
    fixture(
        "13-hva-ring-of-two", 2, model(2, 1, hva_layer, 2, "low", "rx", True), ["Z1"], 1, scale=1.5,
        spec=spec(2, "hva", 2, "low", "Z1", 1.5, "RX", True), note="one edge",
    )  # fmt: skip
    fixture(
        "14-strongly-entangling-4", 4, angle_embedding(4) + strongly_entangling(4, 4, Numbers()), ["Z3"], 4, points=2,
        native=strong(4, 4), note="ranges 1, 2, 3, 1",
    )  # fmt: skip
    sca = real_amplitudes(4, entanglement="sca", reps=3)
    pairwise = efficient_su2(4, entanglement="pairwise", reps=1)
    pairwise = pairwise.assign_parameters(qiskit.circuit.ParameterVector("θ", 32)[16:])
    sca = sca.assign_parameters(qiskit.circuit.ParameterVector("θ", 32)[:16])
    new = Numbers()
    fixture(
        "15-sca-pairwise", 4,
        local(4, ["ry"], ["cx"], "sca", 3, new) + angle_embedding(4) + local(4, ["ry", "rz"], ["cx"], "pairwise", 1, new),
        ["Z0*Z1 + Y2", "X3"], 4, points=2,
        native=(
            "qiskit real_amplitudes(4, 'sca', reps=3), rx(x_q), efficient_su2(4, entanglement='pairwise', reps=1)",
            sca.compose(rx_layer(4)).compose(pairwise),
        ),
        note="the inputs come between two trainable parts",
    )  # fmt: skip
    fixture(
        "16-weighted-inputs", 3, weighted_inputs(3, 3, Numbers()), ["Z0", "Z2"], 2,
        note="angles w x + b: a parameter times a function of the inputs (`scaled`)",
    )  # fmt: skip


def rx_layer(n):
    circuit = QuantumCircuit(n)
    for q, x in enumerate(qiskit.circuit.ParameterVector("x", n)):
        circuit.rx(x, q)
    return circuit


if __name__ == "__main__":
    main()
