import { listed, text, type ErrorFields } from '../error-data.js';

const KEPT = 'Nothing was changed.';
const known = (d: ErrorFields, lead = 'There is'): string => (listed(d, 'known') === '' ? '' : ` ${lead}: ${listed(d, 'known')}.`);

const FINAL: Readonly<Record<string, string>> = {
  time: 'Days that were lived do not come back, nor do the requests that were answered in them.',
  tombstone: 'A version is retired for good; its tombstone is the evidence. Register the run again to get a new version.',
  shared: 'It changed what you share with others.',
  restart: 'What was there before is kept on a branch: git branch shows it.',
};

/** Words for what goes wrong with a remote, a review, or an undo. */
export const gitErrors = {
  'undo-nothing': () => `Nothing was done yet that could be taken back. ${KEPT}`,
  'undo-final': (d) => `“${text(d, 'command')}” cannot be taken back. ${FINAL[text(d, 'reason')] ?? ''} ${KEPT}`,
  'undo-no-record': (d) => `What was there before “${text(d, 'command')}” was not kept, so it cannot be taken back. ${KEPT}`,
  'undo-unfinished': (d) => `A ${text(d, 'act')} is not finished. ${KEPT} Finish it, or give it up with git ${text(d, 'act')} --abort.`,
  'undo-changed': (d) => `These files were changed after the act, and that would be lost: ${listed(d, 'files')}. ${KEPT} Commit the changes, or put them aside first.`,
  'undo-pushed': (d) => `Commit ${text(d, 'commit')} is already at ${text(d, 'remote')}, where others may have built on it. ${KEPT} Take it back openly: git revert ${text(d, 'commit')}`,
  'undo-no-move': (d) => `The last thing git did (${text(d, 'message')}) moved no commit, so there is nothing to move back. ${KEPT}`,
  'undo-moved-on': (d) => `Another act came in between: ${text(d, 'now')}. ${KEPT} Look again, then undo.`,
  'review-main': () => `A review is of a branch beside main. ${KEPT} Make one with git switch -c, and push it.`,
  'review-no-branch': (d) => `The shared repository has no branch ${text(d, 'branch')}. ${KEPT} Push it first.${known(d)}`,
  'review-nothing-new': (d) => `The branch ${text(d, 'branch')} holds nothing that main lacks. ${KEPT} Commit something on it, and push.`,
  'review-unchanged': (d) => `The branch ${text(d, 'branch')} is as it was when review ${text(d, 'id')} was answered. ${KEPT} Mend it, commit, and push first.`,
  'remote-bad-address': (d) => `${text(d, 'url')} cannot be reached from here. ${KEPT} An address is lab://name or https://host/path.`,
  'remote-password-in-address': (d) => `A password in the address ${text(d, 'url')} would be stored. ${KEPT} Leave it out; you are asked for it.`,
  'remote-missing': (d) => `There is no repository at ${text(d, 'url')}. ${KEPT} Look at the address.`,
  'remote-unreachable': (d) => `${text(d, 'url')} does not answer: ${text(d, 'reason')}. ${KEPT} It may be gone, or not let a page of another origin ask it.`,
  'remote-login': (d) => `${text(d, 'url')} wants a name and a password, and did not accept what was given. ${KEPT} Try again.`,
  'remote-forbidden': (d) => `You may not do that at ${text(d, 'url')} (403). ${KEPT} Ask for the right, or use another account.`,
  'remote-status': (d) => `${text(d, 'url')} answered with the error ${text(d, 'status')}. ${KEPT} Try again later.`,
  'remote-not-git': (d) => `${text(d, 'url')} does not speak git’s smart HTTP. ${KEPT} Look at the address.`,
  'remote-cut-off': (d) => `The answer of ${text(d, 'url')} was cut short. ${KEPT} Do it again.`,
  'remote-moved': (d) => `${text(d, 'url')} sends on to ${text(d, 'to')}. ${KEPT} Use that address.`,
  'remote-says': (d) => `${text(d, 'url')} refuses: ${text(d, 'message')}. ${KEPT}`,
  'remote-broken': (d) => `What ${text(d, 'url')} sent is not whole: ${text(d, 'reason')}. ${KEPT} Do it again; nothing of it was kept.`,
} satisfies Record<string, (d: ErrorFields) => string>;
