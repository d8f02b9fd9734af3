/** What the numbers of a layer go through. `gelu` is the one by tanh. */
export const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid', 'elu', 'gelu'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Where in the learner's code a layer was made. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
}

/** One layer as the learner's code asks for it. */
export type LayerPlan = { readonly at?: CodePlace } & (
  | { readonly kind: 'dense'; readonly units: number; readonly activation: Activation }
  | { readonly kind: 'conv2d'; readonly filters: number; readonly size: number; readonly activation: Activation }
  | { readonly kind: 'activation'; readonly activation: Activation }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'batchNorm'; readonly momentum: number }
  | { readonly kind: 'layerNorm' }
  | { readonly kind: 'maxPool'; readonly size: number }
  | { readonly kind: 'averageAll' }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'rescale' }
  | { readonly kind: 'residual'; readonly layers: readonly LayerPlan[] }
);

export interface OptimizerPlan {
  readonly kind: 'adam' | 'sgd' | 'rmsprop';
  readonly learningRate: number;
  /** Of sgd; 0 for none. */
  readonly momentum: number;
}

/** How the learning rate goes on: as it is, down a half cosine to `floor` times itself, or times `factor` after every so many epochs. */
export type SchedulePlan =
  | { readonly kind: 'constant' }
  | { readonly kind: 'cosine'; readonly floor: number }
  | { readonly kind: 'step'; readonly every: number; readonly factor: number };

/** What is made small: mean squared, absolute or Huber's error of a number; cross-entropy of classes. */
export type LossName = 'mse' | 'mae' | 'huber' | 'crossEntropy';

/** A net and how it is trained: what the learner's code came to, checked. */
export interface NetPlan {
  readonly layers: readonly LayerPlan[];
  readonly optimizer: OptimizerPlan;
  readonly epochs: number;
  readonly batchSize: number;
  readonly loss: LossName;
  /** Weight of the sum of squared weights. */
  readonly l2: number;
  readonly schedule: SchedulePlan;
  /** Epochs without a better held-back loss after which it stops and takes the best weights; 0: never. */
  readonly patience: number;
  /** Weight of each class in the loss; `balanced` makes all classes count alike. */
  readonly classWeights: 'none' | 'balanced' | readonly number[];
}

/** What a net is written for, as the learner's function gets it. */
export interface NetSubject {
  /** Numbers that come in for a row. */
  readonly inputs: number;
  /** Numbers that the last layer must give: 1, or one for each of several classes. */
  readonly outputs: number;
  /** The same inputs as a shape: `[inputs]`, or `[rows, columns, 1]` of a picture. */
  readonly shape: readonly number[];
  readonly task: 'regression' | 'binary' | 'multiclass';
  /** How many classes there are; 0 for a regression. */
  readonly classes: number;
  /** Names of the inputs. */
  readonly features: readonly string[];
  /** Rows that it will learn from. */
  readonly rows: number;
}

/** What comes out of a layer, and how many numbers it learns. */
export interface LayerSummary {
  /** Its place, such as `3` or, inside a residual, `3.1`. */
  readonly layer: string;
  readonly kind: LayerPlan['kind'];
  readonly shape: readonly number[];
  readonly weights: number;
  readonly at?: CodePlace;
}
