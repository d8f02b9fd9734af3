/** A commit as the drawing needs it; parents that are not listed are left out. */
export interface GraphNode {
  readonly id: string;
  readonly parents: readonly string[];
}

/** States of git's own `graph.c`. */
type Step = 'padding' | 'skip' | 'pre-commit' | 'commit' | 'post-merge' | 'collapsing';
/** How far a merge leans: its first parent lies to the left (0) or below (1). */
type Layout = 0 | 1;
const MERGE_CHARS = ['/', '|', '\\'] as const;

/** Draws the edges beside `git log --graph`, row by row, by the rules of git's `graph.c`. */
export class CommitGraph {
  private commit: GraphNode | undefined;
  private step: Step = 'padding';
  private expansion = 0;
  private width = 0;
  private index = 0;
  private previousIndex = 0;
  private layout: Layout = 0;
  private edgesAdded = 0;
  private previousEdgesAdded = 0;
  private columns: string[] = [];
  private newColumns: string[] = [];
  private mapping: number[] = [];
  private oldMapping: number[] = [];
  private previousStep: Step = 'padding';

  /** Goes on to the next commit. */
  update(commit: GraphNode): void {
    this.commit = commit;
    this.previousIndex = this.index;
    this.updateColumns();
    this.expansion = 0;
    if (this.step !== 'padding') this.enter('skip');
    else if (this.needsRoom()) this.enter('pre-commit');
    else this.enter('commit');
  }

  /** Whether every row of the commit has been drawn. */
  get isFinished(): boolean {
    return this.step === 'padding';
  }

  /** The next row, and whether it is the one with the commit's mark. */
  nextRow(): { row: string; isCommit: boolean } {
    const isCommit = this.step === 'commit';
    return { row: this.pad(this.drawStep()), isCommit };
  }

  private drawStep(): string {
    if (this.step === 'padding') return this.newColumns.map(() => '| ').join('');
    if (this.step === 'pre-commit') return this.preCommitRow();
    if (this.step === 'commit') return this.commitRow();
    if (this.step === 'post-merge') return this.postMergeRow();
    if (this.step === 'collapsing') return this.collapsingRow();
    this.enter(this.needsRoom() ? 'pre-commit' : 'commit');
    return '...';
  }

  /** What stands beside a further line of the commit's text once its rows are drawn, or beside lines before it. */
  paddingRow(): string {
    if (this.step !== 'commit') return this.nextRow().row;
    const cells = this.columns.map((column) => (column === this.commit!.id && this.parents > 2 ? `| ${' '.repeat((this.parents - 2) * 2)}` : '| '));
    this.previousStep = 'padding';
    return this.pad(cells.join(''));
  }

  private get parents(): number {
    return this.commit!.parents.length;
  }

  private pad(row: string): string {
    return row.padEnd(this.width);
  }

  private enter(step: Step): void {
    this.previousStep = this.step;
    this.step = step;
  }

  private needsRoom(): boolean {
    return this.parents >= 3 && this.index < this.columns.length - 1 && this.expansion < this.dashed() * 2;
  }

  private dashed(): number {
    return this.parents + this.layout - 3;
  }

  private updateColumns(): void {
    const commit = this.commit!;
    this.columns = this.newColumns;
    this.newColumns = [];
    this.oldMapping = this.mapping;
    this.mapping = new Array<number>(2 * (this.columns.length + this.parents)).fill(-1);
    this.width = 0;
    this.previousEdgesAdded = this.edgesAdded;
    this.edgesAdded = 0;
    let seen = false;
    for (let i = 0; i <= this.columns.length; i++) {
      if (i === this.columns.length && seen) break;
      const column = i === this.columns.length ? commit.id : this.columns[i]!;
      if (column !== commit.id) {
        this.insert(column, -1);
        continue;
      }
      seen = true;
      this.index = i;
      this.layout = -1 as Layout;
      for (const parent of commit.parents) this.insert(parent, i);
      if (this.parents === 0) this.width += 2;
    }
    while (this.mapping.length > 1 && this.mapping.at(-1)! < 0) this.mapping.pop();
  }

  private insert(id: string, from: number): void {
    let i = this.newColumns.indexOf(id);
    if (i < 0) i = this.newColumns.push(id) - 1;
    let at: number;
    if (this.parents > 1 && from > -1 && (this.layout as number) === -1) {
      const shift = from - i;
      this.layout = shift > 0 ? 0 : 1;
      const distance = shift > 1 ? 2 * shift - 3 : 1;
      at = this.width + (this.layout - 1) * distance;
      this.width += 2 * this.layout;
      this.edgesAdded = this.parents + this.layout - 2;
    } else if (this.edgesAdded > 0 && i === this.mapping[this.width - 2]) {
      at = this.width - 2;
      this.edgesAdded = -1;
    } else {
      at = this.width;
      this.width += 2;
    }
    this.mapping[at] = i;
  }

