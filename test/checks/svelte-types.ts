import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { listFiles } from './files.js';
import { Findings } from './findings.js';

interface Verdict {
  readonly status: number;
  readonly files: number;
  readonly errors: number;
  readonly output: string;
}

/** Runs svelte-check on what a tsconfig includes; counts are -1 when it did not come to an end. */
function checkTypes(workspace: string, tsconfig: string): Verdict {
  const { status, stdout, stderr } = spawnSync(
    'node_modules/.bin/svelte-check',
    ['--workspace', workspace, '--tsconfig', tsconfig, '--output', 'machine', '--threshold', 'warning', '--fail-on-warnings', '--no-color'],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const done = /COMPLETED (\d+) FILES (\d+) ERRORS/.exec(stdout);
  return { status: status ?? 1, files: Number(done?.[1] ?? -1), errors: Number(done?.[2] ?? -1), output: stdout + stderr };
}

const PLANTED = '.cache/planted';
const component = (type: string): string =>
  `<script lang="ts">\n  let { rows }: { rows: ${type} } = $props();\n  const doubled: number = $derived(rows * 2);\n</script>\n\n<p>{doubled}</p>\n`;

/** Checks a component of its own with the project's compiler options. */
function checkPlanted(name: string, text: string): Verdict {
  const folder = `${PLANTED}/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/Planted.svelte`, text);
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ extends: '../../../tsconfig.json', include: ['.'], exclude: [] }));
  return checkTypes(folder, './tsconfig.json');
}

const findings = new Findings();
const sound = checkPlanted('sound', component('number'));
findings.expect(sound.status === 0 && sound.files > 0, `a sound component must pass:\n${sound.output}`);
for (const [name, text] of [
  ['script', component('string')],
  ['markup', '<script lang="ts">\n  let { rows }: { rows: number } = $props();\n</script>\n\n<p>{rows.missing}</p>\n'],
] as const) {
  const planted = checkPlanted(name, text);
  findings.expect(planted.status !== 0 && planted.errors > 0, `a type error planted in the ${name} must be found:\n${planted.output}`);
}

const ours = checkTypes('.', './tsconfig.json');
const components = listFiles('src', ['.svelte']).length;
findings.expect(components > 0 && ours.files >= components, `${ours.files} files were checked, but there are ${components} components`);
findings.expect(ours.status === 0, ours.output);
findings.end();
