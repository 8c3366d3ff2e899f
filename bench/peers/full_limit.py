"""The limit of You et al. 2023 on all d dimensions, dM/dt = sum_j r_j [M, [M, v_j v_j^dagger]], by DOP853: outputs at all times."""
import numpy as np
import scipy
from peer import serve
from scipy.integrate import DOP853


def serve_limit(double_commutator, name):
    """`double_commutator(M, V, W, r)` for W = MV."""

    def prepare(problem):
        d, m = len(problem["readout"]), len(problem["y"])
        V = np.array(problem["states"]).view(complex).reshape(m, d).T.copy()
        start = np.diag(np.array(problem["readout"], complex))
        y, times = np.array(problem["y"]), np.array(problem["times"])
        outputs = lambda W: np.real((V.conj() * W).sum(0))

        def slope(_, flat):
            M = flat.reshape(d, d)
            W = M @ V
            return double_commutator(M, V, W, y - outputs(W)).ravel()

        def run():
            solver = DOP853(slope, 0, start.ravel(), times[-1], rtol=problem["tolerance"], atol=problem["tolerance"])
            found = [outputs(start @ V)]
            while len(found) < len(times):
                solver.step()
                dense = None
                while len(found) < len(times) and times[len(found)] <= solver.t:
                    dense = dense or solver.dense_output()
                    found.append(outputs(dense(times[len(found)]).reshape(d, d) @ V))
            return np.concatenate(found)

        return run, run(), f"{name}, NumPy {np.__version__}, SciPy {scipy.__version__}"

    serve(prepare)
