/**
 * Gates of the table that stdgates.inc lacks, by their name in OpenQASM. Only `+`, `-`, `*` and `/` and gates that every
 * tool has; equal to the table's matrices, global phase included.
 */
export const definitions: ReadonlyMap<string, string> = new Map([
  ['sxdg', 'gate sxdg a { inv @ sx a; }'],
  ['rot', 'gate rot(alpha, beta, gamma) a { rz(alpha) a; ry(beta) a; rz(gamma) a; }'],
  ['rxx', 'gate rxx(alpha) a, b { h a; h b; cx a, b; rz(alpha) b; cx a, b; h a; h b; }'],
  ['ryy', 'gate ryy(alpha) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(alpha) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }'],
  ['rzz', 'gate rzz(alpha) a, b { cx a, b; rz(alpha) b; cx a, b; }'],
]);
