import type { LabError } from '../../core/lab-error.js';

/** What taking back the last act means, told before anything is done. */
export interface UndoPlan {
  /** Names the act, so that an undo never takes back another one than was shown. */
  readonly id: string;
  /** An act of the lab, or a move of `HEAD` by git. */
  readonly kind: 'act' | 'move';
  /** The last act was itself an undo, so this brings back what it took. */
  readonly redo: boolean;
  /** The command of the act, or what git noted of the move. */
  readonly text: string;
  readonly object?: { readonly type: string; readonly id: string };
  /** Paths that change. */
  readonly files: readonly string[];
  /** Commit that is reverted. */
  readonly commit?: string;
  /** Commit that the branch goes back to. */
  readonly to?: string;
  /** Branch that becomes current again. */
  readonly branch?: string;
  /** The command of git that does the same. */
  readonly same?: string;
  /** Why it cannot be taken back. */
  readonly refused?: LabError;
}
