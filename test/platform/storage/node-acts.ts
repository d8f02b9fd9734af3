import { openNodePlatform } from '../../../src/platform/node-platform.js';
import { noNets } from './made-platforms.js';
import { noSandbox } from '../no-sandbox.js';

/** Acts on a project on disk until the process is killed, and prints the number of each when it is saved: `node-acts.ts DIR`. */
const platform = await openNodePlatform({ dir: process.argv[2]!, nets: noNets, sandbox: noSandbox, assets: 'public' });
if (!(await platform.git.isRepository())) await platform.git.init();
const log = (await platform.git.log()).length === 0 ? '' : new TextDecoder().decode(await platform.files.read('log.txt'));
for (let n = log.split('\n').length, text = log; ; n++) {
  text += `${n}\n`;
  await platform.files.write('log.txt', text);
  await platform.files.write(`runs/${n % 5}/${n}.txt`, String(n));
  if (n > 3) await platform.files.remove(`runs/${(n - 3) % 5}/${n - 3}.txt`);
  await platform.git.commitOnly(['log.txt', `runs/${n % 5}/${n}.txt`, `runs/${(n - 3) % 5}/${n - 3}.txt`], `act ${n}`);
  await platform.save();
  process.stdout.write(`${n}\n`);
}
