import type { DriftTable } from '../../lab/views/monitor-views.js';

type Feature = DriftTable['features'][number];

/** A feature that moved against all of training but not against the same season, and one that moved against the season too: the strongest of each. */
export interface DriftFacts {
  readonly season?: Feature;
  readonly real?: Feature;
  /** How many features are over the threshold against the season, and against all of training. */
  readonly overSeason: number;
  readonly overTraining: number;
}

/** Parts of the date: that they know the season is no discovery. */
const CALENDAR = /^(year|quarter|month|week|weekday|day|hour)$/;

/** Tells season from drift by the threshold of the policy, on its own detector. */
export function driftFacts({ features, threshold, detector }: DriftTable): DriftFacts {
  const [whole, season] = detector === 'ks' ? (['ks', 'seasonKs'] as const) : (['psi', 'seasonPsi'] as const);
  const over = (value: number | null): boolean => value !== null && value >= threshold;
  const strongest = (list: readonly Feature[], key: typeof whole | typeof season): Feature | undefined => list.reduce<Feature | undefined>((best, one) => ((one[key] ?? 0) > (best?.[key] ?? -1) ? one : best), undefined);
  const seasonal = features.filter((one) => !CALENDAR.test(one.feature) && over(one[whole]) && one[season] !== null && !over(one[season]));
  const real = features.filter((one) => over(one[season]));
  return {
    overSeason: real.length,
    overTraining: features.filter((one) => over(one[whole])).length,
    ...optional('season', strongest(seasonal, whole)),
    ...optional('real', strongest(real, season)),
  };
}

const optional = <K extends string>(key: K, value: Feature | undefined): { readonly [P in K]?: Feature } => (value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: Feature }));

/** Length of a bar, 0 to 1: by the square root, so that 0.1 can be seen beside 7. */
export const barShare = (value: number | null, most: number): number => (value === null || most <= 0 ? 0 : Math.min(1, Math.sqrt(Math.max(0, value) / most)));
