import { type Jacobian, rowsOf } from '../kernel/jacobian.ts';
import { flowSystem, startingWith } from '../predict/flow-system.ts';
import { flowLaw } from '../predict/law.ts';
import type { LinearModel } from '../predict/linear.ts';
import { checkEndPoint, followingDeviation } from '../predict/linearisation.ts';
import type { Work } from '../progress.ts';
import type { Linearisation, SeedDiagnosis } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';

/** Tolerance at which the flow is followed to see how far the frozen kernel is off. */
const tolerance = 0.1;

/** Finds the linearisation error of one initialisation: `first` is the Jacobian at θ₀ on training and test rows. */
export function* findingLinearisation(
  problem: DiagnosisProblem,
  theta0: Float64Array,
  first: Jacobian,
  linear: LinearModel,
  reasons: Record<string, string>,
): Work<{ linearisation: Linearisation; lowerBounds: SeedDiagnosis['lowerBounds'] }> {
  const { model, dataset, options, rate } = problem;
  // Test points say nothing here: without them its Jacobians cost less.
  const training = flowSystem(model, { ...dataset, test: new Int32Array(0) }, options.loss, theta0);
  const system = startingWith(rowsOf(first, 0, training.trainRows), training);
  const check = checkEndPoint(system, first, linear, flowLaw(rate * options.steps, linear.weight));
  const deviation = yield* followingDeviation(system, linear, tolerance);
  if (deviation.reason) {
    reasons['linearisation.lossDeviation'] = deviation.reason;
    reasons['linearisation.followedSteps'] = deviation.reason;
  }
  if (check.parameterChange === null) reasons['linearisation.parameterChange'] = 'all initial parameters are 0';
  if (check.kernelChange === null) reasons['linearisation.kernelChange'] = 'the kernel is 0';
  if (check.residualLeft === null) reasons['linearisation.residualLeft'] = 'there is nothing to learn';
  const bound = deviation.value !== null && !deviation.complete;
  return {
    linearisation: {
      lossDeviation: deviation.value,
      followedSteps: deviation.value === null ? null : deviation.followed / rate,
      followedToEnd: deviation.complete,
      ...check,
      // One at the end point; that at θ₀ was there before.
      jacobians: 1 + Math.max(0, deviation.jacobians - 1),
    },
    lowerBounds: bound ? ['linearisation.lossDeviation'] : [],
  };
}
