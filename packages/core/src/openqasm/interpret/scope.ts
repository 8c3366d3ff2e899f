import type { Gate } from '../gates/gates.ts';
import type { Unsupported } from '../parse/directives.ts';
import { type Place, placeText, problem, quoted } from '../parse/source.ts';
import type { Value } from './values.ts';

/** What a name stands for. */
export type Entity =
  | { readonly kind: 'gate'; readonly gate: Gate; readonly place?: Place }
  /** A name that is declared without a meaning here; without a place one that a definition may still take. */
  | { readonly kind: 'unsupported'; readonly why: Unsupported; readonly constant: true; readonly place?: Place }
  | { readonly kind: 'value'; value: Value; readonly constant: boolean; readonly place?: Place };

export interface Scope {
  readonly names: Map<string, Entity>;
  readonly parent?: Scope;
  /** The body of a gate sees the gate's own names, and of those around it gates and constants. */
  readonly gateBody?: true;
  /** Libraries of gates that the program includes, in the outermost scope. */
  readonly libraries: string[];
}

export const scopeIn = (parent?: Scope): Scope => ({
  names: new Map(),
  libraries: parent?.libraries ?? [],
  ...(parent && { parent }),
});

/** What a name stands for here. */
export function lookUp(scope: Scope, name: string): Entity | undefined {
  let leftGate = false;
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.names.get(name);
    if (found) return leftGate && !visibleInGates(found) ? undefined : found;
    leftGate ||= at.gateBody === true;
  }
  return undefined;
}

/** Inputs are functions rather than registers, so that a gate may use them: circuits by Qiskit once did. */
function visibleInGates(entity: Entity): boolean {
  if (entity.kind !== 'value') return true;
  return entity.constant && entity.value.type !== 'qubits';
}

/** @throws InputError where the name is already taken in the same scope. */
export function define(scope: Scope, name: string, entity: Entity, place: Place): void {
  const known = scope.names.get(name);
  if (known?.place)
    throw problem(place, `${quoted(name)} for the second time, first at ${placeText(known.place)}`, 'another name');
  if (known && known.kind !== 'unsupported')
    throw problem(place, `${quoted(name)}, which is a gate of the included library`, 'another name');
  const outside = scope.parent;
  if (outside && !outside.parent && outside.names.has(name))
    throw problem(place, `${quoted(name)}, which is a constant of the language`, 'another name');
  scope.names.set(name, entity);
}
