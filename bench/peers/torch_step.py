"""You et al.'s gradient descent step in PyTorch, all inputs at once; `steps` of them are one run."""
import numpy as np
import torch
from peer import serve

torch.set_num_threads(2)
torch.set_default_dtype(torch.float64)


def prepare(problem):
    p, m = len(problem["theta"]), len(problem["y"])
    numbers = lambda name, *shape: torch.tensor(np.array(problem[name]).view(complex).reshape(shape))
    generator, readout, y = (torch.tensor(problem[name]) for name in ("generator", "readout", "y"))
    d = len(generator)
    unitaries, start = numbers("unitaries", p, d, d), numbers("states", m, d).T.contiguous()
    theta = torch.tensor(problem["theta"], requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=problem["rate"])

    def step():
        optimizer.zero_grad()
        psi = start
        phases = torch.exp(-1j * theta[:, None] * generator[None])
        for layer in range(p):
            psi = unitaries[layer] @ (phases[layer][:, None] * psi)
        outputs = ((psi.abs() ** 2) * readout[:, None]).sum(0)
        loss = 0.5 / m * ((outputs - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        return loss.item()

    def run():
        for _ in range(problem["steps"]):
            step()

    loss = step()
    return run, [loss, *theta.grad.numpy()], f"PyTorch {torch.__version__}"


serve(prepare)
