import { LabError } from '../core/lab-error.js';
import { subjectOf } from '../core/train/nets/coded/net-subject.js';
import { starterNet } from './nets/starter-net.js';
import { pointerOf } from './project/artefacts.js';
import { PATHS } from './project/paths.js';
import type { Session } from './project/session.js';
import { defineVerb, text } from './verb.js';

/** Writes a net to start from into `nets/`, for pictures if the prepared rows are pictures. Throws `net-exists` {path}, `flag-value`. */
export const newNet = defineVerb({
  name: 'new-net',
  summary: 'write a net as code to start from: nets/<name>.ts',
  flags: { name: text('name of the file, without .ts', { required: true }) },
  async run({ platform, session }, { name = '' }) {
    if (!/^[A-Za-z][\w-]{0,59}$/.test(name)) throw new LabError('flag-value', { flag: '--name', value: name, expected: 'a letter, then letters, digits, _ and -' });
    const path = `nets/${name}.ts`;
    if (await platform.files.stat(path)) throw new LabError('net-exists', { path });
    await platform.files.write(path, starterNet(await shapeOfRows(session)));
    return {
      result: { path },
      lines: [`wrote ${path}`, `  train it with: lab train --model coded-net --set code=${path}`],
      step: { object: { type: 'net', id: path } },
      files: [path],
      message: `net: begin ${path}`,
    };
  },
});

async function shapeOfRows({ platform, artefacts }: Session): Promise<readonly number[]> {
  const prepared = await pointerOf(platform, PATHS.prepared);
  if (!prepared) return [1];
  const { recipe } = await artefacts.prepared(prepared.md5);
  return subjectOf({ features: recipe.outputs, task: recipe.task, classes: recipe.classes?.length ?? 0 }, 0).shape;
}
