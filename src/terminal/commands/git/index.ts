import type { Subcommand } from '../../git/subcommand.js';
import { add } from './add.js';
import { blame } from './blame.js';
import { branch } from './branch.js';
import { cherryPick } from './cherry-pick.js';
import { clean } from './clean.js';
import { clone } from './clone.js';
import { commit } from './commit.js';
import { config } from './config.js';
import { credentialCache } from './credential-cache.js';
import { diff } from './diff.js';
import { fetch } from './fetch.js';
import { init } from './init.js';
import { log } from './log.js';
import { lsRemote } from './ls-remote.js';
import { merge } from './merge.js';
import { mv } from './mv.js';
import { pull } from './pull.js';
import { push } from './push.js';
import { rebase } from './rebase.js';
import { reflog } from './reflog.js';
import { remote } from './remote.js';
import { reset } from './reset.js';
import { restore } from './restore.js';
import { revParse } from './rev-parse.js';
import { revert } from './revert.js';
import { rm } from './rm.js';
import { show } from './show.js';
import { stash } from './stash.js';
import { status } from './status.js';
import { switchTo } from './switch.js';
import { tag } from './tag.js';

/** Every subcommand of `git` that the lab has, by name. */
export const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map(
  [add, blame, branch, cherryPick, clean, clone, commit, config, credentialCache, diff, fetch, init, log, lsRemote, merge, mv, pull, push, rebase, reflog, remote, reset, restore, revert, revParse, rm, show, stash, status, switchTo, tag].map((s) => [s.name, s]),
);
