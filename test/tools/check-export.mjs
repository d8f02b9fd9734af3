// Recomputes every md5 and folder manifest of an exported project and compares them with .dvc files and dvc.lock.
// Independent of the lab: no code of src/, nothing but Node. Usage: node check-export.mjs <folder>
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2];
const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');
const cache = join(root, '.dvc/cache/files/md5');
const faults = [];
const objects = new Map();
for (const head of existsSync(cache) ? readdirSync(cache) : []) {
  for (const rest of readdirSync(join(cache, head))) {
    const bytes = readFileSync(join(cache, head, rest));
    const id = head + rest;
    if (md5(bytes) !== id.replace(/\.dir$/, '')) faults.push(`object ${id} has other content`);
    objects.set(id, bytes);
  }
}

/** JSON as Python's json.dumps writes a list of manifest entries. */
const ascii = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const manifestOf = (entries) => `[${entries.map((e) => `{"md5": ${ascii(e.md5)}, "relpath": ${ascii(e.relpath)}}`).join(', ')}]`;
const points = (text) => [...text].map((c) => c.codePointAt(0));
function before(a, b) {
  const [left, right] = [points(a), points(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) return left[i] - right[i];
  return left.length - right.length;
}

/** Entries such as `md5: … size: … nfiles: …` of an `outs:` list, read line by line. */
function outsOf(text, indent) {
  const outs = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (new RegExp(`^ {${indent}}\\w+:`).test(line)) inside = line.trim() === 'outs:';
    else if (/^ *\w+:/.test(line) && line.search(/\S/) < indent) inside = false;
    else if (inside && /^ *- /.test(line)) outs.push({});
    const pair = /^ *(?:- )?(\w+): (.*)$/.exec(line);
    if (inside && pair && outs.length > 0) outs.at(-1)[pair[1]] = pair[2].replace(/^'(.*)'$/, '$1');
  }
  return outs;
}

function checkOut(where, out, mustHave) {
  const bytes = objects.get(out.md5);
  if (!bytes) return mustHave ? void faults.push(`${where}: ${out.md5} is not in the cache`) : undefined;
  if (!out.md5.endsWith('.dir')) return Number(out.size) === bytes.length ? undefined : void faults.push(`${where}: size ${out.size}, the object has ${bytes.length}`);
  const entries = JSON.parse(bytes.toString());
  const sorted = [...entries].sort((a, b) => before(a.relpath, b.relpath));
  const text = manifestOf(sorted);
  if (bytes.toString() !== text || `${md5(text)}.dir` !== out.md5) faults.push(`${where}: the manifest is not as DVC writes it`);
  const missing = entries.filter((entry) => !objects.has(entry.md5));
  for (const entry of missing) faults.push(`${where}: ${entry.relpath} is not in the cache`);
  const size = entries.reduce((sum, entry) => sum + (objects.get(entry.md5)?.length ?? 0), 0);
  if (Number(out.nfiles) !== entries.length || Number(out.size) !== size) faults.push(`${where}: nfiles or size is wrong`);
  return undefined;
}

let checked = 0;
function walk(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !['.git', '.dvc', '.lab'].includes(path)) walk(path);
    if (!entry.isFile() || !entry.name.endsWith('.dvc')) continue;
    for (const out of outsOf(readFileSync(join(root, path), 'utf8'), 0)) {
      checked++;
      checkOut(path, out, true);
    }
  }
}
walk('');
if (existsSync(join(root, 'dvc.lock'))) {
  for (const out of outsOf(readFileSync(join(root, 'dvc.lock'), 'utf8'), 4)) {
    checked++;
    checkOut(`dvc.lock ${out.path}`, out, true);
    const file = join(root, out.path);
    if (existsSync(file) && !out.md5.endsWith('.dir') && md5(readFileSync(file)) !== out.md5) faults.push(`${out.path} is not what dvc.lock says`);
  }
}
for (const fault of faults) console.error(fault);
console.log(`${objects.size} objects, ${checked} outputs, ${faults.length} faults`);
process.exit(faults.length > 0 || checked === 0 ? 1 : 0);
