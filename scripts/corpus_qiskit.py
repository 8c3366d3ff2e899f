"""Compares the circuits that `npm run corpus -- FOLDER --write OUT` wrote with Qiskit's reading of the originals.

python scripts/corpus_qiskit.py OUT     (needs qiskit and qiskit-qasm3-import)
"""

import json
import pathlib
import sys

import numpy
from qiskit import QuantumCircuit, qasm2, qasm3
from qiskit.quantum_info import Operator

TOLERANCE = 1e-9


def load(path: str) -> QuantumCircuit:
    text = pathlib.Path(path).read_text()
    if "OPENQASM 3" in text:
        return qasm3.loads(text)
    return qasm2.loads(
        text, include_path=(pathlib.Path(path).parent,), custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS
    )


def unitary(path: str) -> numpy.ndarray:
    """Without final measurements, and without resets: those that were read stand before all gates."""
    circuit = load(path)
    kept = circuit.copy_empty_like()
    for instruction in circuit.data:
        if instruction.operation.name not in ("measure", "barrier", "reset", "delay"):
            kept.append(instruction)
    return Operator(kept).data


def difference(a: numpy.ndarray, b: numpy.ndarray) -> float:
    """Largest difference of entries, up to a phase of the whole."""
    overlap = numpy.vdot(a, b)
    return float(numpy.abs(a * overlap / abs(overlap) - b).max()) if abs(overlap) > 0 else 2.0


def main() -> int:
    pairs = json.loads((pathlib.Path(sys.argv[1]) / "pairs.json").read_text())
    equal, unread, wrong = 0, [], []
    for original, written in pairs:
        try:
            expected = unitary(original)
        except Exception as error:  # Qiskit's refusals have many types.
            unread.append(f"{original}: {str(error).splitlines()[0][:120]}")
            continue
        found = difference(expected, unitary(written))
        if found < TOLERANCE:
            equal += 1
        else:
            wrong.append(f"{original}: differs by {found:.2g}")
    print(f"{len(pairs)} circuits: {equal} equal, {len(wrong)} different, {len(unread)} that Qiskit does not read")
    for line in wrong + unread:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
