import { countLines, type LineCount } from './patch.js';
import { quotePath } from './quote-path.js';
import { renameLabel } from './renames.js';
import type { Change } from './sides.js';

interface Row {
  readonly name: string;
  readonly count: LineCount;
}
const WIDTH = 80;

/** `git diff --stat`: one line for each file with a bar, then the sum. Widths as in git's `show_stats`. */
export function statOf(changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  const rows = changes.map((c) => ({ name: nameOf(c), count: countLines(c) }));
  const most = Math.max(...rows.map((r) => (r.count.binary ? 0 : r.count.added + r.count.deleted)));
  const digits = Math.max(String(most).length, rows.some((r) => r.count.binary) ? 3 : 0);
  const { nameWidth, barWidth } = widths(Math.max(...rows.map((r) => r.name.length)), most, digits);
  const lines = rows.map((row) => ` ${cutName(row.name, nameWidth).padEnd(nameWidth)} | ${barOf(row, digits, barWidth, most)}`);
  return `${lines.map((l) => `${l}\n`).join('')}${shortStatOf(changes)}`;
}

/** A path, or both of a rename. */
function nameOf({ path, from }: Change): string {
  if (from === undefined) return quotePath(path);
  const quoted = [from, path].map(quotePath);
  return quoted.some((name) => name.startsWith('"')) ? quoted.join(' => ') : renameLabel(from, path);
}

/** ` 2 files changed, 3 insertions(+), 1 deletion(-)`. */
export function shortStatOf(changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  let [added, deleted] = [0, 0];
  for (const change of changes) {
    const count = countLines(change);
    if (!count.binary) [added, deleted] = [added + count.added, deleted + count.deleted];
  }
  const parts = [` ${changes.length} file${changes.length === 1 ? '' : 's'} changed`];
  if (added > 0 || deleted === 0) parts.push(`${added} insertion${added === 1 ? '' : 's'}(+)`);
  if (deleted > 0 || added === 0) parts.push(`${deleted} deletion${deleted === 1 ? '' : 's'}(-)`);
  return `${parts.join(', ')}\n`;
}

/** ` create mode 100644 a.txt`, ` delete mode …` and ` rename a => b (90%)`, as a commit lists them. */
export function modeLines(changes: readonly Change[]): string {
  return changes
    .filter((c) => !c.before || !c.after || c.from !== undefined)
    .map((c) => (c.from !== undefined ? ` rename ${nameOf(c)} (${c.likeness}%)\n` : ` ${c.before ? 'delete' : 'create'} mode 100644 ${quotePath(c.path)}\n`))
    .join('');
}

function widths(longest: number, most: number, digits: number): { nameWidth: number; barWidth: number } {
  let [nameWidth, barWidth] = [longest, most];
  if (nameWidth + digits + 6 + barWidth > WIDTH) {
    const share = Math.floor((WIDTH * 3) / 8) - digits - 6;
    if (barWidth > share) barWidth = Math.max(share, 6);
    if (nameWidth > WIDTH - digits - 6 - barWidth) nameWidth = WIDTH - digits - 6 - barWidth;
    else barWidth = WIDTH - digits - 6 - nameWidth;
  }
  return { nameWidth, barWidth };
}

function cutName(name: string, width: number): string {
  if (name.length <= width) return name;
  const tail = name.slice(name.length - (width - 3));
  const slash = tail.indexOf('/');
  return `...${slash < 0 ? tail : tail.slice(slash)}`;
}

function barOf(row: Row, digits: number, width: number, most: number): string {
  const { count } = row;
  if (count.binary) return `${'Bin'.padStart(digits)} ${count.from} -> ${count.to} bytes`;
  const total = count.added + count.deleted;
  let [plus, minus] = [count.added, count.deleted];
  if (width <= most) {
    const scaled = Math.max(scale(total, width, most), plus > 0 && minus > 0 ? 2 : 0);
    if (plus < minus) [plus, minus] = [scale(plus, width, most), scaled - scale(plus, width, most)];
    else [plus, minus] = [scaled - scale(minus, width, most), scale(minus, width, most)];
  }
  return `${String(total).padStart(digits)}${total > 0 ? ' ' : ''}${'+'.repeat(plus)}${'-'.repeat(minus)}`;
}

const scale = (value: number, width: number, most: number): number => (value === 0 ? 0 : 1 + Math.floor((value * (width - 1)) / most));
