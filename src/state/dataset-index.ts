import { LabError } from '../core/lab-error.js';
import { DATASET_INDEX, type DatasetFacts, type DatasetIndex } from '../core/table/dataset-facts.js';
import { withPixelColumns } from '../core/table/image-set.js';

let loading: Promise<readonly DatasetFacts[]> | undefined;

/** The shipped sets with their facts; read once. Throws `LabError('asset-missing', {path})`. */
export function loadDatasets(): Promise<readonly DatasetFacts[]> {
  loading ??= readIndex().catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}

async function readIndex(): Promise<readonly DatasetFacts[]> {
  const reply = await fetch(`./${DATASET_INDEX}`);
  if (!reply.ok) throw new LabError('asset-missing', { path: DATASET_INDEX });
  return ((await reply.json()) as DatasetIndex).datasets.map(withPixelColumns);
}
