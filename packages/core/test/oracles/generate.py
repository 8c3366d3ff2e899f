"""Writes the fixtures of this folder: circuits computed by PennyLane and by Qiskit, which have to agree (see README.md)."""

import json
from math import pi
from pathlib import Path

import numpy as np
import pennylane as qp
import qiskit
from pennylane import numpy as pnp
from qiskit import QuantumCircuit, qasm3
from qiskit.circuit.library import efficient_su2, n_local, real_amplitudes, zz_feature_map

from circuits import (
    Numbers,
    angle_embedding,
    basic_entangler,
    encode,
    every_gate,
    hea_layer,
    hva_layer,
    iqp,
    local,
    model,
    observable,
    spec,
    strongly_entangling,
    weighted_inputs,
    zz_map,
)
from peers import apply_pennylane, bind, differences, qiskit_circuit, qiskit_outputs, qiskit_state, run_pennylane, start

MADE_BY = {
    "pennylane": qp.__version__,
    "qiskit": qiskit.__version__,
    "numpy": np.__version__,
    "call": "python generate.py",
    "f": "PennyLane default.qubit; f_qiskit: Qiskit Statevector",
    "J": "PennyLane autograd, diff_method backprop; checked by eighth-order central differences of Qiskit, step 0.01",
}
TOLERANCE = {"f": 1e-12, "state": 1e-12, "J": 1e-11}


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
