/** The ways in which a run is judged, by their place in the address. */
export const JUDGING_PARTS = ['test', 'folds', 'weaknesses', 'fairness', 'explain'] as const;
export type JudgingPart = (typeof JUDGING_PARTS)[number];

/** Reads an address such as `1a2b3c4d-fairness`: the start of a run's id, and a way of judging. */
export function readJudgingPlace(tab: string | undefined): { readonly run: string | undefined; readonly part: JudgingPart } {
  const [run, name] = (tab ?? '').split('-', 2);
  return { run: run === '' ? undefined : run, part: JUDGING_PARTS.find((part) => part === name) ?? 'test' };
}
