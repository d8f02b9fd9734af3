import type { TerminalCommand } from '../command.js';
import { curl } from './curl.js';
import { dvc } from './dvc.js';
import { git } from './git.js';
import { lab } from './lab.js';
import { mlflow } from './mlflow.js';

/** The lab's own commands, beside those of bash. */
export const COMMANDS: readonly TerminalCommand[] = [curl, dvc, git, lab, mlflow];
