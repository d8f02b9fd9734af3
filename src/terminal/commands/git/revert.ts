import { pickCommand } from '../../git/pick.js';

/** `git revert`: a new commit that undoes another. */
export const revert = pickCommand('revert', 'Revert some existing commits');
