import type { Diagnosis } from '@qntk/core';
import { mean } from '../curves.ts';
import { counted, formatNumber, formatShare } from '../format.ts';
import { html } from '../html.ts';
import { colours, narrowSize, size } from '../theme.ts';
import { answersOf } from './answers.ts';
import { listedNote } from './listed.ts';
import type { Plot } from './plot.ts';
import { sourceOf } from './source.ts';

/** One cell: of the points of a class, the share that is answered as another, mean over the initialisations. */
interface Cell {
  readonly panel: string;
  readonly label: string;
  readonly answer: string;
  readonly share: number;
  readonly text: string;
}

/** How strong cells get: as far as ink on them is read well, on a dark page too. */
const inkRange = [0.06, 0.55];
/** From here on a panel takes a line of its own. */
const manyClasses = 5;

/** Several classes: of each class, what will be answered; beside it what the trained networks answer. */
export function confusionPlot(diagnosis: Diagnosis, classes: readonly string[]): Plot {
  const { data, seeds, training } = diagnosis;
  const names = classes.map(shortName);
  const labels = answersOf(data.testY, names.length);
  const forecasts = seeds.map(({ forecast }) => answersOf(forecast.test, names.length));
  const source = sourceOf(diagnosis);
  const trained = seeds.flatMap(({ verified, forecast: { basis } }) =>
    verified && basis === 'forecast' ? [answersOf(verified.test, names.length)] : [],
  );
  const panels = [
    { panel: source.name, answers: forecasts },
    ...(trained.length > 0 ? [{ panel: 'trained network', answers: trained }] : []),
  ];
  const right = mean(forecasts.map((answers) => mean(answers.map((answer, i) => (answer === labels[i] ? 1 : 0)))));
  const many = names.length > manyClasses;
  const width = many ? size.width * 0.8 : panels.length > 1 ? size.width * 0.4 : size.width * 0.55;

  return {
    name: 'test',
    title: source.title,
    caption: html`Of each class, the share in % answered as each class after ${counted(training.steps, 'step')}${
      seeds.length > 1 ? `, mean over ${counted(seeds.length, 'initialisation')}` : ''
    }: ${formatShare(right)} of the answers are right. Strong colour on the diagonal is what one hopes for. ${listedNote(diagnosis)}`,
    alt: `Confusion matrix of ${counted(data.test, 'test point')} in ${formatNumber(names.length)} classes; ${formatShare(right)} of the answers (${source.name}) are right.`,
    key: [],
    spec: {
      data: { values: panels.flatMap(({ panel, answers }) => cellsOf(panel, answers, labels, names)) },
      // Panels of many classes need the whole width.
      facet: {
        [many ? 'row' : 'column']: {
          field: 'panel',
          type: 'nominal',
          sort: panels.map(({ panel }) => panel),
          header: {
            title: null,
            labels: panels.length > 1,
            labelFontSize: 12.5,
            labelColor: colours.ink,
            labelOrient: 'top',
          },
        },
      },
      spacing: 26,
      spec: {
        width,
        height: many ? 32 * names.length : Math.min(size.height, 70 * names.length),
        encoding: {
          x: {
            field: 'answer',
            type: 'nominal',
            sort: names,
            axis: {
              title: 'answer',
              ...(needsSlant(names)
                ? { labelAngle: -45, labelLimit: 90 }
                : { labelAngle: 0, labelLimit: (1.5 * width) / names.length }),
              domain: false,
              ticks: false,
            },
          },
          y: { field: 'label', type: 'nominal', sort: names, axis: { title: 'label', domain: false, ticks: false } },
        },
        layer: [
          {
            mark: { type: 'rect', fill: source.colour, stroke: colours.page, strokeWidth: 2 },
            encoding: {
              fillOpacity: {
                field: 'share',
                type: 'quantitative',
                legend: null,
                scale: { domain: [0, 1], range: inkRange },
              },
            },
          },
          {
            mark: { type: 'text', fontSize: 13, color: colours.ink },
            encoding: { text: { field: 'text', type: 'nominal' } },
          },
        ],
      },
    },
  };
}

/** Whether names side by side would run into each other on a phone, letters of 7 pixels. */
const needsSlant = (names: readonly string[]): boolean =>
  names.some((name) => 7 * name.length > (0.8 * narrowSize.width) / names.length);

function cellsOf(
  panel: string,
  answers: readonly number[][],
  labels: readonly number[],
  names: readonly string[],
): Cell[] {
  return names.flatMap((label, l) => {
    const points = labels.flatMap((value, i) => (value === l ? [i] : []));
    // A class without test points has no shares: its row stays empty.
    if (points.length === 0) return [];
    return names.map((answer, a) => {
      const share = mean(answers.map((given) => points.filter((i) => given[i] === a).length / points.length));
      return { panel, label, answer, share, text: share === 0 ? '' : String(Math.round(100 * share)) };
    });
  });
}

function shortName(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
