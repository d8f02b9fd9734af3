import type { Platform } from '../platform.js';

const README = `# My model

This folder is a git repository with DVC pointers: the files that git keeps are small, and the data and
models they point at lie in \`.dvc/cache\` by their md5. \`dvc checkout\` brings them into the work tree.

- \`params.yaml\`: what was chosen for preparing and training
- \`data/\`, \`models/\`: pointers to data and models
- \`reports/\`: metrics and monitoring reports
- \`deploy/\`, \`monitoring/\`: what is served, and what is watched
`;

const FILES: Readonly<Record<string, string>> = {
  'README.md': README,
  '.gitignore': '/.lab\n',
  '.dvc/config': '',
  '.dvc/.gitignore': '/config.local\n/tmp\n/cache\n',
  '.dvcignore': '# Add patterns of files dvc should ignore, which could improve\n# the performance. Learn more at\n# https://dvc.org/doc/user-guide/dvcignore\n',
};

/** Makes the repository, its README and DVC's files in a new place; leaves an existing project alone. */
export async function startProject(platform: Platform): Promise<void> {
  if (await platform.git.isRepository()) return;
  await platform.git.init();
  for (const [path, text] of Object.entries(FILES)) if (!(await platform.files.stat(path))) await platform.files.write(path, text);
  await platform.git.commitOnly(Object.keys(FILES), 'Start the project\n');
  await platform.save();
}
