import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Pixels for each unit of a picture, so that print and dense screens are sharp. */
const density = 2;

/** The same font everywhere: a machine may have none. */
const font = 'DejaVu Sans';

/** A file of a package: copied beside the program when that is built, and where the package is otherwise. */
function bytesOf(name: string, place: string): Uint8Array {
  const beside = new URL(name, import.meta.url);
  return readFileSync(existsSync(beside) ? beside : createRequire(import.meta.url).resolve(`${place}/${name}`));
}

let started: Promise<Uint8Array> | undefined;

/** Starts the renderer once; its font. */
async function start(): Promise<Uint8Array> {
  await initWasm(bytesOf('index_bg.wasm', '@resvg/resvg-wasm'));
  return bytesOf('DejaVuSans.ttf', 'dejavu-fonts-ttf/ttf');
}

/**
 * A picture without the lines that lie wholly above or below it: nobody sees them, and the renderer stops at a line that is cut
 * off whole.
 */
function withoutHidden(svg: string): string {
  const height = Number(/<svg [^>]*?height="([\d.]+)"/.exec(svg)?.[1]);
  return svg.replace(/<path d="([^"]*)"[^>]*?\/>/g, (path, d: string) => {
    const ys = [...d.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));
    const hidden = ys.length > 0 && (ys.every((y) => y > height) || ys.every((y) => y < -height));
    return hidden ? '' : path;
  });
}

/** A picture in pixels, PNG, on white. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  started ??= start();
  const fontBuffers = [await started];
  const picture = new Resvg(withoutHidden(svg), {
    fitTo: { mode: 'zoom', value: density },
    background: 'white',
    font: { fontBuffers, defaultFontFamily: font, sansSerifFamily: font },
  });
  return picture.render().asPng();
}