  private preCommitRow(): string {
    let row = '';
    let seen = false;
    this.columns.forEach((column, i) => {
      if (column === this.commit!.id) {
        seen = true;
        row += `|${' '.repeat(this.expansion)}`;
      } else if (seen && this.expansion === 0) row += this.previousStep === 'post-merge' && this.previousIndex < i ? '\\' : '|';
      else row += seen ? '\\' : '|';
      row += ' ';
    });
    this.expansion++;
    if (!this.needsRoom()) this.enter('commit');
    return row;
  }

  private commitRow(): string {
    let row = '';
    let seen = false;
    for (let i = 0; i <= this.columns.length; i++) {
      if (i === this.columns.length && seen) break;
      const column = i === this.columns.length ? this.commit!.id : this.columns[i]!;
      if (column === this.commit!.id) {
        seen = true;
        row += '*';
        if (this.parents > 2) row += `${'-'.repeat(this.dashed() * 2 - 1)}.`;
      } else if (seen && this.edgesAdded > 1) row += '\\';
      else if (seen && this.edgesAdded === 1) row += this.previousStep === 'post-merge' && this.previousEdgesAdded > 0 && this.previousIndex < i ? '\\' : '|';
      else if (this.previousStep === 'collapsing' && this.oldMapping[2 * i + 1] === i && this.mapping[2 * i]! < i) row += '/';
      else row += '|';
      row += ' ';
    }
    if (this.parents > 1) this.enter('post-merge');
    else this.enter(this.isSettled() ? 'padding' : 'collapsing');
    return row;
  }

  private postMergeRow(): string {
    const [commit, first] = [this.commit!, this.commit!.parents[0]!];
    let row = '';
    let seen = false;
    let parentColumn = false;
    for (let i = 0; i <= this.columns.length; i++) {
      if (i === this.columns.length && seen) break;
      const column = i === this.columns.length ? commit.id : this.columns[i]!;
      if (column === commit.id) {
        seen = true;
        let at: number = this.layout;
        commit.parents.forEach((_, j) => {
          row += MERGE_CHARS[at]!;
          if (at === 2) row += this.edgesAdded > 0 || j < this.parents - 1 ? ' ' : '';
          else at++;
        });
        if (this.edgesAdded === 0) row += ' ';
      } else {
        if (seen) row += this.edgesAdded > 0 ? '\\' : '|';
        else row += '|';
        if (seen) row += ' ';
        else if (this.layout !== 0 || i !== this.index - 1) row += parentColumn ? '_' : ' ';
      }
      if (column === first) parentColumn = true;
    }
    this.enter(this.isSettled() ? 'padding' : 'collapsing');
    return row;
  }

  private isSettled(): boolean {
    return this.mapping.every((target, i) => target < 0 || target === Math.floor(i / 2));
  }

  private collapsingRow(): string {
    const size = this.mapping.length;
    this.oldMapping = this.mapping;
    this.mapping = new Array<number>(size).fill(-1);
    const [next, old] = [this.mapping, this.oldMapping];
    let [horizontal, target_] = [-1, -1];
    for (let i = 0; i < size; i++) {
      const target = old[i]!;
      if (target < 0) continue;
      if (target * 2 === i) next[i] = target;
      else if (next[i - 1]! < 0) {
        next[i - 1] = target;
        if (horizontal === -1) {
          [horizontal, target_] = [i, target];
          for (let j = target * 2 + 3; j < i - 2; j += 2) next[j] = target;
        }
      } else if (next[i - 1] !== target) {
        next[i - 2] = target;
        if (horizontal === -1) [horizontal, target_] = [i - 1, target];
      }
    }
    this.oldMapping = [...next];
    if (next[size - 1]! < 0) next.pop();
    let used = false;
    let row = '';
    for (let i = 0; i < next.length; i++) {
      const target = next[i]!;
      if (target < 0) row += ' ';
      else if (target * 2 === i) row += '|';
      else if (target === target_ && i !== horizontal - 1) {
        if (i !== target * 2 + 3) next[i] = -1;
        used = true;
        row += '_';
      } else {
        if (used && i < horizontal) next[i] = -1;
        row += '/';
      }
    }
    if (this.isSettled()) this.enter('padding');
    return row;
  }
}
