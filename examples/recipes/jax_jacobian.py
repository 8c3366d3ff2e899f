"""A Jacobian from JAX, of any model: three arrays go to `qntk predict`, and the forecast comes back."""

import json
import subprocess

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


def model(theta, x):
    """Two layers of tanh, as an example of what is no circuit at all."""
    first, second = theta[:16].reshape(8, 2), theta[16:].reshape(8)
    return second @ jnp.tanh(first @ jnp.array([x, 1.0]))


x = jnp.linspace(-1, 1, 12)
labels = jnp.sin(3 * x)
theta = jax.random.normal(jax.random.key(0), (24,))
outputs = jax.vmap(model, (None, 0))
np.savez("jax.npz", J=jax.jacobian(outputs)(theta, x), y=labels, f=outputs(theta, x))

command = "npx qntk predict --jacobian jax.npz --labels jax.npz --f0 jax.npz --steps 10,1000,100000 --json"
run = subprocess.run(command.split(), capture_output=True, text=True, check=True)
for forecast in json.loads(run.stdout)["forecasts"]:
    print(f"after {forecast['steps']} steps: mean squared error {forecast['trainMse']:.2e}")
