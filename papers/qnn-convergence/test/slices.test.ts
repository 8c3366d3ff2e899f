import { testSlices } from '../../test/slices.ts';
import { figures } from '../src/figures.ts';

testSlices(figures);
