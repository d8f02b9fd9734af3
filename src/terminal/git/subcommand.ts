import type { Git, ProjectFiles } from '../../lab/platform.js';
import type { CommandCall, CommandResult } from '../command.js';

/** One call of `git <subcommand>`: the repository, and the folder of the project it was typed in (`''` for the root). */
export interface GitCall extends CommandCall {
  readonly git: Git;
  readonly files: ProjectFiles;
  readonly prefix: string;
}

export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  run(words: readonly string[], call: GitCall): Promise<CommandResult>;
}

export const ok = (out = ''): CommandResult => ({ out, status: 0 });
