import { describe, expect, it } from 'vitest';
import { findFaults } from '../../../src/panels/editor/check-text.js';
import { languageOf } from '../../../src/panels/editor/file-language.js';
import { treeOf } from '../../../src/panels/editor/file-tree.js';

describe('the parts of the editor', () => {
  it.each([['src/train.ts', 'typescript'], ['dvc.yaml', 'yaml'], ['dvc.lock', 'yaml'], ['data/raw.csv.dvc', 'yaml'], ['Dockerfile', 'dockerfile'], ['deploy/Dockerfile.gpu', 'dockerfile'], ['a.PY', 'python'], ['README.md', 'markdown'], ['x.json', 'json'], ['LICENSE', 'plaintext'], ['.gitignore', 'plaintext'], ['a.constructor', 'plaintext']])('%s is written in %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });
  it('find a fault of YAML and JSON at its line', async () => {
    expect(await findFaults('params.yaml', 'a: 1\nb: [1,\nc: 2\n')).toMatchObject([{ line: 3 }]);
    expect(await findFaults('a.json', '{"a": 1,\n "b": }')).toMatchObject([{ line: 2 }]);
    expect([await findFaults('a.yaml', 'a: 1\n'), await findFaults('a.json', ''), await findFaults('a.ts', '{'), await findFaults('a.yaml', '')]).toEqual([[], [], [], []]);
  });
  it('put folders before files', () => {
    const tree = treeOf([{ path: 'b' }, { path: 'z/a' }, { path: 'a/b/c' }]);
    expect([tree.folders.map(({ path }) => path), tree.files.map(({ path }) => path), tree.folders[0]!.folders[0]!.files.map(({ path }) => path)]).toEqual([['a', 'z'], ['b'], ['a/b/c']]);
  });
});
