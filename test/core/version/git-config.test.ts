import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseGitConfig, readSetting, removeSection, renameSection, writeSetting } from '../../../src/core/version/git-config.js';

const START = '[core]\n\tbare = false\n# a comment\n[remote "origin"]\n\turl = lab://team\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[branch "main"]\n\tremote = origin\n\tmerge = refs/heads/main\n';

describe('git configuration, beside native git', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'looplab-config-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** What native git makes of the start by its own command. */
  const native = (...words: string[]): string => {
    writeFileSync(join(dir, 'c'), START);
    execFileSync('git', ['config', '-f', 'c', ...words], { cwd: dir });
    return readFileSync(join(dir, 'c'), 'utf8');
  };

  it('writes what git writes', () => {
    expect(writeSetting(START, 'remote', 'origin', 'url', 'https://a/b')).toBe(native('remote.origin.url', 'https://a/b'));
    expect(writeSetting(START, 'branch', 'main', 'rebase', 'true')).toBe(native('branch.main.rebase', 'true'));
    expect(writeSetting(START, 'branch', 'a "b"\\c', 'remote', 'x;y')).toBe(native('branch.a "b"\\c.remote', 'x;y'));
    expect(writeSetting(START, 'pull', '', 'ff', 'only')).toBe(native('pull.ff', 'only'));
    expect(writeSetting(START, 'branch', 'main', 'merge', undefined)).toBe(native('--unset', 'branch.main.merge'));
    expect(renameSection(START, 'branch', 'main', 'trunk')).toBe(native('--rename-section', 'branch.main', 'branch.trunk'));
    expect(removeSection(START, 'branch', 'main')).toBe(native('--remove-section', 'branch.main'));
  });

  it('drops a section with its last setting', () => {
    const once = writeSetting(START, 'branch', 'main', 'merge', undefined);
    expect(writeSetting(once, 'branch', 'main', 'remote', undefined)).toBe(removeSection(START, 'branch', 'main'));
  });

  it('reads what it wrote, the last of several, and passes over what it does not understand', () => {
    const text = writeSetting(START, 'branch', 'a "b"\\c', 'remote', ' x;y"z ');
    expect(readSetting(text, 'branch', 'a "b"\\c', 'remote')).toBe(' x;y"z ');
    expect(readSetting(`${START}[REMOTE "origin"]\n\tURL = other\n`, 'remote', 'origin', 'url')).toBe('other');
    expect(readSetting('url = 1\n[bad\n\turl = 2\n[a]\n\t= 3\n\turl\n', 'a', '', 'url')).toBeUndefined();
    expect(parseGitConfig('')).toEqual([]);
  });
});
