import type { LabError } from '../core/lab-error.js';

/** A message to the learner: words, or a failure whose words the page looks up; `undo` takes the act back. */
export interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'warn' | 'bad' | 'info';
  readonly text?: string;
  readonly error?: LabError;
  readonly undo?: () => Promise<void>;
}

/** Messages at the page's corner, announced once; good news leaves by itself, the rest waits to be dismissed. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /** `linger` in milliseconds; 0 waits for the learner. */
  add(notice: Omit<Notice, 'id'>, linger = notice.tone === 'good' && notice.undo === undefined ? 4000 : 0): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { ...notice, id }];
    if (linger > 0) setTimeout(() => this.dismiss(id), linger);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
