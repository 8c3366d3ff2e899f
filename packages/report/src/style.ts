import { colours, darkColours, properties } from './theme.ts';

/** One column of figures with their captions beside them; below each other where the page is narrow. */
export const style = `
:root { color-scheme: light dark; ${properties(colours)} --line: #e1e6ea; --hair: #f0f3f5; }
@media screen and (prefers-color-scheme: dark) { :root { ${properties(darkColours)} --line: #2c353d; --hair: #222a31; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
main, footer { max-width: 66rem; margin: 0 auto; padding: 0 clamp(1.25rem, 4vw, 3rem); }
header { padding: 4rem 0 .5rem; }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; }
h1 { max-width: 46rem; font-size: clamp(1.6rem, 3.4vw, 2.25rem); line-height: 1.2; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 0 0 1.5rem; font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; }
section { padding-top: 3.5rem; }
.kicker { margin-bottom: .9rem; color: var(--soft); font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; }
.line { margin-top: .35rem; color: var(--soft); overflow-wrap: anywhere; }
h1 + .line { margin-top: 1.1rem; }
.line b { display: inline-block; min-width: 3.6rem; color: var(--ink); font-weight: 600; }
.bottom-line { max-width: 46rem; margin-top: 1.8rem; padding-left: 1rem; border-left: 3px solid var(--forecast); font-size: 1.25rem; line-height: 1.45; text-wrap: pretty; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin-top: 1.8rem; padding: 0; list-style: none; color: var(--soft); font-size: .875rem; }
.verdicts { list-style: none; padding: 0; max-width: 50rem; }
.verdicts li { display: grid; grid-template-columns: 1.15rem 1fr; gap: 0 .9rem; padding: .85rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.verdicts li:last-child { border-bottom: 1px solid var(--line); }
.verdicts p { font-size: 1.0625rem; line-height: 1.5; overflow-wrap: anywhere; }
.judged { max-width: 46rem; margin-top: 1.2rem; font-size: 1.0625rem; }
.judged + .verdicts { margin-top: .6rem; }
.marker { width: 1.05rem; height: 1.05rem; margin-top: .28rem; fill: none; stroke: var(--soft); stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.good .marker { stroke: var(--forecast); }
.warning .marker { stroke: var(--trained); }
.basis { color: var(--soft); font-size: .84375rem; white-space: nowrap; }
.evidence { display: flex; flex-wrap: wrap; gap: .1rem 1.3rem; margin-top: .3rem; color: var(--soft); font-size: .84375rem; }
.evidence dt, .evidence dd { display: inline; }
.evidence dd { color: var(--ink); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
figure { display: grid; grid-template-columns: minmax(0, 2.15fr) minmax(13rem, 1fr); gap: 0 2.25rem; padding: 0 0 3.25rem; break-inside: avoid; }
.narrow { display: none; }
.mark-rect path { shape-rendering: crispEdges; }
.plot svg { display: block; width: 100%; height: auto; overflow: visible; }
figcaption { padding-top: .2rem; font-size: .90625rem; line-height: 1.5; }
figcaption h3 { margin-bottom: .5rem; }
figcaption h3 span { display: block; color: var(--soft); font-size: .8125rem; font-weight: 400; }
figcaption p { overflow-wrap: anywhere; }
.key { list-style: none; padding: 0; margin-top: .9rem; color: var(--soft); font-size: .84375rem; line-height: 1.35; }
.key li { display: flex; gap: .6rem; margin-top: .4rem; }
.key svg { flex: none; width: 1.75rem; height: .875rem; margin-top: .15rem; fill: none; }
.missing { max-width: 46rem; padding: 0 0 2rem; color: var(--soft); }
.missing b { color: var(--ink); font-weight: 600; }
a:focus-visible, button:focus-visible, summary:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--forecast); outline-offset: 2px; border-radius: 2px; }
.scroll { overflow-x: auto; margin-bottom: 2.25rem; }
h3 + .scroll { margin-top: .5rem; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
th, td { padding: .34rem 0 .34rem 1.15rem; text-align: right; white-space: nowrap; }
th:first-child { padding-left: 0; text-align: left; }
thead th { max-width: 8rem; vertical-align: bottom; border-bottom: 1px solid var(--faint); color: var(--soft); font-weight: 500; white-space: normal; }
tbody th { color: var(--soft); font-weight: 400; }
tbody tr + tr > * { border-top: 1px solid var(--hair); }
tfoot > tr:first-child > * { border-top: 1px solid var(--faint); font-weight: 600; }
tfoot > tr + tr > * { padding-top: 0; color: var(--soft); font-weight: 400; }
a { color: inherit; text-decoration: underline dotted; text-underline-offset: .2em; text-decoration-thickness: 1px; }
.reasons { max-width: 50rem; margin-top: .6rem; font-size: .90625rem; }
.reasons div { padding: .5rem 0; border-top: 1px solid var(--line); }
.reasons dt { color: var(--soft); }
.reasons dt::first-letter, .reasons dd::first-letter { text-transform: uppercase; }
.setting { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 2rem 2.5rem; }
.setting dl { margin-top: .5rem; font-size: .90625rem; }
.setting dl div { padding: .4rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.setting dt { color: var(--soft); font-size: .8125rem; }
.notes { columns: 2 22rem; column-gap: 2.5rem; font-size: .875rem; }
.notes div { padding: 0 0 .9rem; break-inside: avoid; scroll-margin-top: 1rem; }
.notes div:target dt { color: var(--forecast); }
.notes dt { font-weight: 600; }
.notes dd { color: var(--soft); }
.downloads { margin-top: .5rem; font-size: .8125rem; color: var(--soft); }
.downloads button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline dotted; cursor: pointer; }
.plot .downloads { text-align: right; }
.circuit .wide svg { max-width: 100%; }
.circuit .narrow svg { width: auto; }
details summary { color: var(--soft); font-size: .8125rem; cursor: pointer; }
pre { max-height: 30rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0 0; overflow: auto; font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.text p { max-width: 46rem; margin: 0 0 1rem; white-space: pre-line; overflow-wrap: anywhere; }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; cursor: pointer; }
th[aria-sort="ascending"] button::after { content: " ↑"; }
th[aria-sort="descending"] button::after { content: " ↓"; }
.filter { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .8rem; margin-bottom: 1rem; font-size: .875rem; color: var(--soft); }
.filter input { width: 22rem; max-width: 100%; padding: .3rem .5rem; border: 1px solid var(--faint); border-radius: .25rem; background: var(--page); color: var(--ink); font: inherit; }
tr.first > * { color: var(--ink); font-weight: 600; }
abbr { text-decoration: none; }
.papers { margin-top: 1rem; color: var(--soft); font-size: .875rem; }
.papers b { margin-left: .6rem; color: var(--ink); }
.papers b:first-child { margin-left: 0; }
footer { padding-top: 3rem; padding-bottom: 3.5rem; color: var(--soft); font-size: .84375rem; }
code { font: .95em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
@media (max-width: 860px) {
  figure { grid-template-columns: minmax(0, 1fr); gap: 1rem 0; }
  header { padding-top: 2.5rem; }
  .key { columns: 2 15rem; }
  .key li { break-inside: avoid; }
}
@media screen and (max-width: 560px) {
  .wide { display: none; }
  .narrow { display: block; }
  .scroll { margin-right: calc(-1 * clamp(1.25rem, 4vw, 3rem)); padding-right: clamp(1.25rem, 4vw, 3rem); background: linear-gradient(to left, transparent, var(--page) 2.5rem) right / 2.5rem 100% no-repeat local, linear-gradient(to left, var(--faint), transparent) right / .75rem 100% no-repeat scroll; }
  th, td { padding-left: .8rem; }
  thead th { min-width: 4.4rem; max-width: 5.6rem; }
  .names tbody th { min-width: 9.5rem; white-space: normal; }
  .scroll th:first-child { position: sticky; left: 0; padding-right: .3rem; background: var(--page); }
}
@media print {
  .downloads, nav, .filter { display: none; }
  [data-sortable] :is(th, td):is(:nth-child(6), :nth-child(7), :nth-child(n+12):nth-child(-n+17)) { display: none; }
  pre { max-height: none; }
  body { font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main, footer { max-width: none; padding: 0; }
  header { padding-top: 0; }
  section { padding-top: 1.5rem; }
  h2, h3 { break-after: avoid; }
  figure { grid-template-columns: minmax(0, 2.15fr) minmax(0, 1fr); gap: 0 1.5rem; padding-bottom: 1.5rem; }
  .scroll, .circuit { overflow: visible; margin-bottom: 1.25rem; break-inside: avoid; }
  .setting { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem; }
  .notes { columns: 2; }
  table { font-size: .75rem; }
  th, td { padding-left: .9rem; }
  a { text-decoration: none; }
}
`;
