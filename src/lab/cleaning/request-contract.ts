import { cleanColumn } from '../../core/clean/clean-column.js';
import type { Contract } from '../../core/contract/contract.js';
import { parseContract } from '../../core/contract/contract-file.js';
import { validateTable } from '../../core/contract/validate-table.js';
import { rawInputs } from '../../core/features/recipe-features.js';
import type { Recipe } from '../../core/prepare/recipe.js';
import type { RequestContract } from '../../core/serve/served-model.js';
import type { Platform } from '../platform.js';
import { readText } from '../project/files.js';
import { QUALITY } from './paths.js';

/** The contract that requests are held against. One that cannot be read counts as none here: a service must not stop for it. */
export async function contractForRequests(platform: Platform): Promise<Contract | undefined> {
  const text = await readText(platform, QUALITY.contract);
  if (text === undefined) return undefined;
  try {
    return parseContract(text, QUALITY.contract);
  } catch {
    return undefined;
  }
}

/** Holds the cells of a request, cleaned as training rows were, against the rules of the model's inputs. */
export function requestContract(contract: Contract, recipe: Recipe): RequestContract {
  const inputs = new Set(rawInputs(recipe).map(({ name }) => name));
  const columns = Object.fromEntries(Object.entries(contract.columns).filter(([name]) => inputs.has(name)));
  const check: RequestContract['check'] = (table) =>
    validateTable({ rows: table.rows, columns: table.columns.map((column) => cleanColumn(column, recipe.clean ?? [])) }, { columns }, { cellsOnly: true });
  return { reject: contract.requests === 'reject', check };
}
