import type { Subcommand } from '../../git/subcommand.js';
import { add } from './add.js';
import { branch } from './branch.js';
import { cherryPick } from './cherry-pick.js';
import { commit } from './commit.js';
import { diff } from './diff.js';
import { init } from './init.js';
import { log } from './log.js';
import { merge } from './merge.js';
import { reflog } from './reflog.js';
import { reset } from './reset.js';
import { restore } from './restore.js';
import { revert } from './revert.js';
import { rm } from './rm.js';
import { show } from './show.js';
import { status } from './status.js';
import { switchTo } from './switch.js';
import { tag } from './tag.js';

/** Every subcommand of `git` that the lab has, by name. */
export const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map(
  [add, branch, cherryPick, commit, diff, init, log, merge, reflog, reset, restore, revert, rm, show, status, switchTo, tag].map((s) => [s.name, s]),
);
