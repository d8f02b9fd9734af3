import type { Flags, VerbArgs } from '../lab/verb.js';
import type { ShellHost } from './command.js';

/** A `lab` command that only looks: its flags are read as a verb's are, and it leaves no step in the journal. */
export interface LabRead {
  readonly name: string;
  readonly summary: string;
  readonly flags: Flags;
  /** Throws `LabError`. `status` is 1 for a bad finding, such as a broken journal. */
  run(args: VerbArgs, host: ShellHost): Promise<{ readonly text: string; readonly status: number }>;
}
