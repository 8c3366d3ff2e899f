"""With what is known of it: the sum of the inputs has the rank m, and M is Hermitian."""
from full_limit import serve_limit


def double_commutator(M, V, W, r):
    half = (M @ W * r) @ V.conj().T
    return half + half.conj().T - 2 * (W * r) @ W.conj().T


serve_limit(double_commutator, "products of rank m")
