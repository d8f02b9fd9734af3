import { pickCommand } from '../../git/pick.js';

/** `git cherry-pick`: makes the change of a commit again on this branch. */
export const cherryPick = pickCommand('cherry-pick', 'Apply the changes introduced by some existing commits');
