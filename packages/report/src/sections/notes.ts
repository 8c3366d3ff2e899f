import { type Html, html } from '../html.ts';

interface Note {
  readonly id: string;
  readonly term: string;
  readonly text: Html;
  /** Where it is derived or fixed, in the documentation of the project. */
  readonly read: string;
}

const papers = {
  D: 'https://arxiv.org/abs/2503.01966',
  C: 'https://arxiv.org/abs/2303.14844',
  R: 'https://arxiv.org/abs/1906.11300',
} as const;

const D = html`<a href="${papers.D}" title="Scala et al. 2025, the paper on the tangent kernel as a diagnostic tool">D</a>`;
const C = html`<a href="${papers.C}" title="You et al. 2023, the paper on convergence">C</a>`;

/** Definitions, each tied to where it comes from. */
const notes: readonly Note[] = [
  {
    id: 'kernel',
    term: 'Kernel K',
    text: html`K = JJᵀ, with J the derivatives of all outputs by all parameters at initialisation. A frozen kernel means
      that the network is replaced by its linear model there (${D}, Eqs. 3–5).`,
    read: 'docs/conventions.md',
  },
  {
    id: 'loss',
    term: 'Loss L, residual r',
    text: html`r = label − output, over all outputs. L = 1/(2m) Σ r² for the mean loss, with m training points (paper ${C});
      L = ½ Σ r² for the sum (paper ${D}). MSE is the mean of r².`,
    read: 'docs/conventions.md',
  },
  {
    id: 'time',
    term: 'Time t, learning rate η',
    text: html`t = η × steps. Residuals follow dr/dt = −wKr, w = 1/m for the mean loss and 1 for the sum. Steps are those of
      gradient descent at this η; L‑BFGS and Adam have no such clock.`,
    read: 'docs/flow.md',
  },
  {
    id: 'basis',
    term: 'Certain, forecast, measured',
    text: html`What a verdict rests on. Certain: it holds for every choice of the parameters of this circuit. Forecast: it follows
      from Jacobians, before training. Measured: it comes from real training, asked for by <code>--verify</code> or done in the place of
      a forecast where it takes hardly longer.`,
    read: 'docs/verdicts.md',
  },
  {
    id: 'mse',
    term: 'MSE (y²), arrows',
    text: html`Mean squared error over points and outputs, in the square of the labels’ unit. ↑ higher is better, ↓ lower is.`,
    read: 'docs/conventions.md',
  },
  {
    id: 'rate',
    term: 'Largest stable η',
    text: html`2/(w λmax): beyond it gradient descent on the frozen kernel diverges.`,
    read: 'docs/conventions.md',
  },
  {
    id: 'mode',
    term: 'Mode, learned',
    text: html`An eigenvector of K. With the frozen kernel, of its residual the share 1 − exp(−w λ t) is learned after time t; it counts as learned when
      the rest is below 1/e.`,
    read: 'docs/flow.md',
  },
  {
    id: 'rank',
    term: 'Rank, cut-off',
    text: html`Eigenvalues are squared singular values of J. Those below the cut-off cannot be told from rounding and count as
      zero; the rank is the number of the others, at most the number of parameters and of d² − 1, with d = 2ⁿ.`,
    read: 'docs/conventions.md',
  },
  {
    id: 'kappa',
    term: 'Condition number κ',
    text: html`λmax/λmin. At a rate near the largest stable one the slowest mode takes about κ steps (${D}, Fig. 1d). It has
      no value where the kernel is singular.`,
    read: 'docs/predictors.md',
  },
  {
    id: 'alignment',
    term: 'Alignment with labels',
    text: html`yᵀKy/(‖K‖ yᵀy), ‖K‖ the Frobenius norm: 1 where K = yyᵀ, near 0 where the labels lie in modes that are learned last
      (Cristianini et al. 2001).`,
    read: 'docs/predictors.md',
  },
  {
    id: 'dimension',
    term: 'Effective dimension',
    text: html`(Σλ)²/Σλ²: how many equal eigenvalues would spread as these do
      (<a href="${papers.R}">Bartlett et al. 2020</a>, R₀).`,
    read: 'docs/predictors.md',
  },
  {
    id: 'residual',
    term: 'Residual of the frozen kernel',
    text: html`The error of the part of the labels that lies in the null space of K, the training MSE of the frozen kernel at t = ∞:
      it keeps it however long one trains. The trained network can go below it, as far as its kernel
      changes and the limit lets it.`,
    read: 'docs/conventions.md',
  },
  {
    id: 'limit',
    term: 'Limit',
    text: html`Where inputs enter before all trained gates, every network is a readout of fixed states, and the best readout within
      the convex hull of all that circuits can make is found by convex optimisation, with a gap that is subtracted. No
      training goes below it.`,
    read: 'docs/limit.md',
  },
  {
    id: 'excess',
    term: 'Excess loss',
    text: html`Training loss of the frozen kernel above its residual. It counts as gone when 1 % of what it was at
      initialisation is left.`,
    read: 'docs/flow.md',
  },
  {
    id: 'fall',
    term: 'The fall',
    text: html`From the training loss at initialisation to that at the step budget, on the forecast’s own path. L‑BFGS finds its
      step lengths itself: when its loss falls is known only where it was trained.`,
    read: 'docs/forecast.md',
  },
  {
    id: 'infinity',
    term: 't = ∞',
    text: html`Kernel regression (${D}, Eq. 5). Often the wrong question: modes far below the largest are never learned in
      practice, and the forecast at the step budget (${D}, Eq. 4) is the one to read.`,
    read: 'docs/papers/qntk-diagnostics.md',
  },
  {
    id: 'r2',
    term: 'R²',
    text: html`1 − Σ r²/Σ (y − mean y)² on the test labels, mean over outputs. 1 is perfect, 0 no better than a constant.`,
    read: 'docs/forecast.md',
  },
  {
    id: 'change',
    term: 'Parameter change',
    text: html`‖θ − θ₀‖/‖θ₀‖ at the end of training (${D}, Fig. 1c).`,
    read: 'docs/papers/qntk-diagnostics.md',
  },
  {
    id: 'jacobian',
    term: 'Jacobians',
    text: html`The cost, in evaluations of J, of which a training takes one a gradient. One is the frozen kernel; a forecast takes a new
      one where the network has left its model.`,
    read: 'docs/forecast.md',
  },
  {
    id: 'equal',
    term: 'Equal training loss',
    text: html`The frozen kernel (or the flow, where that was followed) read where its training loss is the one the trained
      network reached, so that no optimiser’s clock enters.`,
    read: 'docs/experiments.md',
  },
];

export function notesSection(): Html {
  return html`<section aria-labelledby="notes"><h2 id="notes">How to read this</h2><dl class="notes">${notes.map(
    ({ id, term, text, read }) => html`<div id="note-${id}"><dt>${term}</dt><dd>${text} <code>${read}</code></dd></div>
`,
  )}</dl>
<p class="papers"><b>D</b> <a href="${papers.D}">Scala et al. 2025</a>, the quantum neural tangent kernel as a diagnostic tool for training and generalisation. <b>C</b> <a href="${papers.C}">You et al. 2023</a>, the convergence of over-parameterised quantum neural networks. Files of <code>docs/</code> come with the program; their sources are listed in <code>docs/references.md</code>.</p></section>`;
}
