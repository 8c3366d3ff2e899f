"""Writes written.json: the unitaries that Qiskit makes of the programs in ../written, all written by this project.

    python3 -m venv venv && venv/bin/pip install qiskit==2.6.2 qiskit-qasm3-import==0.6.0
    venv/bin/python packages/core/test/openqasm/oracles/written.py
"""

import json
import re
from importlib.metadata import version
from pathlib import Path

from qiskit import qasm3
from qiskit.quantum_info import Operator

HERE = Path(__file__).parent


def value(k):
    """What the k-th input of a file is set to; write.test.ts says the same."""
    return ((37 * k) % 100) / 25 - 2


def read(path):
    text = path.read_text()
    names = re.findall(r"^input float\[64\] (.*);$", text, re.MULTILINE)
    circuit = qasm3.loads(text)
    used = {parameter.name for parameter in circuit.parameters}
    bound = circuit.assign_parameters({name: value(k) for k, name in enumerate(names) if name in used})
    entries = Operator(bound).data.flatten()
    return {"inputs": names, "unitary": [part for entry in entries for part in (entry.real, entry.imag)]}


packages = ["qiskit", "qiskit-qasm3-import", "numpy"]
document = {
    "made_by": {"call": "qiskit.qasm3.loads, qiskit.quantum_info.Operator", **{p: version(p) for p in packages}},
    "files": {path.stem: read(path) for path in sorted((HERE / "../written").glob("*.qasm"))},
}
(HERE / "written.json").write_text(json.dumps(document) + "\n")
