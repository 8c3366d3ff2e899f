import { contentHash, revision, type ScheduleOptions, scheduleAll } from '@qntk/study';
import type { AnyFigure, JudgedClaim, Size } from './figure.ts';
import { pictureOf } from './picture.ts';
import { pngOf } from './png.ts';

/** A figure as it came out: what is written beside its pictures. */
export interface FigureDocument extends Pick<AnyFigure, 'id' | 'paper' | 'title'> {
  readonly schema: 'qntk/figure/1';
  readonly size: Size;
  /** Of the program. */
  readonly version: string;
  /** Of everything that was computed: tasks and the revision of the algorithms. */
  readonly hash: string;
  /** What all tasks took, on one processor. */
  readonly seconds: number;
  readonly ensembles: Readonly<Record<string, Setting>>;
  readonly panels: readonly Panel[];
  /** Plain data: what panels and claims are made of. */
  readonly analysis: unknown;
  readonly claims: readonly JudgedClaim[];
}

/** What tasks of an ensemble have in common, and their seeds. */
interface Setting {
  readonly kind: string;
  /** Of the kind, where it has one. */
  readonly revision?: number;
  readonly spec: unknown;
  readonly data?: string;
  readonly seeds: readonly number[];
}

interface Panel {
  readonly file: string;
  readonly title: string;
  readonly caption: string;
  readonly alt: string;
}

/** A figure that is computed and drawn. */
export interface Reproduced {
  readonly document: FigureDocument;
  /** SVG and PNG by the names of their files. */
  readonly pictures: Readonly<Record<string, string | Uint8Array>>;
  /** How many tasks the store had records of. */
  readonly found: number;
}

/**
 * Computes what the store lacks of a figure, analyses and draws it, and judges its claims.
 *
 * @throws what a task throws, or the reason of the signal; finished tasks stay in the store.
 */
export async function reproduce(figure: AnyFigure, size: Size, options: ScheduleOptions): Promise<Reproduced> {
  const { id, paper, title } = figure;
  const ensembles = figure.ensembles(size);
  const names = Object.keys(ensembles);
  const { records, found } = await scheduleAll(Object.values(ensembles), { label: id, ...options });
  const results = Object.fromEntries(names.map((name, k) => [name, records[k]!.map(({ result }) => result)]));
  const analysis = figure.analyse(results, size);
  const panels = figure.panels(analysis);
  const files = panels.map(({ name }) => `${id}-${name}.svg`);
  const pictures = await Promise.all(panels.map(pictureOf));
  const document: FigureDocument = {
    schema: 'qntk/figure/1',
    id,
    paper,
    title,
    size,
    version: options.version,
    hash: hashOf(figure, size),
    seconds: records.flat().reduce((sum, { seconds }) => sum + seconds, 0),
    ensembles: settingsOf(figure, size),
    panels: panels.map((panel, k) => ({
      file: files[k]!,
      title: panel.title,
      caption: panel.caption.text,
      alt: panel.alt,
    })),
    analysis,
    claims: judged(figure, analysis),
  };
  const inPixels = await Promise.all(pictures.map(pngOf));
  const written = files.flatMap((file, k) => [[file, pictures[k]!] as const, [pngFile(file), inPixels[k]!] as const]);
  return { document, pictures: Object.fromEntries(written), found: found.reduce((sum, each) => sum + each, 0) };
}

/** The name of a picture in pixels beside its SVG. */
export const pngFile = (svg: string): string => svg.replace(/\.svg$/, '.png');

function judged({ claims, paper }: AnyFigure, analysis: unknown): JudgedClaim[] {
  return claims.map(({ judge, ...claim }) => ({ ...claim, paper, ...judge(analysis) }));
}

function settingsOf(figure: AnyFigure, size: Size): Record<string, Setting> {
  return Object.fromEntries(
    Object.entries(figure.ensembles(size)).map(([name, { kind, spec, data, seeds }]) => [
      name,
      {
        kind: kind.name,
        ...(kind.revision !== undefined && { revision: kind.revision }),
        spec,
        ...(data !== undefined && { data: contentHash(data) }),
        seeds,
      },
    ]),
  );
}

const hashOf = (figure: AnyFigure, size: Size): string => contentHash({ tasks: settingsOf(figure, size), revision });

/** How far a figure is: as the paper has it, its slice alone, or not made by this version of its tasks. */
export type State = Size | 'not yet';

/** @param document - what a folder has of the figure, of any age; undefined where it has nothing. */
export function stateOf(figure: AnyFigure, document: FigureDocument | undefined): State {
  return document && document.hash === hashOf(figure, document.size) ? document.size : 'not yet';
}
