import { bestTrial, type Study } from '../core/automl/study.js';
import { madeBy } from '../core/features/feature-step.js';
import type { EffectReport } from '../lab/engineering/measure-effect.js';
import type { Snapshot, WindowSummary } from '../lab/views/snapshot.js';
import { constantLoss, shapeOf, type CurvePoint, type CurveShape } from './curve-shape.js';
import type { FigureSpec } from './figure-shapes.js';
import { measureReport, type ReadReports } from './report-figures.js';
import { meantStudies } from './studies.js';

/** What a figure is measured on; `psi` gives a feature's index for the window that holds a date. */
export interface FigureWorld {
  readonly snapshot: Snapshot;
  studies(): Promise<readonly Study[]>;
  psi(service: string, feature: string, date: string, against: 'training' | 'season'): Promise<number | undefined>;
  readonly reports: ReadReports;
  /** Data sets by the digests of what was collected. */
  datasets(): Promise<Readonly<Record<string, string>>>;
  /** The newest measured effect of a feature. */
  effect(): Promise<EffectReport | undefined>;
  /** The loss curve of a run, epoch by epoch. */
  curve(run: string): Promise<readonly CurvePoint[]>;
}

/** Measures a figure in the project as it is now; undefined while it cannot be known. */
export async function measure(figure: FigureSpec, world: FigureWorld): Promise<number | undefined> {
  const { snapshot } = world;
  switch (figure.source) {
    case 'promise':
      return monitorOf(figure.service, snapshot)?.promise ?? promiseOf(figure.service, snapshot);
    case 'window-error': {
      const meanSquare = weigh(windowsOf(figure, snapshot), (window) => window.error! ** 2);
      return meanSquare === undefined ? undefined : Math.sqrt(meanSquare);
    }
    case 'window-bias':
      return weigh(windowsOf(figure, snapshot).filter((window) => window.bias !== undefined), (window) => window.bias!);
    case 'first-alert-year': {
      const first = monitorOf(figure.service, snapshot)?.alerts.filter((alert) => alert.rule === 'error').map((alert) => alert.at).sort()[0];
      return first === undefined ? undefined : Number(first.slice(0, 4));
    }
    case 'run-metric':
      return metricOf(figure, world);
    case 'run-percent': {
      const share = await metricOf(figure, world);
      return share === undefined ? undefined : 100 * share;
    }
    case 'study':
      return studyFigure(meantStudies(await world.studies(), snapshot, figure)[0], figure.value, snapshot);
    case 'feature-effect':
      return effectOf(figure, await world.effect());
    case 'curve':
      return curveFigure(figure.run, figure.of, world);
    case 'psi':
      return world.psi(figure.service, figure.feature, figure.window, figure.against);
    default:
      return measureReport(figure, world.reports);
  }
}

function studyFigure(study: Study | undefined, value: Extract<FigureSpec, { source: 'study' }>['value'], { runs }: Snapshot): number | undefined {
  if (!study) return undefined;
  if (value === 'trials') return study.trials.length;
  const best = bestTrial(study);
  if (value === 'best') return best?.score ?? undefined;
  return runs.find(({ id }) => id === best?.run)?.metrics[`${value}.${study.metric}`];
}

async function metricOf({ model, metric, dataset }: { model: string; metric: string; dataset?: string | undefined }, world: FigureWorld): Promise<number | undefined> {
  const known = dataset === undefined ? {} : await world.datasets();
  const fitting = world.snapshot.runs.filter((run) => run.model === model && (dataset === undefined || known[run.dataDigest] === dataset));
  return fitting.map((run) => run.metrics[metric]).findLast((value) => value !== undefined);
}

/** Mean score of the folds without or with the step that makes a column, or their difference. */
function effectOf({ column, of }: { column: string; of: 'without' | 'with' | 'difference' }, effect: EffectReport | undefined): number | undefined {
  if (!effect || !madeBy(effect.step).includes(column)) return undefined;
  return of === 'difference' ? effect.difference : effect[of].reduce((sum, value) => sum + value, 0) / effect[of].length;
}

/** A figure of the newest run whose curve has a shape. */
async function curveFigure(shape: CurveShape, of: 'epochs' | 'best-epoch' | 'best' | 'last', world: FigureWorld): Promise<number | undefined> {
  for (const run of world.snapshot.runs.toReversed()) {
    const seen = shapeOf(await world.curve(run.id), constantLoss(run));
    if (seen?.shape === shape) return { epochs: seen.epochs, 'best-epoch': seen.bestEpoch, best: seen.best, last: seen.last }[of];
  }
  return undefined;
}

const monitorOf = (service: string, snapshot: Snapshot) => snapshot.monitors.find((monitor) => monitor.service === service);

/** The test error that the deployed version was registered with. */
function promiseOf(name: string, { services, versions }: Snapshot): number | undefined {
  const service = services.find((own) => own.name === name);
  return versions.find((version) => version.model === service?.model && version.version === service.version)?.metrics['test.rmse'];
}

const windowsOf = ({ service, from, to }: { service: string; from: string; to: string }, snapshot: Snapshot): WindowSummary[] =>
  (monitorOf(service, snapshot)?.windows ?? []).filter((window) => window.error !== undefined && window.labelled > 0 && window.from >= from && window.from <= to);

/** Mean over the windows, weighted by their labelled requests. */
function weigh(windows: readonly WindowSummary[], value: (window: WindowSummary) => number): number | undefined {
  const rows = windows.reduce((sum, window) => sum + window.labelled, 0);
  return rows === 0 ? undefined : windows.reduce((sum, window) => sum + window.labelled * value(window), 0) / rows;
}

/** Puts measured numbers into a text at `{{name}}`; what is not known yet becomes an ellipsis. */
export const fillFigures = (text: string, figures: Readonly<Record<string, string>>): string => text.replace(/\{\{([a-z0-9-]+)\}\}/g, (_, name: string) => figures[name] ?? '…');

/** Names of the figures that a text uses. */
export const figuresIn = (text: string): string[] => [...text.matchAll(/\{\{([^}]*)\}\}/g)].map((match) => match[1]!);
