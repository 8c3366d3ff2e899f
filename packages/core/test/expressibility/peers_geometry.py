"""Entanglement and Fisher information of some of the oracles' circuits by PennyLane, into pennylane.json: python peers_geometry.py.

Needs what ../oracles/README.md installs. `purities`: qp.purity of every qubit; at each of the oracle's points. `fisher`: eigenvalues of
their mean of 4·qp.adjoint_metric_tensor, the quantum Fisher information, by NumPy."""
import json
import sys
from pathlib import Path

import numpy as np
import pennylane as qp
from pennylane import numpy as pnp

here = Path(__file__).parent
oracles = here.parent / "oracles"
sys.path.insert(0, str(oracles))
from peers import apply_pennylane  # noqa: E402

found = {}
for name in ["01-hea-low", "03-hva-linear", "06-strongly-entangling"]:
    case = json.loads((oracles / f"{name}.json").read_text())
    n = case["qubits"]
    device = qp.device("default.qubit", wires=n)

    def circuit(params, x):
        for entry in case["gates"]:
            apply_pennylane(entry, x, params)

    @qp.qnode(device)
    def purities(params, x):
        circuit(params, x)
        return [qp.purity(wires=[q]) for q in range(n)]

    @qp.qnode(device)
    def expectation(params, x):
        circuit(params, x)
        return qp.expval(qp.PauliZ(0))

    theta = pnp.array(case["theta"], requires_grad=True)
    points = [pnp.array(x, requires_grad=False) for x in case["X"]]
    fisher = 4 * np.mean([np.array(qp.adjoint_metric_tensor(expectation)(theta, x)) for x in points], axis=0)
    found[name] = {
        "purities": [[float(p) for p in purities(theta, x)] for x in points],
        "fisher": [float(f"{v:.12g}") for v in np.linalg.eigvalsh(fisher)[::-1]],
    }
found["made_by"] = f"PennyLane {qp.__version__}"
(here / "pennylane.json").write_text(json.dumps(found) + "\n")
