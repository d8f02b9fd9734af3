import { advance } from './advance.js';
import { alias } from './alias.js';
import { clean } from './clean.js';
import { collect } from './collect.js';
import { compare } from './compare.js';
import { contract } from './contract.js';
import { crossValidateVerb } from './cross-validate.js';
import { deploy } from './deploy.js';
import { evaluate } from './evaluate.js';
import { explain } from './explain.js';
import { exportRuns } from './export-runs.js';
import { fairness } from './fairness.js';
import { features } from './features.js';
import { gradeCleaning } from './grade-cleaning.js';
import { inject } from './inject.js';
import { leakage } from './leakage.js';
import { learn } from './learn.js';
import { monitor } from './monitor.js';
import { pipeline } from './pipeline.js';
import { prepare } from './prepare.js';
import { promote } from './promote.js';
import { register } from './register.js';
import { reproduce } from './reproduce.js';
import { retire } from './retire.js';
import { retrain } from './retrain.js';
import { review } from './review.js';
import { team } from './team.js';
import { train } from './train.js';
import { tune } from './tune.js';
import { undeploy } from './undeploy.js';
import { undo } from './undo.js';
import { validate } from './validate.js';
import { weaknesses } from './weaknesses.js';
import type { Verb } from './verb.js';

const ALL = [collect, clean, gradeCleaning, contract, validate, features, prepare, leakage, train, tune, evaluate, crossValidateVerb, compare, weaknesses, fairness, explain, exportRuns, register, alias, deploy, undeploy, advance, inject, monitor, retrain, promote, retire, pipeline, reproduce, team, review, undo, learn];

/** Every verb by name, in the order of the loop. */
export const VERBS: Readonly<Record<string, Verb>> = Object.fromEntries(ALL.map((verb) => [verb.name, verb as unknown as Verb]));
