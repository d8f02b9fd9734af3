import type { DatasetFacts } from '../../core/table/dataset-facts.js';
import type { ColumnType } from '../../core/table/table.js';

/** Types by column name, as the facts of a shipped set state them. */
export const columnTypes = (facts: DatasetFacts): Record<string, ColumnType> => Object.fromEntries(facts.columns.map(({ name, type }) => [name, type]));
