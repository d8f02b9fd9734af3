import { describe, expect, it } from 'vitest';
import { formatDvcConfig, parseDvcConfig, remoteSection, remotesOf, withOption } from '../../../src/core/version/dvc-config.js';

/** As `dvc remote add -d storage /tmp/store` writes it. */
const TEXT = '[core]\n    remote = storage\n[\'remote "storage"\']\n    url = /tmp/store\n';

describe('.dvc/config', () => {
  it('comes back byte for byte', () => {
    expect(formatDvcConfig(parseDvcConfig(TEXT))).toBe(TEXT);
    expect(formatDvcConfig(parseDvcConfig(''))).toBe('');
  });
  it('is built option by option, and an empty section goes', () => {
    const config = withOption(withOption(new Map(), 'core', 'remote', 'storage'), remoteSection('storage'), 'url', '/tmp/store');
    expect(formatDvcConfig(config)).toBe(TEXT);
    expect(remotesOf(config)).toEqual([{ name: 'storage', url: '/tmp/store' }]);
    expect(formatDvcConfig(withOption(config, 'core', 'remote', undefined))).toBe('[\'remote "storage"\']\n    url = /tmp/store\n');
  });
  it('says on which line it is broken, and passes comments over', () => {
    expect(parseDvcConfig('# hello\n; there\n[core]\nanalytics = false\n').get('core')?.get('analytics')).toBe('false');
    expect(() => parseDvcConfig('[core]\nnonsense\n')).toThrow(expect.objectContaining({ code: 'broken-file', data: expect.objectContaining({ line: 2 }) }));
    expect(() => parseDvcConfig('url = x\n')).toThrow(expect.objectContaining({ code: 'broken-file' }));
  });
});
