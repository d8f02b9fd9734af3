import type { Messages } from './en.js';
import { data } from './areas/data.ar.js';
import { sources } from './areas/sources.ar.js';
import { prepare } from './areas/prepare.ar.js';
import { clean } from './areas/clean.ar.js';
import { contract } from './areas/contract.ar.js';
import { train } from './areas/train.ar.js';
import { tuning } from './areas/tuning.ar.js';
import { board } from './areas/board.ar.js';
import { evaluate } from './areas/evaluate.ar.js';
import { judging } from './areas/judging.ar.js';
import { register } from './areas/register.ar.js';
import { deploy } from './areas/deploy.ar.js';
import { monitor } from './areas/monitor.ar.js';
import { retrain } from './areas/retrain.ar.js';
import { retire } from './areas/retire.ar.js';
import { pipeline } from './areas/pipeline.ar.js';
import { project } from './areas/project.ar.js';
import { history } from './areas/history.ar.js';
import { team } from './areas/team.ar.js';
import { datasets } from './areas/datasets.ar.js';
import { lesson } from './areas/lesson.ar.js';
import { terminal } from './areas/terminal.ar.js';
import { ui } from './areas/ui.ar.js';
import { errors } from './areas/errors.ar.js';
import { glossary } from './areas/glossary.ar.js';

/** Arabic words of every area beyond the first screen. */
export const ar = { data, sources, prepare, clean, contract, train, tuning, board, evaluate, judging, register, deploy, monitor, retrain, retire, pipeline, project, history, team, datasets, lesson, terminal, ui, errors, glossary } satisfies Messages;
