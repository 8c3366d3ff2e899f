import { type Angle, expressionOf } from '../circuit/angle.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { type Expression, evaluate, largestInput } from '../circuit/expression.ts';
import { spell } from '../circuit/notation.ts';
import { InputError, type InputProblem } from '../errors.ts';
import { magnitudes } from '../magnitude.ts';
import { excerptAt, placeText } from '../openqasm/parse/source.ts';
import { inputNames, openqasmNotation } from '../openqasm/write/spelling.ts';

/** Where an angle was asked for. */
export interface AskedAt {
  /** Data points × features, and the point among them. */
  readonly X: Float64Array;
  readonly point: number;
  /** Row of the data set that each point is, where it is one. */
  readonly rows?: Int32Array | undefined;
  readonly theta?: Float64Array;
}

/** Whether an angle, or a slope of it, is a number that can be computed with. */
export const isUsable = (value: number): boolean => Math.abs(value) <= magnitudes.most;

/** Characters of an expression, and variables, in a message. */
const mostCharacters = 80;
const mostVariables = 6;

/**
 * An error about an angle, or its slope, that is no finite number or too large to be computed with: it names the gate and its place, the part of the
 * expression that is undefined, and the data point.
 */
export function undefinedAngle(circuit: Circuit, slot: number, at: AskedAt, slope = false): InputError {
  const angle = circuit.angles[slot];
  const offset = at.point * circuit.inputs;
  const whole = expressionOf(angle);
  const part = slope ? whole : undefinedPart(whole, (e) => evaluate(e, at.X, offset, at.theta));
  const value = evaluate(part, at.X, offset, at.theta);
  const names = { inputs: namesOf(circuit), parameters: circuit.parameters };
  const notation = openqasmNotation(names.inputs, names.parameters);
  const text = (expression: Expression) => cut(spell(expression, notation));
  const what = slope
    ? 'whose slope is no finite number, or too large,'
    : `${part === whole ? 'which' : `in which ${text(part)}`} is ${sizeOf(value)}`;
  const variables = variablesOf(part, names, at, offset);
  const where = variables.length === 0 ? '' : ` where ${variables.join(', ')}`;
  const { gate, ...place } = gateOf(circuit, angle);
  return new InputError({
    ...place,
    found: `the angle ${text(whole)} of ${gate}, ${what}${where}${pointText(part, at)}`,
    expected: `${Number.isFinite(value) && !slope ? `an angle of at most ${magnitudes.most}` : 'a finite angle'} at every data point and all values of the parameters`,
  });
}

const sizeOf = (value: number): string =>
  Number.isNaN(value) ? 'undefined' : Number.isFinite(value) ? value.toPrecision(3) : 'infinite';

/** An error about an angle that a parameter turns too far to be computed with, whatever its value. */
export function steepAngle(circuit: Circuit, slot: number, factor: number): InputError {
  const angle = circuit.angles[slot];
  const notation = openqasmNotation(namesOf(circuit), circuit.parameters);
  const { gate, ...place } = gateOf(circuit, angle);
  return new InputError({
    ...place,
    found: `the angle ${cut(spell(expressionOf(angle), notation))} of ${gate}, whose slope is ${sizeOf(factor)}`,
    expected: `slopes of at most ${magnitudes.most}`,
  });
}

/** The gate of an angle, and where it was written. */
function gateOf({ source }: Circuit, angle: Angle): Pick<InputProblem, 'where' | 'excerpt'> & { gate: string } {
  const index = source.operations.findIndex(({ angles = [] }) => angles.includes(angle));
  const gate = source.operations[index]?.gate ?? 'a gate';
  const place = source.places?.[index];
  if (!place) return { gate, where: `operation ${index}` };
  return { gate, where: placeText(place), excerpt: excerptAt(place) };
}

/** The innermost part that has no finite value although all that stands in it has. */
function undefinedPart(expression: Expression, evaluated: (e: Expression) => number): Expression {
  if (expression.kind !== 'apply') return expression;
  const inside = expression.args.find((arg) => !Number.isFinite(evaluated(arg)));
  return inside === undefined ? expression : undefinedPart(inside, evaluated);
}

const namesOf = ({ source }: Circuit): readonly string[] => source.inputNames ?? inputNames(source);

function pointText(part: Expression, { point, rows }: AskedAt): string {
  if (largestInput(part) < 0) return '';
  return rows ? ` (row ${rows[point]} of the data, counted from 0)` : ` (data point ${point})`;
}

function variablesOf(
  expression: Expression,
  names: { inputs: readonly string[]; parameters: readonly string[] },
  { X, theta = new Float64Array(0) }: AskedAt,
  offset: number,
): string[] {
  const found = new Map<string, number>();
  const visit = (e: Expression): void => {
    if (e.kind === 'input') found.set(names.inputs[e.index], X[offset + e.index]);
    else if (e.kind === 'parameter') found.set(names.parameters[e.index], theta[e.index]);
    else if (e.kind === 'apply') for (const arg of e.args) visit(arg);
  };
  visit(expression);
  const texts = [...found].map(([name, value]) => `${name} = ${Number(value.toPrecision(6))}`);
  return texts.length > mostVariables ? [...texts.slice(0, mostVariables), '…'] : texts;
}

const cut = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text);
