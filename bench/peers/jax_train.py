"""Scala et al.'s training: JAX loss and gradient, SciPy L-BFGS-B."""
import jax
import jax.numpy as jnp
import numpy as np
import scipy
from jax_circuit import circuit, version
from peer import serve
from scipy.optimize import minimize


def prepare(problem):
    n, layers = problem["qubits"], problem["layers"]
    f = circuit(n, lambda bits: (1 - 2 * bits).mean(1))
    x, y, start = jnp.array(problem["x"]), jnp.array(problem["y"]), np.array(problem["theta"])
    loss = jax.jit(jax.value_and_grad(lambda t: 0.5 * jnp.mean((jax.vmap(f, (None, 0))(t, x) - y) ** 2)))

    def evaluate(theta):
        value, gradient = loss(jnp.array(theta.reshape(layers, n, 2)))
        return float(value), np.asarray(gradient).ravel()

    options = dict(maxiter=500, ftol=0, gtol=1e-9)
    run = lambda: minimize(evaluate, start, jac=True, method="L-BFGS-B", options=options)
    value, gradient = evaluate(start)
    return run, [value, *gradient], f"{version} + SciPy {scipy.__version__}"


serve(prepare)
