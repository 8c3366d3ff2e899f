import { type Html, html, raw } from '../html.ts';

interface Note {
  readonly id: string;
  readonly term: string;
  readonly text: Html;
}

const D = raw('<abbr title="the paper on the tangent kernel as a diagnostic tool">D</abbr>');
const C = raw('<abbr title="the paper on convergence">C</abbr>');

/** Definitions, each tied to where it comes from. */
const notes: readonly Note[] = [
  {
    id: 'kernel',
    term: 'Kernel K',
    text: html`K = JJᵀ, with J the derivatives of all outputs by all parameters at initialisation. A frozen kernel means
      that the network is replaced by its linear model there (${D}, Eqs. 3–5).`,
  },
  {
    id: 'loss',
    term: 'Loss L, residual r',
    text: html`r = label − output, over all outputs. L = 1/(2m) Σ r² for the mean loss, with m training points (paper ${C});
      L = ½ Σ r² for the sum (paper ${D}). MSE is the mean of r².`,
  },
  {
    id: 'time',
    term: 'Time t, learning rate η',
    text: html`t = η × steps. Residuals follow dr/dt = −wKr, w = 1/m for the mean loss and 1 for the sum. Steps are those of
      gradient descent at this η; L-BFGS and Adam have no such clock.`,
  },
  {
    id: 'basis',
    term: 'Certain, forecast, measured',
    text: html`What a verdict rests on. Certain: it holds for every choice of the parameters of this circuit. Forecast: it follows
      from Jacobians, before training. Measured: it comes from real training, asked for by <code>--verify</code> or done in the place of
      a forecast where it takes hardly longer.`,
  },
  {
    id: 'mse',
    term: 'MSE (y²), arrows',
    text: html`Mean squared error over points and outputs, in the square of the labels’ unit. ↑ higher is better, ↓ lower is.`,
  },
  {
    id: 'rate',
    term: 'Largest stable η',
    text: html`2/(w λmax): beyond it gradient descent on the frozen kernel diverges.`,
  },
  {
    id: 'mode',
    term: 'Mode, learned',
    text: html`An eigenvector of K. With the frozen kernel, of its residual the share 1 − exp(−w λ t) is learned after time t; it counts as learned when
      the rest is below 1/e.`,
  },
  {
    id: 'rank',
    term: 'Rank, cut-off',
    text: html`Eigenvalues are squared singular values of J. Those below the cut-off cannot be told from rounding and count as
      zero; the rank is the number of the others, at most the number of parameters and of d² − 1, with d = 2ⁿ.`,
  },
  {
    id: 'kappa',
    term: 'Condition number κ',
    text: html`λmax/λmin. At a rate near the largest stable one the slowest mode takes about κ steps (${D}, Fig. 1d). It has
      no value where the kernel is singular.`,
  },
  {
    id: 'alignment',
    term: 'Alignment with labels',
    text: html`yᵀKy/(‖K‖ yᵀy), ‖K‖ the Frobenius norm: 1 where K = yyᵀ, near 0 where the labels lie in modes that are learned last
      (Cristianini et al. 2001).`,
  },
  {
    id: 'dimension',
    term: 'Effective dimension',
    text: html`(Σλ)²/Σλ²: how many equal eigenvalues would spread as these do
      (Bartlett et al. 2020, R₀).`,
  },
  {
    id: 'residual',
    term: 'Residual of the frozen kernel',
    text: html`The error of the part of the labels that lies in the null space of K, the training MSE of the frozen kernel at t = ∞:
      it keeps it however long one trains. The trained network can go below it, as far as its kernel
      changes and the limit lets it.`,
  },
  {
    id: 'limit',
    term: 'Limit',
    text: html`Where inputs enter before all trained gates, every network is a readout of fixed states, and the best readout within
      the convex hull of all that circuits can make is found by convex optimisation, with a gap that is subtracted. No
      training goes below it.`,
  },
  {
    id: 'excess',
    term: 'Excess loss',
    text: html`Training loss of the frozen kernel above its residual. It counts as gone when 1 % of what it was at
      initialisation is left.`,
  },
  {
    id: 'fall',
    term: 'The fall',
    text: html`From the training loss at initialisation to that at the step budget, on the forecast’s own path. L-BFGS finds its
      step lengths itself: when its loss falls is known only where it was trained.`,
  },
  {
    id: 'infinity',
    term: 't = ∞',
    text: html`Kernel regression (${D}, Eq. 5). Often the wrong question: modes far below the largest are never learned in
      practice, and the forecast at the step budget (${D}, Eq. 4) is the one to read.`,
  },
  {
    id: 'r2',
    term: 'R²',
    text: html`1 − Σ r²/Σ (y − mean y)² on the test labels, mean over outputs. 1 is perfect, 0 no better than a constant.`,
  },
  {
    id: 'change',
    term: 'Parameter change',
    text: html`‖θ − θ₀‖/‖θ₀‖ at the end of training (${D}, Fig. 1c).`,
  },
  {
    id: 'jacobian',
    term: 'Jacobians',
    text: html`The cost, in evaluations of J, of which a training takes one a gradient. One is the frozen kernel; a forecast takes a new
      one where the network has left its model.`,
  },
  {
    id: 'equal',
    term: 'Equal training loss',
    text: html`The frozen kernel (or the flow, where that was followed) read where its training loss is the one the trained
      network reached, so that no optimiser’s clock enters.`,
  },
];

export function notesSection(): Html {
  return html`<section aria-labelledby="notes"><h2 id="notes">How to read this</h2><dl class="notes">${notes.map(
    ({ id, term, text }) => html`<div id="note-${id}"><dt>${term}</dt><dd>${text}</dd></div>
`,
  )}</dl>
<p class="papers"><b>D</b> <a href="https://arxiv.org/abs/2503.01966">Scala et al. 2025</a>, the quantum neural tangent kernel as a diagnostic tool for training and generalisation. <b>C</b> <a href="https://arxiv.org/abs/2303.14844">You et al. 2023</a>, the convergence of over-parameterised quantum neural networks.</p></section>`;
}
