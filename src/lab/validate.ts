import type { Finding } from '../core/contract/contract.js';
import { parseContract } from '../core/contract/contract-file.js';
import { validateGradually } from '../core/contract/validate-table.js';
import { LabError } from '../core/lab-error.js';
import type { Table } from '../core/table/table.js';
import { rawLines, readCleaned, type CleanedData } from './cleaning/cleaned-data.js';
import { QUALITY } from './cleaning/paths.js';
import type { ReportedFinding, ValidationReport } from './cleaning/validation-report.js';
import { gradually } from './gradually.js';
import { readText, writeJson } from './project/files.js';
import { loadWorld } from './project/state.js';
import { defineVerb, text, type VerbContext } from './verb.js';

/** Holds the data against the contract and writes what is broken to `reports/validation.json`. */
export const validate = defineVerb({
  name: 'validate',
  summary: 'hold the data against data/contract.yaml',
  flags: { on: text('which data (cleaned without it)', { choices: ['cleaned', 'raw'] }) },
  async run(context, args) {
    const { platform, session } = context;
    const written = await readText(platform, QUALITY.contract);
    if (written === undefined) throw new LabError('no-contract', { path: QUALITY.contract });
    const contract = parseContract(written, QUALITY.contract);
    const data = await readCleaned(session, undefined, context);
    const on = args.on === 'raw' ? 'raw' : 'cleaned';
    const { table, rowOf } = await tableOf(context, data, on);
    const lines = await rawLines(session);
    const today = Date.parse((await loadWorld(platform))?.now ?? new Date(platform.now()).toISOString().slice(0, 10));
    const broken = await gradually(validateGradually(table, contract, { today }), 'validate', context);
    const findings = broken.map((finding) => withLines(finding, (row) => lines[rowOf(row)] ?? rowOf(row) + 2));
    const report: ValidationReport = { version: 1, on, data: data.digest, rows: table.rows, columns: table.columns.length, passed: findings.length === 0, findings };
    await writeJson(platform, QUALITY.validation, report);
    const summary = findings.length === 0 ? 'every promise is kept' : `${findings.length} promises are broken`;
    return {
      result: report,
      lines: [`${summary} (${table.rows} ${on} rows)`, ...findings.map(lineOf)],
      step: { object: { type: 'validation', id: data.facts.dataset, digest: data.digest } },
      files: [QUALITY.validation],
      message: `validate: ${summary}`,
      status: findings.length === 0 ? 0 : 1,
    };
  },
});

/** Raw data are read as words, so that a cell that is no number is seen and not taken for a missing one. */
async function tableOf({ session }: VerbContext, { digest, raw, cleaned }: CleanedData, on: 'raw' | 'cleaned'): Promise<{ table: Table; rowOf: (row: number) => number }> {
  if (on === 'cleaned') return { table: cleaned.table, rowOf: (row) => cleaned.kept[row]! };
  const words = Object.fromEntries(raw.columns.map(({ name }) => [name, 'text' as const]));
  return { table: await session.artefacts.table(digest, words), rowOf: (row) => row };
}

function withLines({ examples, ...finding }: Finding, lineOf: (row: number) => number): ReportedFinding {
  return { ...finding, examples: examples.map(({ row, value }) => ({ line: lineOf(row), value })) };
}

function lineOf({ column, rule, count, promised, seen, examples }: ReportedFinding): string {
  const shown = examples.length === 0 ? seen : examples.map(({ line, value }) => `line ${line}: ${value === '' ? '(missing)' : value}`).join(', ');
  return `  ${column ?? 'table'} ${rule} (${promised}): ${count}; ${shown}`;
}
