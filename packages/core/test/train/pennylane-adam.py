"""Writes pennylane-adam.json: PennyLane's AdamOptimizer on f(x) = 1000 sum_i 10^-i (x_i - i)^4.

    python pennylane-adam.py

Its own default of beta2 is 0.99; 0.999 is the paper's.
"""
import json
import numpy as np
import pennylane as qml

x = qml.numpy.array([1.0, -2.0, 0.5], requires_grad=True)
w = 1000 * 10.0 ** -np.arange(3)
optimizer = qml.AdamOptimizer(stepsize=0.05, beta2=0.999)
steps = []
for _ in range(20):
    grad = 4.0 * w * (x - np.arange(3)) ** 3
    x = optimizer.apply_grad((grad,), (x,))[0]
    x = qml.numpy.array(x, requires_grad=True)
    steps.append(x.tolist())
json.dump(dict(made_by=dict(call="AdamOptimizer(stepsize=0.05, beta2=0.999).apply_grad", pennylane=qml.version()), steps=steps), open("pennylane-adam.json", "w"), indent=1)
