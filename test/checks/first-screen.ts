import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { listFiles } from './files.js';
import { Findings } from './findings.js';
import { firstScreenFiles, weighFirstScreen } from './first-screen-files.js';

const BUDGET_KIB = 80;

/** Words that outlive the minifier in each heavy library; found in a lazy chunk or the mark itself is stale. */
const HEAVY: Readonly<Record<string, RegExp>> = {
  tfjs: /@tensorflow|tfjs|WebGL backend|wasm-simd/i,
  'isomorphic-git': /isomorphic-git/,
  'just-bash': /just-bash|command not found/,
  xterm: /xterm-/,
  vega: /vega\.github\.io\/schema|Unrecognized signal name/,
  monaco: /monaco-editor/,
};

const findings = new Findings();
const first = firstScreenFiles('dist');
const weight = weighFirstScreen('dist');
console.log(`first screen: ${weight.kib.toFixed(1)} KiB gzip of JS and CSS in ${first.length} files`);
for (const { file, kib } of weight.files) console.log(`     ${kib.toFixed(1).padStart(6)} KiB  ${file}`);
findings.expect(first.some((file) => file.endsWith('.js')), 'the page loads no script');
findings.expect(weight.kib <= BUDGET_KIB, `the first screen weighs ${weight.kib.toFixed(1)} KiB gzip; at most ${BUDGET_KIB} are allowed`);

const text = (file: string): string => readFileSync(`dist/${file}`, 'utf8');
const lazy = listFiles('dist/assets', ['.js', '.mjs']).map((path) => path.slice('dist/'.length)).filter((file) => !first.includes(file));
for (const [name, mark] of Object.entries(HEAVY)) {
  const loaded = first.filter((file) => mark.test(text(file)));
  findings.expect(loaded.length === 0, `${name} is on the first screen, in ${loaded.join(', ')}`);
  findings.expect(lazy.some((file) => mark.test(text(file))), `${name} is in no lazy chunk: is its mark stale?`);
}
findings.expect(gzipSync('a'.repeat(1000)).length < 100, 'gzip does not compress');
findings.end();
