"""M x P Jacobian by Qulacs: one circuit a point, backpropagation."""
import numpy as np
import qulacs
from peer import serve


def prepare(problem):
    n, layers, theta = problem["qubits"], problem["layers"], problem["theta"]
    z0 = qulacs.Observable(n)
    z0.add_operator(1.0, "Z 0")

    def circuit(x):
        # Qulacs turns by exp(+i angle/2).
        c = qulacs.ParametricQuantumCircuit(n)
        for q in range(n):
            c.add_RX_gate(q, -x)
        for layer in range(layers):
            for q in range(n):
                k = 2 * (layer * n + q)
                c.add_parametric_RY_gate(q, -theta[k])
                c.add_parametric_RZ_gate(q, -theta[k + 1])
            for q in range(n):
                c.add_CZ_gate(q, (q + 1) % n)
        return c

    circuits = [circuit(x) for x in problem["x"]]
    run = lambda: -np.array([c.backprop(z0) for c in circuits])
    return run, [(run() ** 2).sum()], f"Qulacs {qulacs.__version__}"


serve(prepare)
