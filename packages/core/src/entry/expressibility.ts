/**
 * What a circuit can do, whatever the data's labels: expressibility, entangling capability, rank of the quantum Fisher information.
 *
 * @module
 */
export { type CapabilityOptions, type CircuitCapability, circuitCapability } from '../expressibility/capability.ts';
export { type HaarDivergence, haarDivergence } from '../expressibility/divergence.ts';
export { meyerWallach } from '../expressibility/entanglement.ts';
export { type QuantumFisher, quantumFisher } from '../expressibility/fisher.ts';
export { fidelity, statesAt } from '../expressibility/states.ts';
