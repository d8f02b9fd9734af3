/** One round of a bracket: `count` configurations with the share `resource` of the full budget each. */
export interface Rung {
  readonly count: number;
  readonly resource: number;
}

/** A trial of a schedule: which round of which bracket, and which place in it. */
export interface Slot {
  readonly bracket: number;
  readonly rung: number;
  readonly place: number;
  readonly resource: number;
}

/** Rounds of successive halving (Jamieson and Talwalkar 2016): each keeps 1/η of the configurations and gives them η times as much. */
export function halvingRungs(count: number, resource: number, eta: number): Rung[] {
  const rungs: Rung[] = [];
  for (let [left, share] = [count, resource]; left >= 1 && share <= 1 + 1e-9; [left, share] = [Math.floor(left / eta), share * eta]) rungs.push({ count: left, resource: Math.min(1, share) });
  return rungs;
}

/** The brackets of Hyperband (Li et al. 2018) for a full budget of η^s_max, from many short trials to few long ones. */
export function hyperbandBrackets(brackets: number, eta: number): Rung[][] {
  return Array.from({ length: brackets }, (_, at) => {
    const s = brackets - 1 - at;
    const count = Math.ceil((brackets / (s + 1)) * eta ** s);
    return halvingRungs(count, eta ** -s, eta).slice(0, s + 1);
  });
}

/** The slots of a schedule in the order in which they are tried. */
export const slotsOf = (brackets: readonly (readonly Rung[])[]): Slot[] =>
  brackets.flatMap((rungs, bracket) => rungs.flatMap(({ count, resource }, rung) => Array.from({ length: count }, (_, place) => ({ bracket, rung, place, resource }))));

/** The places of the round before a slot, whose results decide who goes on; none for a first round. */
export const slotsBefore = (slots: readonly Slot[], slot: Slot): number[] => slots.flatMap((own, at) => (own.bracket === slot.bracket && own.rung === slot.rung - 1 ? [at] : []));

/** Which earlier trial goes on at a slot: the `place`-th best of the round before; undefined in a first round, which tries new ones. */
export function promotedTrial(slots: readonly Slot[], losses: readonly (number | null)[], slot: Slot): number | undefined {
  if (slot.rung === 0) return undefined;
  return slotsBefore(slots, slot).sort((a, b) => (losses[a] ?? Infinity) - (losses[b] ?? Infinity) || a - b)[slot.place];
}
