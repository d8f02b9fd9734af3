const BY_ENDING = new Map(Object.entries({
  ts: 'typescript', js: 'javascript', mjs: 'javascript', json: 'json', yaml: 'yaml', yml: 'yaml', dvc: 'yaml', lock: 'yaml', md: 'markdown', py: 'python', sh: 'shell', sql: 'sql', ini: 'ini', toml: 'ini', cfg: 'ini', html: 'html', css: 'css',
}));

/** The language that a file is written in, by the name that Monaco has for it; `plaintext` when it is none we know. */
export function languageOf(path: string): string {
  const name = path.split('/').at(-1)!;
  if (/^(Dockerfile|Containerfile)(\.|$)/.test(name)) return 'dockerfile';
  return BY_ENDING.get(/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '') ?? 'plaintext';
}
