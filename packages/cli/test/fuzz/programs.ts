import type { Draw } from './draw.ts';

const header =
  'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float x0; input float x1; input float a; input float b;\n';
const second = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';

/** Programs that are right, each of another kind. */
const right: readonly string[] = [
  `${header}qubit[2] q; bit[2] c;\nry(x0) q[0]; ry(x1) q[1];\ncx q[0], q[1];\nrx(a) q[0]; rz(2*b + pi/4) q[1];\nc = measure q;\n`,
  `${header}ry(x0) $28; cx $28, $29; ry(a*x1 + b) $29;\nbit[2] c; c[0] = measure $28;\n`,
  `${header}qubit[1000000000] q;\nry(x0 + sin(x1)) q[5]; cx q[5], q[-1]; ry(a) q[-1]; rx(b) q[5];\n`,
  `${header}qubit[3] r; qubit one;\nreset r; delay[10ns] r[0]; box[20ns] { ry(x0) r; }\nlet s = r[0:1] ++ one; ry(a) s; ctrl @ rx(b*x1) one, r[2];\n`,
  `${header}gate half(t) p { pow(0.5) @ rx(t) p; }\ngate layer(t, u) p, q { ry(t) p; rzz(u) p, q; inv @ half(t) q; }\nqubit[4] q; for int i in [0:2] { layer(x0*a, x1 - b) q[i], q[i + 1]; }\n`,
  `${header}defcalgrammar "openpulse";\ncal { extern port d0; frame f = newframe(d0, 5e9, 0.0); }\ndefcal own(angle t) $0 { play(f, w); }\nextern f(int) -> int; opaque g a; def h2(qubit p) { h p; }\nqubit q; ry(x0*x1) q; u3(a, b, 0) q;\n`,
  `${header}qubit q; ry(log(x0)*a) q; rx(sqrt(b) + 1/x1) q; rz(exp(800*a)) q;\n`,
  `${header}qubit[2] q; rz(x0) q[0]; rz(x1) q[1]; ry(a) q[0]; rz(b) q[0];\n`,
  `input float x0; input float x1; input float a; input float b;\nqubit[2] q;\nh q[0]; cphaseshift(x0) q[0], q[1]; cnot q[0], q[1]; rx(x1 + a) q[0]; ry(b) q[1];\n#pragma braket result expectation z(q[0])\n`,
  `${second}qreg q[2]; creg c[2];\nu2(0, pi) q[0]; cu3(1, 2, 3) q[0], q[1]; gphase(0.5); barrier q;\nmeasure q -> c;\n`,
];

const words =
  'OPENQASM 3.0 2.0 ; include "stdgates.inc" "qelib1.inc" qubit qreg q r [ ] 2 0 -1 { } ( ) gate g p , ctrl negctrl inv pow @ x cx rx U ' +
  'gphase input float angle const int bit bool array let = ++ for in : if else while switch case default measure -> reset barrier delay ' +
  'box duration stretch durationof cal defcal defcalgrammar extern def opaque #pragma braket noise pi * ** / % + - << & | ^ ~ ! == < 1.5 ' +
  '1e3 1e308 0b1 "0101" true sin log sizeof $0 $127 2im 3ns @note // /* */ x0 x1 a b 1000000000 \u001b[31m \u202e é';

/** A program with words put in, taken out, exchanged or moved. */
export function mutatedProgram(draw: Draw): string {
  const tokens = draw.pick(right).split(/(\s+|(?=[;,()[\]{}@])|(?<=[;,()[\]{}@]))/);
  for (let changes = draw.integer(4); changes > 0; changes--) {
    const at = draw.integer(tokens.length);
    draw.pick<() => void>([
      () => tokens.splice(at, 1),
      () => tokens.splice(at, 1 + draw.integer(6)),
      () => tokens.splice(at, 0, ` ${draw.pick(words.split(' '))} `),
      () => tokens.splice(at, 1, ` ${draw.pick(words.split(' '))} `),
      () => tokens.splice(at, 0, tokens[draw.integer(tokens.length)]!),
      () => tokens.splice(at, 1, tokens[draw.integer(tokens.length)]!),
    ])();
  }
  return tokens.join('');
}

/** Observables that name qubits in every way there is, and in some that there is not. */
export const observables = [
  'Z0',
  'Z1',
  'mean-Z',
  'Z$28',
  'Z29',
  'Zq[0]',
  'Zone',
  'X2*Zr[0]',
  'Z0*Zq[999999999]',
  'Z$',
  'Zq[',
];
