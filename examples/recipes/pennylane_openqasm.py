"""PennyLane circuits as OpenQASM 3 with inputs and parameters by name.

PennyLane writes OpenQASM 2 with numbers for angles. An angle that is affine in the arguments of the circuit is known from
its values at one more point than there are arguments; a further point shows whether it is affine.
"""

import numpy as np
import pennylane as qml


def to_openqasm(circuit, wires, **shapes):
    """The program of a QNode: `shapes` are those of its arguments by name, () for a number.

    An argument `x` of shape (2,) becomes `input float x_0` and `x_1`, row by row where there are more axes.
    Raises ValueError where an angle is not affine in the arguments, or gates come and go with them.
    """
    sizes = {name: range(int(np.prod(shape))) for name, shape in shapes.items()}
    names = [f"{name}_{k}" if shapes[name] else name for name, size in sizes.items() for k in size]
    start, *others, check = points = _points(len(names))
    gates, *rest = [_gates(circuit, wires, shapes, point) for point in points]
    if any([gate[::2] for gate in other] != [gate[::2] for gate in gates] for other in rest):
        raise ValueError("the gates of the circuit depend on its arguments")
    values = np.array([[angle for _, angles, _ in each for angle in angles] for each in [gates, *rest]])
    slopes = (values[1:-1] - values[0]).round(14)
    offsets = (values[0] - start @ slopes).round(14)
    wrong = np.abs(offsets + check @ slopes - values[-1]) > 1e-9
    angles = iter([_affine(offset, slope, names) for offset, slope in zip(offsets, slopes.T)])
    lines = []
    for name, own, qubits in gates:
        if wrong[:len(own)].any():
            raise ValueError(f"an angle of {name} on {qubits} is not affine in {', '.join(shapes)}")
        wrong = wrong[len(own):]
        arguments = ", ".join(next(angles) for _ in own)
        lines.append(f"{name}({arguments}) {qubits};" if own else f"{name} {qubits};")
    inputs = [f"input float {name};" for name in names]
    return "\n".join(["OPENQASM 3.0;", 'include "stdgates.inc";', *inputs, f"qubit[{len(wires)}] q;", *lines, ""])


def _points(count):
    """A random point, that point with 1 added to each argument in turn, and another random point."""
    rng = np.random.default_rng(1)
    start = rng.random(count)
    return np.array([start, *(start + np.eye(count)), rng.random(count)])


def _gates(circuit, wires, shapes, point):
    """Name, angles and qubits of every gate where the arguments are the numbers of `point`."""
    sizes = [int(np.prod(shape)) for shape in shapes.values()]
    parts = np.split(point, np.cumsum(sizes)[:-1])
    arguments = {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), parts)}
    tape = qml.workflow.construct_tape(circuit)(**arguments)
    text = qml.to_openqasm(qml.tape.QuantumScript(tape.operations), wires=wires, measure_all=False)
    found = []
    for line in text.splitlines():
        call, _, qubits = line.rstrip(";").partition(" q[")
        name, _, angles = call.rstrip(")").partition("(")
        if qubits and name not in ("qreg", "creg"):
            found.append((name, [float(angle) for angle in angles.split(",") if angle], f"q[{qubits}"))
    return found


def _affine(offset, slopes, names):
    """An affine function as an expression of OpenQASM."""
    terms = [name if slope == 1 else f"{slope}*{name}" for slope, name in zip(slopes, names) if slope != 0]
    return " + ".join(terms + ([f"{offset}"] if offset != 0 or not terms else []))
