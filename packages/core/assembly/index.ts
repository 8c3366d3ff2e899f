// What the engine calls: jobs of items, which threads with a memory in common may share out among them.

import {
  CIRCUIT,
  CIRCUIT_AMPLITUDES,
  CIRCUIT_BLOCK,
  CIRCUIT_BLOCK_END,
  CIRCUIT_BLOCK_TABLES,
  CIRCUIT_CONSTANTS,
  CIRCUIT_GAP,
  CIRCUIT_ITEM_CONSTANTS,
  CIRCUIT_LAMBDA,
  CIRCUIT_OUTPUTS,
  CIRCUIT_PSI,
  CIRCUIT_QUBITS,
  CIRCUIT_READINGS,
  CIRCUIT_RESULTS,
  CIRCUIT_ROWS,
  CIRCUIT_SCRATCH,
  CIRCUIT_SERIAL,
  CIRCUIT_SETUP,
  CIRCUIT_SETUP_END,
  CIRCUIT_SLOTS,
  CIRCUIT_TABLES,
  CIRCUIT_WORDS,
  COSINE_SINE,
  COSINE_SINE_ORDER,
  COSINE_SINE_SCRATCH,
  COSINE_SINE_UNITARY,
  DENSE_BLOCKS,
  DENSE_CIRCUIT,
  DENSE_DERIVATIVES,
  DENSE_DERIVATIVES_WANTED,
  DENSE_DIMENSION,
  DENSE_GENERATOR,
  DENSE_GENERATOR_EACH,
  DENSE_LAYERS,
  DENSE_MATRICES,
  DENSE_MOVING,
  DENSE_PHASES,
  DENSE_PHASES_OF_LAYER,
  DENSE_PLACES,
  DENSE_READOUT,
  DENSE_ROTATIONS,
  DENSE_SPARE,
  DENSE_START,
  DENSE_STATES,
  DENSE_VALUES,
  JOB_ITEM,
  JOB_ITEM_BYTES,
  JOB_KIND,
  JOB_THREAD_BYTES,
} from '../src/wasm/codes';
import { algebraItem } from './algebra';
import { cosineSine } from './cosine-sine';
import { denseBackward, denseForward, densePlace, denseShape } from './dense';
import { word } from './header';
import { place, run } from './program';
import { configure, plane, psiAt } from './state';

/** Bytes from what thread 0 has for itself to this thread's. */
let shift: usize = 0;
/** The call whose setup this thread has run. */
let serial: u32 = 0;

/** Makes this thread ready for a job's items. */
export function enter(job: usize, thread: usize): void {
  shift = thread * word(job, JOB_THREAD_BYTES);
  if (word(job, JOB_KIND) !== CIRCUIT) return;
  if (serial === word(job, CIRCUIT_SERIAL)) return;
  serial = word(job, CIRCUIT_SERIAL);
  prepareItem(job, 0, 1);
  run(word(job, CIRCUIT_SETUP), word(job, CIRCUIT_SETUP_END));
}

/** Does one item of a job. */
export function item(job: usize, index: usize): void {
  const offset = index * word(job, JOB_ITEM_BYTES);
  const kind = word(job, JOB_KIND);
  if (kind === CIRCUIT) circuitItem(job, offset);
  else if (kind === DENSE_CIRCUIT) denseItem(job, offset);
  else if (kind === COSINE_SINE)
    cosineSine(
      word(job, COSINE_SINE_UNITARY) + offset,
      word(job, COSINE_SINE_ORDER),
      word(job, COSINE_SINE_SCRATCH) + shift,
    );
  else algebraItem(job, index, shift);
}

/** Its first word, the number of points or columns. */
function widthOf(job: usize, offset: usize): usize {
  return load<u32>(word(job, JOB_ITEM) + offset);
}

function circuitItem(job: usize, offset: usize): void {
  prepareItem(job, offset, widthOf(job, offset));
  const amplitudes = word(job, CIRCUIT_AMPLITUDES);
  if (amplitudes !== 0 && amplitudes !== psiAt(0)) memory.copy(psiAt(0), amplitudes + offset, plane << 1);
  run(word(job, CIRCUIT_BLOCK), word(job, CIRCUIT_BLOCK_END));
}

function prepareItem(job: usize, offset: usize, width: usize): void {
  configure(
    width,
    word(job, CIRCUIT_QUBITS),
    i32(word(job, CIRCUIT_OUTPUTS)),
    word(job, CIRCUIT_GAP),
    word(job, CIRCUIT_PSI) + shift,
    word(job, CIRCUIT_LAMBDA) + shift,
    word(job, CIRCUIT_READINGS) + offset,
  );
  const own = word(job, CIRCUIT_ITEM_CONSTANTS);
  place(
    own === 0 ? word(job, CIRCUIT_CONSTANTS) : own + offset,
    word(job, CIRCUIT_ROWS) + offset,
    word(job, CIRCUIT_WORDS),
    word(job, CIRCUIT_TABLES) + shift,
    word(job, CIRCUIT_BLOCK_TABLES) + shift,
    word(job, CIRCUIT_SCRATCH) + shift,
    word(job, CIRCUIT_RESULTS) + offset,
    word(job, CIRCUIT_SLOTS),
  );
}

function denseItem(job: usize, offset: usize): void {
  const layers = word(job, DENSE_LAYERS);
  denseShape(
    word(job, DENSE_DIMENSION),
    word(job, DENSE_BLOCKS),
    widthOf(job, offset),
    word(job, DENSE_PHASES_OF_LAYER),
    word(job, DENSE_GENERATOR_EACH),
  );
  densePlace(
    word(job, DENSE_MATRICES),
    word(job, DENSE_ROTATIONS),
    word(job, DENSE_PHASES),
    word(job, DENSE_PLACES),
    word(job, DENSE_GENERATOR),
    word(job, DENSE_READOUT),
    word(job, DENSE_START) + offset,
    word(job, DENSE_STATES) + offset,
    word(job, DENSE_MOVING) + offset,
    word(job, DENSE_SPARE) + offset,
  );
  denseForward(layers, word(job, DENSE_VALUES) + offset);
  if (word(job, DENSE_DERIVATIVES_WANTED)) denseBackward(layers, word(job, DENSE_DERIVATIVES) + offset);
}
