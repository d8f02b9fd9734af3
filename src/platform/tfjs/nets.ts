import { LabError } from '../../core/lab-error.js';
import { buildCodedNet } from './coded-net.js';
import { buildConvNet } from './conv-net.js';
import { buildDenseNet } from './dense-net.js';
import type { BuildNet } from './net.js';
import { buildTextNet } from './text-net.js';

/** The nets that can be trained, by kind of model. */
const NETS: Readonly<Record<string, BuildNet>> = { 'dense-net': buildDenseNet, 'conv-net': buildConvNet, 'coded-net': buildCodedNet, 'text-embedding': buildTextNet };

/** What builds a net of that kind; throws `unknown-model`. */
export function builderOf(kind: string): BuildNet {
  const build = NETS[kind];
  if (!build) throw new LabError('unknown-model', { kind, known: Object.keys(NETS) });
  return build;
}
