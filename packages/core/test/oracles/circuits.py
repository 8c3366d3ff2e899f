"""Circuits as lists of gates, written from the notes in README.md: what PennyLane and Qiskit both are given."""

import re
from itertools import combinations
from math import pi

import numpy as np

# ---- angles: const + sum params[l] theta_l + sum scaled.factor(x) theta_l + input(x)


class Poly:
    """Polynomial in the inputs: {sorted tuple of input indices: coefficient}."""

    def __init__(self, terms):
        self.terms = terms

    @staticmethod
    def of(value):
        return value if isinstance(value, Poly) else Poly({(): float(value)})

    def __add__(self, other):
        terms = dict(self.terms)
        for key, value in Poly.of(other).terms.items():
            terms[key] = terms.get(key, 0.0) + value
        return Poly(terms)

    def __mul__(self, other):
        terms = {}
        for a, u in self.terms.items():
            for b, v in Poly.of(other).terms.items():
                key = tuple(sorted(a + b))
                terms[key] = terms.get(key, 0.0) + u * v
        return Poly(terms)

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Poly.of(other)

    def __rsub__(self, other):
        return Poly.of(other) - self

    __radd__ = __add__
    __rmul__ = __mul__


def evaluate(text, x):
    return eval(text, {"__builtins__": {}}, {"pi": pi, **{f"x{k}": v for k, v in enumerate(x)}})


def polynomial(text):
    count = 1 + max([int(k) for k in re.findall(r"x(\d+)", text)], default=-1)
    poly = Poly.of(evaluate(text, [Poly({(k,): 1.0}) for k in range(count)]))
    return [{"coeff": c, "inputs": list(key)} for key, c in sorted(poly.terms.items(), key=lambda t: (len(t[0]), t[0]))]


def angle(const=0.0, params=None, input=None, scaled=()):
    return {
        "const": float(const),
        "params": {str(l): float(c) for l, c in (params or {}).items()},
        "input": input,
        "poly": polynomial(input) if input else None,
        "scaled": [{"param": l, "input": text, "poly": polynomial(text)} for l, text in scaled],
    }


def theta(l, factor=1.0):
    return angle(params={l: factor})


def value(a, x, params):
    total = a["const"]
    for l, c in a["params"].items():
        total = total + c * params[int(l)]
    for term in a["scaled"]:
        total = total + evaluate(term["input"], x) * params[term["param"]]
    if a["input"]:
        by_text = evaluate(a["input"], x)
        by_poly = sum(t["coeff"] * np.prod([x[k] for k in t["inputs"]]) for t in a["poly"])
        assert abs(by_text - by_poly) < 1e-12, a
        total = total + by_text
    return total


def gate(name, wires, *angles, matrix=None):
    entry = {"gate": name, "wires": list(wires), "angle": list(angles)}
    if matrix is not None:
        entry["matrix"] = [[[float(v.real), float(v.imag)] for v in row] for row in matrix]
    return entry


