import { readFileSync } from 'node:fs';
import { listFiles } from './files.js';
import { Findings } from './findings.js';

const PHYSICAL = [
  /(?<![\w-])(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right)\s*:/g,
  /(?<![\w-])border-(?:left|right)(?:-\w+)*\s*:/g,
  /(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\s*:/g,
  /(?<![\w-])(?:left|right)\s*:/g,
  /(?<![\w-])text-align\s*:\s*(?:left|right)\b/g,
  /(?<![\w-])(?:float|clear)\s*:\s*(?:left|right)\b/g,
];

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, blank);

/** Keeps the CSS of a component (style elements, style attributes and directives) and blanks the rest, so that lines stay true. */
function cssOf(path: string, text: string): string {
  if (path.endsWith('.css')) return withoutComments(text);
  const kept = text.replace(/(<style[^>]*>)([\s\S]*?)(<\/style>)|style=("[^"]*"|'[^']*'|`[^`]*`|\{`[^`]*`\})|style:([\w-]+)(?==)|./gs, (all, open: string, css: string, close: string, inline: string, directive: string) => {
    if (open) return blank(open) + css + blank(close);
    if (inline) return ` ${inline.padStart(all.length - 1)}`;
    if (directive) return `${directive}: `.padStart(all.length + 1);
    return all === '\n' ? '\n' : ' ';
  });
  return withoutComments(kept);
}

/** Gives `line: declaration` for each property that names a physical side. */
function findPhysical(path: string, text: string): string[] {
  const css = cssOf(path, text);
  return PHYSICAL.flatMap((pattern) => [...css.matchAll(pattern)]).map((hit) => `${css.slice(0, hit.index).split('\n').length}: ${hit[0]}`);
}

const cases: readonly [path: string, text: string, hits: number][] = [
  ['a.css', '.a { margin-left: 4px; }', 1],
  ['a.css', '.a { left: 0; border-right-width: 1px; text-align: right; float: left }', 4],
  ['a.css', '.a { border-top-left-radius: 2px }', 1],
  ['a.css', '.a { margin-inline-start: 4px; inset-inline-start: 0; text-align: start } /* left: 0 */', 0],
  ['A.svelte', '<script>const p = { left: 1 };</script>\n<p>left: here</p>', 0],
  ['A.svelte', '<p style="padding-right: 1px">x</p><style>p { right: 0 }</style>', 2],
  ['A.svelte', '<p style:left={x}>x</p>', 1],
];

const findings = new Findings();
for (const [path, text, hits] of cases) findings.expect(findPhysical(path, text).length === hits, `self-check: ${text}`);
const paths = listFiles('src', ['.css', '.svelte']);
findings.expect(paths.length > 0, 'no stylesheet or component found in src');
for (const path of paths) {
  const hits = findPhysical(path, readFileSync(path, 'utf8'));
  findings.expect(hits.length === 0, `${path} names physical sides (use inline-start, inline-end, start, end): ${hits.join('; ')}`);
}
findings.end();
