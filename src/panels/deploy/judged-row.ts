import type { TablePage } from '../../lab/views/data-views.js';
import type { EvaluationDetail } from '../../lab/views/model-views.js';

/** What the evaluation said of a row (counted from 1), when it is one of the test rows: found by its date, or by its place when the data are the same. */
export function judgedAs(detail: EvaluationDetail, page: TablePage, row: number, sameData: boolean): { predicted: number; actual: number } | undefined {
  const dates = page.columns.flatMap(({ type }, i) => (type === 'date' ? [page.rows[0]?.[i] ?? ''] : []));
  const byDate = dates.map((date) => detail.labels.indexOf(date)).find((found) => found >= 0);
  const at = byDate ?? (sameData ? detail.labels.indexOf(String(row - 1)) : -1);
  const [predicted, actual] = [detail.predicted[at], detail.actual[at]];
  return predicted === undefined || actual === undefined ? undefined : { predicted, actual };
}
