import { counted } from '../../wording.ts';
import { leftOut } from '../parse/directives.ts';
import { problem } from '../parse/source.ts';
import type { ArrayType, Declaration, ScalarType } from '../parse/syntax.ts';
import { type Context, cast, checkedWidth, evaluateExpr, wholeNumber } from './evaluate.ts';
import { mostQubits, type Program } from './program.ts';
import { define } from './scope.ts';
import { feedForward, leaf, measuredValue, mismatch, mostElements, type Value } from './values.ts';

/** Adds a classical name: a constant, a variable, or an input, which is a feature or a trainable parameter. */
export function declare(statement: Declaration, context: Context, program: Program): void {
  const { mode, name, place } = statement;
  if (mode === 'input' && context.scope !== program.scope)
    throw problem(place, 'an input inside a block', 'it outside');
  if (timeTypes.includes(scalarOf(statement.type).name)) program.note(place, leftOut.duration);
  const value = mode === 'input' ? inputOf(statement, context, program) : declaredValue(statement, context);
  define(context.scope, name, { kind: 'value', value, constant: mode === 'const' || mode === 'input', place }, place);
}

function declaredValue({ type, mode, name, value, place }: Declaration, context: Context): Value {
  if (mode === 'output' || value === undefined) return unset(type, name, context);
  if (value.kind === 'measure') return measuredValue;
  if (timeTypes.includes(scalarOf(type).name)) return duration;
  const whole = scalarOf(type).name.includes('int');
  const found = evaluateExpr(value, context, whole ? 'whole' : 'real');
  return type.kind === 'array'
    ? castAll(
        found,
        type,
        type.sizes.map((size) => wholeNumber(size, context)),
        context,
      )
    : cast(found, { ...type, place }, context);
}

const duration: Value = { type: 'unknown', found: 'a duration', expected: 'a number: nothing here takes time' };
const timeTypes = ['duration', 'stretch'];
const scalarOf = (type: ScalarType | ArrayType) => (type.kind === 'array' ? type.element : type);

function unset(type: ScalarType | ArrayType, name: string, context: Context): Value {
  const width = scalarOf(type).width;
  // Bits that nothing sets are never listed, so that there may be as many of them as qubits.
  if (width) checkedWidth(width, context, mostQubits);
  if (timeTypes.includes(scalarOf(type).name)) return duration;
  if (scalarOf(type).name === 'bit')
    return {
      type: 'unknown',
      found: `${name}, which a measurement would set`,
      expected: feedForward,
    };
  return { type: 'unknown', found: `${name}, which has no value here`, expected: 'a variable with a value' };
}

function castAll(value: Value, type: ArrayType, sizes: readonly number[], context: Context): Value {
  const [size, ...rest] = sizes;
  if (size === undefined) return cast(value, type.element, context);
  if (value.type !== 'array') throw mismatch(value, 'an array', type.place);
  if (value.items.length !== size) throw problem(type.place, counted(value.items.length, 'element'), String(size));
  return { type: 'array', items: value.items.map((item) => castAll(item, type, rest, context)) };
}

function inputOf({ type, name, place }: Declaration, context: Context, program: Program): Value {
  const element = scalarOf(type);
  if (element.name !== 'float' && element.name !== 'angle')
    throw problem(place, `an input of type ${element.name}`, 'float or angle');
  if (element.width) checkedWidth(element.width, context);
  if (type.kind === 'scalar') return oneInput(name, program);
  const sizes = type.sizes.map((size) => wholeNumber(size, context, 'a number of elements'));
  const count = sizes.reduce((product, size) => product * size, 1);
  if (sizes.some((size) => size < 1) || count > mostElements)
    throw problem(place, `an array of ${counted(count, 'element')}`, `1 to ${mostElements}`);
  return arrayInput(name, sizes, program);
}

function arrayInput(name: string, [size, ...rest]: readonly number[], program: Program): Value {
  const items = Array.from({ length: size }, (_, k) => {
    const elementName = `${name}[${k}]`;
    return rest.length > 0 ? arrayInput(elementName, rest, program) : oneInput(elementName, program);
  });
  return { type: 'array', items };
}

function oneInput(name: string, program: Program): Value {
  program.declared.push(name);
  const feature = program.featureOf(name);
  if (feature !== undefined) return leaf({ kind: 'input', index: feature });
  return leaf({ kind: 'parameter', index: program.parameters.push(name) - 1 });
}
