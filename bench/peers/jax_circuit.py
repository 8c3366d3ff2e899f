"""The layered circuit in JAX as a careful user writes it: state tensor, one 2 x 2 matrix a qubit, lax.scan over layers."""
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
version = f"JAX {jax.__version__}"


def apply(u, state, q):
    return jnp.moveaxis(jnp.tensordot(u, state, axes=((1,), (q,))), 0, q)


def ry_rz(a, b):
    c, s, e = jnp.cos(a / 2), jnp.sin(a / 2), jnp.exp(-0.5j * b)
    return jnp.array([[e * c, -e * s], [jnp.conj(e) * s, jnp.conj(e) * c]])


def circuit(n, diagonal):
    """Outputs f(theta, x) = <O> of the circuit on n qubits; `diagonal(bits)` makes O of the bits (2^n x n) of the index."""
    bits = (np.arange(2**n)[:, None] >> (n - 1 - np.arange(n))) & 1
    signs = np.ones(2**n)
    for q in range(n):
        signs = signs * np.where(bits[:, q] & bits[:, (q + 1) % n], -1, 1)
    signs = jnp.array(signs.reshape((2,) * n))
    observable = jnp.array(diagonal(bits).reshape((2,) * n).astype(float))

    def layer(state, angles):
        for q in range(n):
            state = apply(ry_rz(angles[q, 0], angles[q, 1]), state, q)
        return state * signs, None

    def f(theta, x):
        one = jnp.array([jnp.cos(x / 2), -1j * jnp.sin(x / 2)])
        state = one
        for _ in range(n - 1):
            state = jnp.tensordot(state, one, axes=0)
        state, _ = jax.lax.scan(layer, state.astype(complex), theta)
        return jnp.sum(jnp.abs(state) ** 2 * observable)

    return f
