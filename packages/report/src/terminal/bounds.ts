import type { BoundsDocument, SeedBounds } from '@qntk/core/dynamics';
import { statistics } from '@qntk/core/dynamics';
import { counted, formatNumber } from '../format.ts';
import type { DynamicsWords } from '../words/dynamics.ts';
import { settingText } from './ensemble.ts';

/** What each theorem of You et al. 2023 says of the runs. */
export function boundsWords(document: BoundsDocument): DynamicsWords {
  return {
    headline: headline(document),
    setting: settingText(document.setting),
    before: [theorem32Text(document), theorem42Text(document), corollary43Text(document), theorem44Text(document)],
    after: [],
  };
}

/** In how many runs each theorem holds that applies, as it is stated. */
function headline({ seeds }: BoundsDocument): string {
  const told = [
    ['Theorem 3.2', seeds.flatMap(({ theorem32 }) => theorem32?.stated ?? [])],
    ['Theorem 4.2', seeds.map(({ theorem42 }) => theorem42)],
    ['Corollary 4.3', seeds.flatMap(({ corollary43 }) => corollary43 ?? [])],
  ] as const;
  return told
    .filter(([, found]) => found.length > 0)
    .map(([name, found], k) => {
      const held = formatNumber(found.filter(({ holds }) => holds).length);
      return `${name}${k > 0 ? '' : ' holds'} in ${held} of ${k > 0 ? formatNumber(found.length) : counted(found.length, 'run')}`;
    })
    .join(', ');
}

function theorem32Text({ seeds, reasons }: BoundsDocument): string {
  const head = 'Theorem 3.2, no faster than L ≥ 1/(c₀ + c₁t)²';
  const found = seeds.flatMap(({ theorem32 }) => theorem32 ?? []);
  if (found.length === 0) return `${head}\n  does not apply: ${reasons.theorem32}`;
  const names = { stated: '12 ηΣ‖H‖² (stated)', proof: '8√2 ηΣ‖H‖² (proof)', limit: '4√2 m (limit)' };
  const lines = (['stated', 'proof', 'limit'] as const).flatMap((name) => {
    const slopes = found.flatMap((each) => each[name] ?? []);
    if (slopes.length === 0) return [];
    const c1 = formatNumber(slopes[0].c1);
    return [
      `  c₁ = ${names[name]} = ${c1}, ${spread(slopes.flatMap(({ tightness }) => tightness ?? []))} times what is needed; ${holding(slopes)}`,
    ];
  });
  return [head, `  needed: c₁ = ${spread(found.map(({ needed }) => needed))}`, ...lines].join('\n');
}

function theorem42Text({ seeds }: BoundsDocument): string {
  const found = seeds.map(({ theorem42 }) => theorem42);
  const rates = found.flatMap(({ leastRate }) => leastRate ?? []);
  const met = found.filter(({ premise }) => premise).length;
  return [
    'Theorem 4.2, no slower than L ≤ L(0) exp(−C₀t/2)',
    `  C₀ = min λmin(K_asym) = ${spread(found.map(({ constant }) => constant))}; ${holding(found)}`,
    `  least rate −d ln L/dt: ${rates.length > 0 ? spread(rates) : '–'}; in the limit it is at least 2C₀, the theorem says C₀/2`,
    `  premise ‖K_pert‖ ≤ C₀/10: met in ${met} of ${found.length}, ‖K_pert‖ = ${spread(found.map(({ perturbation }) => perturbation))}`,
  ].join('\n');
}

function corollary43Text({ seeds, reasons }: BoundsDocument): string {
  const head = 'Corollary 4.3, one sample: L ≤ L(0) exp(−(γ² − 1)t)';
  const found = seeds.flatMap(({ corollary43 }) => corollary43 ?? []);
  if (found.length === 0) return `${head}\n  does not apply: ${reasons.corollary43}`;
  const slopes = found.flatMap(({ slope }) => slope ?? []);
  const { stated } = found[0];
  return [
    head,
    `  γ² − 1 = ${formatNumber(stated)}; from a start inside ±1 the limit has 4(γ² − 1) = ${formatNumber(4 * stated)}; ${holding(found)}`,
    `  slope of the rate over 2(γ² − ŷ²): ${slopes.length > 0 ? spread(slopes) : '–'}, 2 in the limit`,
  ].join('\n');
}

function theorem44Text({ theorem44, reasons }: BoundsDocument): string {
  const head = 'Theorem 4.4, λmin at global minima ≥ 2γ²(1 − 1/γ² − C₂·max{m²/d, (m/d) ln(2/δ)})';
  if (!theorem44) return `${head}\n  does not apply: ${reasons.theorem44}`;
  const { quantile, delta, samples, ceiling, constant, perRatio } = theorem44;
  return [
    head,
    `  ${formatNumber(quantile)} at all but ${formatNumber(100 * delta)} % of ${formatNumber(samples)} random minima, at most ${formatNumber(ceiling)}`,
    constant === null
      ? `  C₂ is undefined: ${reasons['theorem44.constant']}`
      : `  C₂ = ${formatNumber(constant)} makes it an equality; with m/d in place of m²/d it is ${formatNumber(perRatio)}`,
  ].join('\n');
}

function holding(found: readonly { readonly holds: SeedBounds['theorem42']['holds'] }[]): string {
  const count = found.filter(({ holds }) => holds).length;
  return count === found.length ? 'it holds' : `it fails in ${found.length - count} of ${counted(found.length, 'run')}`;
}

function spread(values: readonly number[]): string {
  const { mean, std } = statistics(values);
  return std > 0 ? `${formatNumber(mean)} ± ${formatNumber(Number(std.toPrecision(2)))}` : formatNumber(mean);
}
