import type { Place } from './source.ts';

/** An expression as it was written. `depth` counts its levels, so that whoever walks it knows that the stack will do. */
export type Expr = { readonly place: Place; readonly depth: number } & (
  | { readonly kind: 'number'; readonly value: number; readonly whole: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'bits'; readonly text: string }
  | { readonly kind: 'time' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: string; readonly arg: Expr }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'cast'; readonly type: ScalarType; readonly arg: Expr }
  | { readonly kind: 'index'; readonly base: Expr; readonly index: readonly Index[] }
  | { readonly kind: 'list'; readonly items: readonly Expr[] }
);

export interface RangeExpr {
  readonly kind: 'range';
  readonly start?: Expr;
  readonly step?: Expr;
  readonly stop?: Expr;
  readonly place: Place;
}

/** What stands between brackets. */
export type Index = Expr | RangeExpr | { readonly kind: 'set'; readonly items: readonly Expr[]; readonly place: Place };

export interface ScalarType {
  readonly kind: 'scalar';
  readonly name: string;
  readonly width?: Expr;
  readonly place: Place;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly element: ScalarType;
  readonly sizes: readonly Expr[];
  readonly place: Place;
}

/** A qubit, a register or part of one. */
export interface Operand {
  /** Of a register, or undefined for a hardware qubit. */
  readonly name?: string;
  readonly hardware?: number;
  readonly index: readonly (readonly Index[])[];
  readonly place: Place;
}

export interface Modifier {
  readonly kind: 'inv' | 'pow' | 'ctrl' | 'negctrl';
  readonly arg?: Expr;
  readonly place: Place;
}

export interface GateCall {
  readonly kind: 'call';
  readonly name: string;
  readonly modifiers: readonly Modifier[];
  readonly args: readonly Expr[];
  readonly operands: readonly Operand[];
  readonly place: Place;
}

export interface GateDefinition {
  readonly kind: 'gate';
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly place: Place }[];
  readonly qubits: readonly { readonly name: string; readonly place: Place }[];
  readonly body: Statement;
  readonly place: Place;
}

export interface Declaration {
  readonly kind: 'declare';
  readonly mode: 'const' | 'variable' | 'input' | 'output';
  readonly type: ScalarType | ArrayType;
  readonly name: string;
  readonly value?: Expr | Measurement;
  readonly place: Place;
}

export interface Measurement {
  readonly kind: 'measure';
  readonly qubits: Operand;
  readonly place: Place;
}

export type Statement =
  | GateCall
  | GateDefinition
  | Declaration
  | { readonly kind: 'include'; readonly file: string; readonly place: Place }
  | { readonly kind: 'qubits'; readonly name: string; readonly size?: Expr; readonly place: Place }
  | { readonly kind: 'alias'; readonly name: string; readonly parts: readonly Expr[]; readonly place: Place }
  | {
      readonly kind: 'assign';
      readonly target: Operand;
      readonly operator: string;
      readonly value: Expr | Measurement;
      readonly place: Place;
    }
  | { readonly kind: 'measured'; readonly value: Measurement; readonly target?: Operand; readonly place: Place }
  | { readonly kind: 'block'; readonly statements: readonly Statement[]; readonly place: Place }
  | {
      readonly kind: 'if';
      readonly test: Expr;
      readonly yes: Statement;
      readonly no?: Statement;
      readonly place: Place;
    }
  | {
      readonly kind: 'for';
      readonly type: ScalarType;
      readonly name: string;
      readonly over: Index;
      readonly body: Statement;
      readonly place: Place;
    }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Statement; readonly place: Place }
  | {
      readonly kind: 'switch';
      readonly on: Expr;
      readonly cases: readonly { readonly labels: readonly Expr[]; readonly body: Statement }[];
      readonly otherwise?: Statement;
      readonly place: Place;
    }
  | { readonly kind: 'break' | 'continue' | 'end' | 'nothing'; readonly place: Place }
  /** Left out, which is worth a note. */
  | { readonly kind: 'noted'; readonly note: string; readonly place: Place }
  | { readonly kind: 'reset'; readonly qubits: Operand; readonly place: Place }
  /** A name without a meaning here. */
  | {
      readonly kind: 'declared';
      readonly name: string;
      readonly what: 'opaque' | 'extern' | 'def';
      readonly place: Place;
    }
  /** Of a gate, or of what is no gate. */
  | { readonly kind: 'calibration'; readonly name: string; readonly place: Place }
  | { readonly kind: 'ignored'; readonly what: string; readonly operands: readonly Operand[]; readonly place: Place };
