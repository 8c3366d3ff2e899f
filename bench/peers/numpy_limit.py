"""The equation as it stands."""
from full_limit import serve_limit


def double_commutator(M, V, _, r):
    X = (V * r) @ V.conj().T
    A = M @ X - X @ M
    return M @ A - A @ M


serve_limit(double_commutator, "the equation as it stands")
