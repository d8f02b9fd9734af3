import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { listFiles } from './files.js';
import { Findings } from './findings.js';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] };
}

/** Runs the project's rules on the `src` of a folder. */
function cruise(folder: string): Cruise {
  const config = resolve('.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(resolve('node_modules/.bin/depcruise'), ['src', '--config', config, '--output-type', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no result:\n${stderr}`);
  return JSON.parse(stdout) as Cruise;
}

/** A small tree in which each file breaks the rule it is listed with, and the others none; a cycle is told at one of its files. */
const PLANTED: Readonly<Record<string, { readonly text: string; readonly rule?: string }>> = {
  'src/core/table/table.ts': { text: 'export const rows = 1;\n' },
  'src/core/monitor/drift.ts': { text: "import { rows } from '../table/table.js';\nexport const drift = rows;\n" },
  'src/core/table/early.ts': { text: "import { drift } from '../monitor/drift.js';\nexport const early = drift;\n", rule: 'stage-table' },
  'src/core/prepare/typed.ts': { text: "import type { Stage } from '../serve/stage.js';\nexport type Typed = Stage;\n", rule: 'stage-prepare' },
  'src/core/serve/stage.ts': { text: 'export type Stage = 1;\n' },
  'src/core/table/reaches-lab.ts': { text: "import { act } from '../../lab/act.js';\nexport const reach = act;\n", rule: 'layer-core' },
  'src/core/helpers/odd.ts': { text: "import { rows } from '../table/table.js';\nexport const odd = rows;\n", rule: 'known-stage' },
  'src/lab/act.ts': { text: 'export const act = 1;\n' },
  'src/world/traffic.ts': { text: "import { act } from '../lab/act.js';\nexport const traffic = act;\n", rule: 'layer-world' },
  'src/ui/Chart.svelte': { text: '<script lang="ts">\n  import { act } from \'../lab/act.js\';\n</script>\n\n<p>{act}</p>\n', rule: 'layer-ui' },
  'src/state/lazy.svelte.ts': { text: "export const lazy = (): Promise<unknown> => import('../platform/disk.js');\n", rule: 'layer-state' },
  'src/platform/disk.ts': { text: "import { tape } from './tape.js';\nexport const disk = (): number => tape;\n", rule: 'no-cycle' },
  'src/platform/tape.ts': { text: "import { disk } from './disk.js';\nexport const tape = Number(disk.length);\n" },
  'src/lab/reads-disk.ts': { text: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n", rule: 'core-has-no-node' },
  'src/lab/lost.ts': { text: "import { gone } from './gone.js';\nexport const lost = gone;\n", rule: 'resolvable' },
  'src/odd/thing.ts': { text: "import { act } from '../lab/act.js';\nexport const thing = act;\n", rule: 'known-layer' },
};

function plant(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, { text }] of Object.entries(PLANTED)) {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
    writeFileSync(`${folder}/${path}`, text);
  }
  writeFileSync(`${folder}/package.json`, '{"type":"module"}');
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ extends: '../../tsconfig.json', include: ['src'] }));
}

const findings = new Findings();
const folder = '.cache/planted-imports';
plant(folder);
const planted = cruise(folder).summary.violations;
for (const [path, { rule }] of Object.entries(PLANTED)) {
  const found = planted.filter((violation) => violation.from === path).map((violation) => violation.rule.name);
  findings.expect(rule === undefined ? found.length === 0 : found.includes(rule), `planted ${path}: expected ${rule ?? 'nothing'}, found ${found.join(', ') || 'nothing'}`);
}

const ours = cruise('.');
const seen = new Set(ours.modules.map((module) => module.source));
const sources = listFiles('src', ['.ts', '.svelte']).filter((path) => !path.endsWith('.d.ts'));
findings.expect(sources.length > 0, 'src holds no source');
for (const path of sources) findings.expect(seen.has(path), `${path} was not looked at`);
findings.expect(ours.summary.violations.length === 0, 'forbidden imports');
for (const { from, to, rule } of ours.summary.violations) console.log(`     ${rule.name}: ${from} → ${to}`);
findings.end();
