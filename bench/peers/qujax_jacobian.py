"""M x P Jacobian by qujax: jit(vmap(grad))."""
import jax
import jax.numpy as jnp
import qujax
from peer import serve

jax.config.update("jax_enable_x64", True)


def prepare(problem):
    n, layers = problem["qubits"], problem["layers"]
    gates, wires, angles = ["Rx"] * n, [[q] for q in range(n)], [[0]] * n
    k = 1
    for _ in range(layers):
        for q in range(n):
            gates += ["Ry", "Rz"]
            wires += [[q], [q]]
            angles += [[k], [k + 1]]
            k += 2
        for q in range(n):
            gates.append("CZ")
            wires.append([q, (q + 1) % n])
            angles.append([])
    state = qujax.get_params_to_statetensor_func(gates, wires, angles)
    value = qujax.get_statetensor_to_expectation_func([["Z"]], [[0]], [1.0])
    # qujax counts angles in half turns.
    f = lambda theta, x: value(state(jnp.concatenate([x[None], theta]) / jnp.pi))
    gradients = jax.jit(jax.vmap(jax.grad(f), (None, 0)))
    x, theta = jnp.array(problem["x"]), jnp.array(problem["theta"])
    run = lambda: gradients(theta, x).block_until_ready()
    return run, [(run() ** 2).sum()], f"qujax {qujax.__version__}"


serve(prepare)
