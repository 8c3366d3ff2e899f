import { styleText } from 'node:util';
import type { Severity } from '@qntk/core';
import { severities } from '@qntk/report';

type Format = Parameters<typeof styleText>[0];

/** The colour that says the same as a verdict's mark. */
const colours: Record<Severity, Format> = { good: 'green', note: 'dim', warning: 'yellow' };

const formats = new Map(
  Object.entries(severities).map(([severity, { mark }]) => [mark, colours[severity as Severity]]),
);

/** The text of a command with the marks at the beginning of its lines in colour; Node decides whether stdout takes any. */
export function painted(text: string): string {
  return text.replace(/^\S(?= )/gm, (sign) => {
    const format = formats.get(sign);
    return format === undefined ? sign : styleText(format, sign, { stream: process.stdout });
  });
}
