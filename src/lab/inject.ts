import { LabError } from '../core/lab-error.js';
import { injectionOf, type Injection } from '../world/world-state.js';
import { requireWorld, saveWorld } from './project/state.js';
import { defineVerb, flag, number, text } from './verb.js';

/** Changes what a sensor of the world reports from today on. */
export const inject = defineVerb({
  name: 'inject',
  summary: 'let a sensor of the world report something else from today on',
  flags: {
    column: text('column of the sensor', { required: true }),
    kind: text('what changes', { choices: ['fahrenheit-to-celsius', 'scale'] }),
    factor: number('for scale: what values are multiplied by'),
    offset: number('for scale: what is added then'),
    remove: flag('put the sensor right again from today on'),
  },
  async run({ platform, session }, args) {
    const world = await requireWorld(platform);
    const facts = await session.dataset(world.dataset);
    const column = facts.columns.find((c) => c.name === args.column);
    const known = facts.columns.filter((c) => c.type === 'number' || c.type === 'integer').map((c) => c.name);
    if (!column || !known.includes(column.name) || column.name === facts.target) throw new LabError('unknown-column', { column: args.column!, known });
    const injection = args.remove ? undoingOf(world.injections, column.name, world.now) : injectionOf(column.name, (args.kind ?? 'scale') as Injection['kind'], world.now, args.factor, args.offset);
    await saveWorld(platform, { ...world, injections: [...world.injections, injection] });
    const line = `from ${world.now} on ${column.name} is reported as value x ${injection.factor.toPrecision(4)} + ${injection.offset.toPrecision(4)}`;
    return { result: injection, lines: [line], step: { object: { type: 'world', id: column.name }, reason: injection.kind } };
  },
});

/** The change that undoes all changes of a column so far. */
function undoingOf(injections: readonly Injection[], column: string, from: string): Injection {
  const own = injections.filter((injection) => injection.column === column);
  if (own.length === 0) throw new LabError('nothing-injected', { column });
  const [factor, offset] = own.reduce(([f, o], injection) => [f * injection.factor, o * injection.factor + injection.offset], [1, 0]);
  if (factor === 0) throw new LabError('nothing-injected', { column });
  return { column, kind: 'scale', factor: 1 / factor!, offset: -offset! / factor!, from };
}
