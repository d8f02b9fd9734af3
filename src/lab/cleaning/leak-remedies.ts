import type { PrepareChoices } from '../../core/prepare/recipe.js';
import { transformPairs } from '../../core/prepare/transform-spec.js';
import { clean } from '../clean.js';
import { prepare } from '../prepare.js';
import type { Remedy, ReportedLeak } from './leakage-report.js';
import { commandOf, type Verb, type VerbArgs } from '../verb.js';

/** The act that mends a finding; undefined when the choices it would build on are not known. */
export function remedyOf({ kind, column, expected }: ReportedLeak, choices: PrepareChoices | undefined): Remedy | undefined {
  if (kind === 'duplicates-across') return remedy('clean', { step: 'deduplicate', keep: 'first' });
  if (kind === 'limits-from-all-rows') return remedy('clean', { remove: Number(expected) });
  if (!choices) return undefined;
  const args = argsOf(choices);
  switch (kind) {
    case 'gives-target-away':
    case 'identifier':
    case 'feature-from-future':
      return remedy('prepare', { ...argsOf(withoutTransform(choices, column!)), drop: [...choices.drop, column!] });
    case 'groups-across':
      return remedy('prepare', { ...withoutSplit(args), split: 'group', group: column!, testShare: 0.2, seed: 7 });
    case 'future-in-training':
      return remedy('prepare', { ...withoutSplit(args), split: 'time' });
    case 'nothing-held-back':
      return remedy('prepare', { ...withoutSplit(args), split: choices.time === undefined ? 'random' : 'time' });
    case 'label-before-it-arrives':
      return undefined;
    case 'fitted-on-more':
      return remedy('prepare', args);
  }
}

const remedy = (verb: Remedy['verb'], args: VerbArgs): Remedy => ({ verb, args, command: commandOf((verb === 'clean' ? clean : prepare) as unknown as Verb, args) });

const withoutSplit = ({ testFrom: _from, testShare: _share, seed: _seed, group: _group, ...rest }: VerbArgs): VerbArgs => rest;

/** A column that is left out goes through nothing. */
function withoutTransform({ transforms = {}, ...choices }: PrepareChoices, column: string): PrepareChoices {
  return { ...choices, transforms: Object.fromEntries(Object.entries(transforms).filter(([name]) => name !== column)) };
}

function argsOf({ target, time, drop, categorical, impute, encode, scale, transforms = {}, split }: PrepareChoices): VerbArgs {
  const pairs = transformPairs(transforms);
  const shares = split.kind === 'random' || split.kind === 'stratified' || split.kind === 'group' ? { testShare: split.testShare, seed: split.seed } : {};
  return { target, ...(time === undefined ? {} : { time }), drop, categorical, impute, encode, scale, ...(pairs.length > 0 ? { transform: pairs } : {}), split: split.kind, ...(split.kind === 'time' ? { testFrom: split.testFrom } : {}), ...(split.kind === 'group' ? { group: split.column } : {}), ...shares };
}
