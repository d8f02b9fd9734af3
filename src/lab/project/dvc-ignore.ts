import { LabError } from '../../core/lab-error.js';
import { ignoringRule, orderRules, parseIgnoreFile, type IgnoreRule } from '../../core/version/ignore-rules.js';
import type { Platform } from '../platform.js';
import { listFiles } from './list-files.js';

const NAME = '.dvcignore';

/** What DVC does not look at: the patterns of every `.dvcignore` of the project. */
export class DvcIgnore {
  private constructor(private readonly rules: readonly IgnoreRule[]) {}

  /** `names` are all files of the working tree, when they are known already. */
  static async open(platform: Pick<Platform, 'files'>, names?: readonly string[]): Promise<DvcIgnore> {
    const files = (names ?? (await listFiles(platform, ''))).filter((name) => name === NAME || name.endsWith(`/${NAME}`));
    const rules = await Promise.all(files.map(async (file) => parseIgnoreFile(new TextDecoder().decode(await platform.files.read(file)), file)));
    return new DvcIgnore(orderRules(rules.flat()));
  }

  /** The pattern that a path is ignored by, as `file:line:pattern`; undefined when DVC looks at it. */
  reasonOf(path: string, isFolder = false): string | undefined {
    const rule = ignoringRule(this.rules, path, isFolder);
    return rule && `${rule.file}:${rule.line}:${rule.pattern}`;
  }

  /** Those of the paths of files that DVC looks at. */
  filter(paths: readonly string[]): string[] {
    return this.rules.length === 0 ? [...paths] : paths.filter((path) => ignoringRule(this.rules, path) === undefined);
  }
}

/** Files of a folder as DVC collects them. Throws `dvcignore-inside` {path} when the folder has an ignore file of its own, which DVC refuses. */
export async function collectData(platform: Pick<Platform, 'files'>, folder: string, ignore?: DvcIgnore): Promise<string[]> {
  const files = await listFiles(platform, folder);
  const inside = files.find((file) => file.endsWith(`/${NAME}`));
  if (inside !== undefined) throw new LabError('dvcignore-inside', { path: inside.slice(0, -NAME.length - 1) });
  return (ignore ?? (await DvcIgnore.open(platform))).filter(files);
}
