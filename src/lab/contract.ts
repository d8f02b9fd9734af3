import { formatContract, parseContract } from '../core/contract/contract-file.js';
import { inferContract } from '../core/contract/infer-contract.js';
import { LabError } from '../core/lab-error.js';
import { md5Hex } from '../core/version/md5.js';
import { readCleaned } from './cleaning/cleaned-data.js';
import { QUALITY } from './cleaning/paths.js';
import { readText } from './project/files.js';
import { defineVerb, flag, text } from './verb.js';

/** Proposes a data contract from the (cleaned) data, or takes one that the learner wrote. */
export const contract = defineVerb({
  name: 'contract',
  summary: 'write what the data promise: data/contract.yaml',
  flags: {
    infer: flag('propose it from the data'),
    text: text('the whole contract as YAML'),
    requests: text('what serving does with requests that break it', { choices: ['report', 'reject'] }),
    replace: flag('also when there is one already'),
  },
  async run({ platform, session }, args) {
    if ([args.infer === true, args.text !== undefined, args.requests !== undefined].filter(Boolean).length !== 1) throw new LabError('flag-required', { command: 'lab contract', flag: '--infer' });
    const before = await readText(platform, QUALITY.contract);
    if (args.infer === true && before !== undefined && args.replace !== true) throw new LabError('contract-exists', { path: QUALITY.contract });
    const written = args.text ?? (args.infer === true ? await propose() : withRequests(before, args.requests as 'report' | 'reject'));
    const columns = Object.keys(parseContract(written, QUALITY.contract).columns).length;
    await platform.files.write(QUALITY.contract, written);
    const digest = md5Hex(new TextEncoder().encode(written));
    return {
      result: { columns },
      lines: [`wrote ${QUALITY.contract}: ${columns} columns`],
      step: { object: { type: 'contract', id: QUALITY.contract, digest }, after: digest },
      files: [QUALITY.contract],
      message: `contract: ${columns} columns`,
    };

    async function propose(): Promise<string> {
      const { cleaned, facts } = await readCleaned(session);
      return formatContract(inferContract(cleaned.table, facts.time));
    }
  },
});

function withRequests(text: string | undefined, requests: 'report' | 'reject'): string {
  if (text === undefined) throw new LabError('no-contract', { path: QUALITY.contract });
  return formatContract({ ...parseContract(text, QUALITY.contract), requests });
}
