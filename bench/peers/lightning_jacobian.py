"""M x P Jacobian by PennyLane lightning.qubit, adjoint differentiation."""
import numpy as np
import pennylane as qml
from peer import serve
from pennylane import numpy as pnp


def prepare(problem):
    n, layers = problem["qubits"], problem["layers"]

    @qml.qnode(qml.device("lightning.qubit", wires=n), diff_method="adjoint")
    def f(theta, x):
        for q in range(n):
            qml.RX(x, wires=q)
        for layer in range(layers):
            for q in range(n):
                qml.RY(theta[layer, q, 0], wires=q)
                qml.RZ(theta[layer, q, 1], wires=q)
            for q in range(n):
                qml.CZ(wires=[q, (q + 1) % n])
        return qml.expval(qml.PauliZ(0))

    gradient = qml.grad(f, argnums=0)
    theta = pnp.array(np.reshape(problem["theta"], (layers, n, 2)), requires_grad=True)
    run = lambda: np.stack([np.asarray(gradient(theta, x)) for x in problem["x"]])
    return run, [(run() ** 2).sum()], f"PennyLane lightning.qubit {qml.__version__}"


serve(prepare)
