import type { Study } from '../../table.ts';
import { boundsStudy } from './studies/bounds.ts';
import { deviationStudy } from './studies/deviations.ts';
import { minimaStudy } from './studies/minima.ts';
import { edgeSpectrumStudy, spectrumStudy } from './studies/spectra.ts';

export const studies: readonly Study[] = [spectrumStudy, edgeSpectrumStudy, deviationStudy, boundsStudy, minimaStudy];