class Numbers:
    """Hands out theta_0, theta_1 ... in order of application."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return theta(self.count - 1)


# ---- observables


def observable(text, n):
    if text == "mean-Z":
        return {"text": text, "terms": [{"coeff": 1 / n, "paulis": {str(q): "Z"}} for q in range(n)]}
    terms = []
    for sign, body in re.findall(r"([+-]?)\s*([^+\-\s]+)", text):
        coeff, paulis = (-1.0 if sign == "-" else 1.0), {}
        for factor in body.split("*"):
            if re.fullmatch(r"[XYZ]\d+", factor):
                assert factor[1:] not in paulis
                paulis[factor[1:]] = factor[0]
            else:
                coeff *= float(factor)
        terms.append({"coeff": coeff, "paulis": paulis})
    return {"text": text, "terms": terms}


# ---- circuits as gate lists, written from the notes in README.md


def ring(n):
    return [] if n == 1 else [(0, 1)] if n == 2 else [(q, (q + 1) % n) for q in range(n)]


def encode(n, features, frequency, name="ry"):
    factor = {"low": lambda q: 1, "linear": lambda q: q + 1, "high": lambda q: 3**q}[frequency]
    return [
        gate(name, [q], angle(input=f"x{q % features}" if factor(q) == 1 else f"{factor(q)}*x{q % features}"))
        for q in range(n)
    ]


def hea_layer(n, new):
    return (
        [gate("ry", [q], new()) for q in range(n)]
        + [gate("rz", [q], new()) for q in range(n)]
        + [gate("cz", pair) for pair in ring(n)]
    )


def hva_layer(n, new):
    return (
        [gate("rzz", pair, new()) for pair in ring(n)]
        + [gate("rx", [q], new()) for q in range(n)]
        + [gate("rz", [q], new()) for q in range(n)]
    )


def model(n, features, layer, layers, frequency, name="ry", reupload=False):
    new, gates = Numbers(), []
    for k in range(layers):
        if reupload or k == 0:
            gates += encode(n, features, frequency, name)
        gates += layer(n, new)
    return gates


def spec(n, kind, layers, frequency, text, scale=1, name="RY", reupload=False):
    return {
        "qubits": n,
        "encoding": {"gate": name, "frequency": frequency, "reupload": reupload},
        "ansatz": {"kind": kind, "layers": layers},
        "observable": text,
        "scale": scale,
    }


def zz_map(n, reps):
    gates = []
    for _ in range(reps):
        gates += [gate("h", [q]) for q in range(n)]
        gates += [gate("p", [q], angle(input=f"2*x{q}")) for q in range(n)]
        for i, j in combinations(range(n), 2):
            gates += [gate("cx", [i, j]), gate("p", [j], angle(input=f"2*(pi-x{i})*(pi-x{j})")), gate("cx", [i, j])]
    return gates


def entangled(n, kind, rep):
    linear = [(q, q + 1) for q in range(n - 1)]
    circular = linear if n == 2 else [(n - 1, 0), *linear]
    if kind == "full":
        return list(combinations(range(n), 2))
    if kind == "reverse_linear":
        return linear[::-1]
    if kind == "pairwise":
        return linear[0::2] + linear[1::2]
    if kind == "sca":
        k = rep % len(circular)
        pairs = circular[len(circular) - k :] + circular[: len(circular) - k]
        return [pair[::-1] for pair in pairs] if rep % 2 else pairs
    return {"linear": linear, "circular": circular}[kind]


def local(n, rotations, entanglers, kind, reps, new):
    gates = []
    for rep in range(reps + 1):
        gates += [gate(r, [q], new()) for r in rotations for q in range(n)]
        if rep < reps:
            for e in entanglers:
                gates += [gate(e, pair, *([new()] if e.startswith("cr") else [])) for pair in entangled(n, kind, rep)]
    return gates


def angle_embedding(n, name="rx"):
    return [gate(name, [q], angle(input=f"x{q}")) for q in range(n)]


def strongly_entangling(n, layers, new):
    gates = []
    for l in range(layers):
        for q in range(n):
            gates += [gate("rz", [q], new()), gate("ry", [q], new()), gate("rz", [q], new())]
        r = l % (n - 1) + 1
        gates += [gate("cx", [q, (q + r) % n]) for q in range(n)]
    return gates


def iqp(n, repeats):
    gates = []
    for _ in range(repeats):
        for q in range(n):
            gates += [gate("h", [q]), gate("rz", [q], angle(input=f"x{q}"))]
        gates += [gate("rzz", pair, angle(input=f"x{pair[0]}*x{pair[1]}")) for pair in combinations(range(n), 2)]
    return gates


def basic_entangler(n, layers, new):
    gates = []
    for _ in range(layers):
        gates += [gate("rx", [q], new()) for q in range(n)]
        gates += [gate("cx", pair) for pair in ring(n)]
    return gates


def haar(dimension, rng):
    q, r = np.linalg.qr(rng.normal(size=(dimension, dimension)) + 1j * rng.normal(size=(dimension, dimension)))
    return q * (np.diag(r) / np.abs(np.diag(r)))


def every_gate():
    """Four qubits, seven parameters, two inputs; most parameters are used more than once."""
    a = angle
    affine = a(0.3, {0: 0.5, 1: -2.0})
    return [
        gate("h", [0]),
        gate("ry", [1], a(0.7, {2: 1.0})),
        gate("rx", [2], a(input="x0")),
        gate("u", [3], affine, a(params={3: 1.0}), a(0.2, input="x1")),
        gate("x", [1]),
        gate("t", [0]),
        gate("sx", [2]),
        gate("cx", [3, 0]),
        gate("rxx", [2, 0], affine),
        gate("y", [2]),
        gate("p", [0], a(params={4: 1.0}, input="x0*x1")),
        gate("cy", [1, 3]),
        gate("ryy", [1, 2], a(params={5: -1.5})),
        gate("z", [3]),
        gate("s", [1]),
        gate("crx", [2, 1], a(params={2: 1.0, 6: 1.0})),
        gate("unitary", [3, 1], matrix=haar(4, np.random.default_rng(99))),
        gate("rz", [0], a(-0.4, {1: 1.0}, "0.5*x0*x0-x1")),
        gate("cz", [0, 2]),
        gate("sdg", [2]),
        gate("ch", [3, 2]),
        gate("cry", [0, 3], a(params={0: 1.0}, input="2*x1")),
        gate("swap", [1, 3]),
        gate("tdg", [3]),
        gate("rzz", [3, 0], a(params={4: 2.0, 5: 0.25}, input="2*(pi-x0)*(pi-x1)")),
        gate("crz", [1, 0], a(params={6: 1.0})),
        gate("sxdg", [0]),
        gate("cp", [2, 3], a(0.1, {3: -1.0})),
        gate("ccx", [3, 0, 2]),
        gate("cu", [2, 0], a(params={0: 1.0}), affine, a(input="x0"), a(params={6: 0.5, 2: -1.0})),
        gate("cswap", [1, 3, 0]),
        gate("ry", [2], a(params={1: 1.0, 5: 1.0})),
        gate("h", [3]),
    ]


def weighted_inputs(n, layers, new):
    """Angles w x + b with a trainable frequency w, as in data re-uploading classifiers."""
    gates = []
    for l in range(layers):
        for q in range(n):
            w, b = new.count, new.count + 1
            new.count += 2
            gates.append(gate(["rx", "ry"][l % 2], [q], angle(0.0, {b: 1.0}, scaled=[(w, f"x{q % 2}")])))
        gates.append(gate("rz", [0], angle(0.25, {0: 1.0}, "x0", [(1, "x0*x1-0.5*x1"), (2, "pi-x0")])))
        gates += [gate("cx", [q, q + 1]) for q in range(n - 1)]
    return gates
