import { isHistory, madeBy, readBy, type FeatureStep } from './feature-step.js';

/** Where a made column comes from: the columns that it reads, and how in short, such as `loan / income`. */
export interface FeatureOrigin {
  readonly name: string;
  readonly how: string;
  readonly from: readonly string[];
  /** It looks at other rows, so that this row alone does not say what it is. */
  readonly history: boolean;
}

const SIGNS = { product: ' * ', ratio: ' / ', difference: ' - ', cross: ' × ' } as const;

/** The origins of what the steps make, in their order. */
export const featureOrigins = (steps: readonly FeatureStep[]): FeatureOrigin[] =>
  steps.flatMap((step) => madeBy(step).map((name, at) => ({ name, how: howOf(step, at), from: readBy(step), history: isHistory(step) })));

function howOf(step: FeatureStep, at: number): string {
  switch (step.do) {
    case 'formula':
      return step.formula;
    case 'combine':
      return step.of.join(SIGNS[step.how]);
    case 'date':
      return `${step.parts[at]!}(${step.column})`;
    case 'group':
      return `${step.how}(${step.column} | ${step.by})`;
    case 'lag':
      return `${step.column}[-${step.rows}]`;
    case 'rolling':
      return `${step.how}(${step.column}[-${step.last} ${step.unit}])`;
    case 'drop':
      return '';
  }
}
