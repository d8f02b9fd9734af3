import { data } from './areas/data.en.js';
import { sources } from './areas/sources.en.js';
import { prepare } from './areas/prepare.en.js';
import { clean } from './areas/clean.en.js';
import { contract } from './areas/contract.en.js';
import { train } from './areas/train.en.js';
import { tuning } from './areas/tuning.en.js';
import { board } from './areas/board.en.js';
import { evaluate } from './areas/evaluate.en.js';
import { judging } from './areas/judging.en.js';
import { register } from './areas/register.en.js';
import { deploy } from './areas/deploy.en.js';
import { monitor } from './areas/monitor.en.js';
import { retrain } from './areas/retrain.en.js';
import { retire } from './areas/retire.en.js';
import { pipeline } from './areas/pipeline.en.js';
import { project } from './areas/project.en.js';
import { history } from './areas/history.en.js';
import { team } from './areas/team.en.js';
import { datasets } from './areas/datasets.en.js';
import { lesson } from './areas/lesson.en.js';
import { terminal } from './areas/terminal.en.js';
import { ui } from './areas/ui.en.js';
import { errors } from './areas/errors.en.js';
import { glossary } from './areas/glossary.en.js';

/** Words of every area beyond the first screen; English defines the keys. */
export const en = { data, sources, prepare, clean, contract, train, tuning, board, evaluate, judging, register, deploy, monitor, retrain, retire, pipeline, project, history, team, datasets, lesson, terminal, ui, errors, glossary };
export type Messages = typeof en;
