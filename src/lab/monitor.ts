import { writeJson } from './project/files.js';
import { monitoringReportPath } from './project/paths.js';
import { findService, loadServices } from './project/state.js';
import { defineVerb, text } from './verb.js';
import { drift, errors } from './views/monitor-views.js';

/** Writes down how a service does: error by window against the promise, and the drift of each feature in the newest window. */
export const monitor = defineVerb({
  name: 'monitor',
  summary: 'report how a service does against its promise, and what has drifted',
  flags: { service: text('name of the service; the only one when left out') },
  async run({ platform, session }, args) {
    const service = findService(await loadServices(platform), args.service);
    const life = await errors(session, { service: service.name });
    const report = await drift(session, { service: service.name });
    const path = monitoringReportPath(service.name);
    await writeJson(platform, path, { service: service.name, model: service.model, version: service.version, metric: life.metric, promise: life.promise, limit: life.limit, windows: life.windows, drift: report });
    const late = life.windows.slice(-6).map((w) => `  ${w.from} to ${w.to}  ${life.metric} ${w.error?.toPrecision(3) ?? '-'}  ${w.error === undefined ? '' : w.error > life.limit ? 'OVER THE LIMIT' : 'ok'}`);
    const worst = report.features.slice(0, 5).map((f) => `  ${f.feature}: PSI ${f.psi?.toPrecision(3) ?? '-'} against training, ${f.seasonPsi?.toPrecision(3) ?? '-'} against the season`);
    return {
      result: { service: service.name, path },
      lines: [`${service.name}: promised ${life.metric} ${life.promise.toPrecision(3)}, alert above ${life.limit.toPrecision(3)}`, ...late, `drift, ${report.from} to ${report.to}:`, ...worst],
      step: { object: { type: 'report', id: service.name } },
      files: [path],
      message: `monitor: ${service.name}`,
    };
  },
});
