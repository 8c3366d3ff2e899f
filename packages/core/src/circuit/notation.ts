import type { Expression, Operator } from './expression.ts';

/** How an expression is spelled: OpenQASM for machines, short for drawings. */
export interface Notation {
  /** A number; may hold `*` and `/`, or start with a minus. */
  number(value: number): string;
  input(index: number): string;
  parameter(index: number): string;
  /** Names or infix signs, spaces included. */
  readonly signs: Readonly<Record<'+' | '-' | '*' | '/' | '^', string>>;
  /** A small whole power of an input or parameter. */
  power(base: string, exponent: number): string;
  function(operator: Operator): string;
}

/** How tightly text holds together, loosest first. */
const binding = { sum: 1, product: 2, negation: 3, power: 4, atom: 5 } as const;

interface Spelled {
  readonly text: string;
  readonly binding: number;
}

const smallPowers = [2, 3, 4];

const isNumber = (expression: Expression, value: number): boolean =>
  expression.kind === 'number' && expression.value === value;

/** An expression as text with no more parentheses than its order of evaluation needs. */
export function spell(expression: Expression, notation: Notation): string {
  return spelled(expression, notation).text;
}

function spelled(expression: Expression, notation: Notation): Spelled {
  switch (expression.kind) {
    case 'number':
      return primitive(notation.number(expression.value));
    case 'input':
      return atom(notation.input(expression.index));
    case 'parameter':
      return atom(notation.parameter(expression.index));
    case 'apply':
      return applied(expression.operator, expression.args, notation);
  }
}

const atom = (text: string): Spelled => ({ text, binding: binding.atom });

/** Text from the notation itself: a number or a power. */
function primitive(text: string): Spelled {
  if (/[*/·]/.test(text)) return { text, binding: binding.product };
  return { text, binding: text.startsWith('-') ? binding.negation : binding.atom };
}

function applied(operator: Operator, args: readonly Expression[], notation: Notation): Spelled {
  const [a, b] = args.map((arg) => spelled(arg, notation));
  const { signs } = notation;
  switch (operator) {
    case '+':
      return { text: added(a, b, signs), binding: binding.sum };
    case '-':
      return { text: `${a.text}${signs['-']}${bracketed(b, binding.product)}`, binding: binding.sum };
    case '*':
    case '/': {
      if (operator === '*' && isNumber(args[0], -1))
        return { text: `-${bracketed(b, binding.atom)}`, binding: binding.negation };
      const text = `${bracketed(a, binding.product, true)}${signs[operator]}${bracketed(b, binding.negation)}`;
      return { text, binding: binding.product };
    }
    case '^': {
      const exponent = smallPowers.find((power) => isNumber(args[1], power));
      if (exponent !== undefined && args[0].kind !== 'apply' && args[0].kind !== 'number')
        return primitive(notation.power(a.text, exponent));
      return {
        text: `${bracketed(a, binding.atom)}${signs['^']}${bracketed(b, binding.atom)}`,
        binding: binding.power,
      };
    }
    case 'negate':
      return { text: `-${bracketed(a, binding.atom)}`, binding: binding.negation };
    default:
      return atom(`${notation.function(operator)}(${args.map((arg) => spell(arg, notation)).join(', ')})`);
  }
}

function added(a: Spelled, b: Spelled, signs: Notation['signs']): string {
  if (b.text.startsWith('-') && b.binding > binding.sum) return a.text + signs['-'] + b.text.slice(1);
  return a.text + signs['+'] + bracketed(b, binding.product);
}

/** The text in parentheses where it is looser than `least`, or starts with a minus that would follow another sign. */
function bracketed({ text, binding: outer }: Spelled, least: number, first = false): string {
  return outer < least || (!first && text.startsWith('-')) ? `(${text})` : text;
}
