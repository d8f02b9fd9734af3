import { judgeClaims, type JudgedClaim } from '../core/evaluate/judge-claims.js';
import { LabError } from '../core/lab-error.js';
import { writeJson } from './project/files.js';
import { PATHS } from './project/paths.js';
import { readPipeline } from './project/pipeline-file.js';
import { claimsOf, digestOf, metricPaths, readMetricFiles } from './verify/read-claims.js';
import { findPredictor, PREDICT_FILE, predictSealed } from './verify/predict-sealed.js';
import { rerunSealed } from './verify/rerun-sealed.js';
import { sealRows } from './verify/seal-rows.js';
import { defineVerb, number, text } from './verb.js';

/** What came of checking a claimed score. */
export interface ScoreReport {
  readonly version: 1;
  /** Rows that the code never saw. */
  readonly rows: number;
  readonly seed: number;
  /** What predicted them. */
  readonly by: 'model' | 'code';
  /** md5 of what was claimed. */
  readonly claim: string;
  readonly claims: readonly (JudgedClaim & {
    /** What the same code claims when it runs without the sealed rows. */
    readonly again: number | null;
  })[];
  /** Names that are no metric of the lab. */
  readonly unchecked: readonly string[];
}

/** Recomputes the scores that a pipeline's own code claims, on rows that the code never saw; exits with 1 when one of them does not hold. */
export const verifyScore = defineVerb({
  name: 'verify-score',
  summary: 'recompute the scores that the pipeline claims, on rows that its code never saw',
  flags: {
    share: number('share of the rows that is sealed (0.2)'),
    seed: number('seed that chooses them (7)'),
    seconds: number('how long one stage may run (60)'),
    model: text('model that predicts; found among the outputs when left out'),
    recipe: text('its recipe'),
    predict: text('code that predicts instead: a file that exports predict(table, rows)'),
  },
  async run(context, args) {
    const { platform, session } = context;
    const share = within('--share', args.share ?? 0.2, 0.01, 0.9);
    const [seed, seconds] = [within('--seed', args.seed ?? 7, 0, 2 ** 32 - 1), within('--seconds', args.seconds ?? 60, 1, 600)];
    const pipeline = await readPipeline(platform);
    const paths = metricPaths(pipeline);
    const files = await readMetricFiles(platform, paths);
    const claims = claimsOf(files);
    if (claims.length === 0) throw new LabError('verify-no-claim', { paths });
    const sealed = await sealRows(session, share, seed);
    const made = await rerunSealed(context, pipeline, sealed, seconds);
    const again = claimsOf(new Map([...made].filter(([path]) => paths.includes(path))));
    const predictor = findPredictor(made, args, (await platform.files.stat(PREDICT_FILE)) !== undefined);
    const answers = await predictSealed(context, predictor, made, sealed, seconds);
    const judged = judgeClaims(claims, answers);
    if (judged.length === 0) throw new LabError('verify-no-claim', { paths });
    const report: ScoreReport = {
      version: 1, rows: sealed.rows.length, seed, by: predictor.by, claim: digestOf(files),
      claims: judged.map((claim) => ({ ...claim, again: finite(again.find(({ path, name }) => path === claim.path && name === claim.name)?.claimed) })),
      unchecked: claims.filter((claim) => !judged.some(({ path, name }) => path === claim.path && name === claim.name)).map(({ name }) => name),
    };
    await writeJson(platform, PATHS.verifiedScore, report);
    return {
      result: report,
      lines: [...report.claims.map((claim) => sentenceOf(claim, report.rows)), ...(report.unchecked.length > 0 ? [`  not checked: ${report.unchecked.join(', ')}`] : [])],
      step: { object: { type: 'score', id: paths[0]!, digest: report.claim }, reason: report.claims.some(isRefuted) ? 'refuted' : 'holds' },
      files: [PATHS.verifiedScore],
      message: `score: ${report.claims.some(isRefuted) ? 'the claim does not hold' : 'the claim holds'} on ${report.rows} sealed rows`,
      status: report.claims.some(isRefuted) ? 1 : 0,
    };
  },
});

/** Whether a claim is better than what was found, or none. */
const isRefuted = ({ verdict }: Pick<JudgedClaim, 'verdict'>): boolean => verdict === 'too-good' || verdict === 'no-number';

const WORDS: Readonly<Record<JudgedClaim['verdict'], string>> = { holds: 'holds', 'too-good': 'DOES NOT HOLD', modest: 'better than claimed', 'no-number': 'IS NO NUMBER' };

function sentenceOf({ name, claimed, found, low, high, verdict }: JudgedClaim, rows: number): string {
  return `${name}: claimed ${claimed?.toPrecision(4) ?? 'no number'}, found ${found.toPrecision(4)} (${low.toPrecision(4)} … ${high.toPrecision(4)}) on ${rows} rows that the code never saw: ${WORDS[verdict]}`;
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

function within(flag: string, value: number, low: number, high: number): number {
  if (!(value >= low && value <= high)) throw new LabError('flag-value', { flag, value: String(value), expected: `${low} … ${high}` });
  return value;
}
