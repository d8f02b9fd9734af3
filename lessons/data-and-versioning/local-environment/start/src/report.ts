import { columnOf, readTable, writeJson } from 'looplab';
import { mean } from '../env/tidy.ts';

const table = readTable('data/raw.csv');
const riders = columnOf(table, 'ridership');
if (riders.type === 'text') throw new Error('ridership is no number');

writeJson('report.json', { days: table.rows, meanRiders: mean(riders.values) });
console.log(`${table.rows} days, ${mean(riders.values).toFixed(3)} thousand riders a day`);
