import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { parsePipeline } from '../../../src/core/pipeline/parse-pipeline.js';
import { parsePlots } from '../../../src/core/pipeline/parse-plots.js';
import { fillTemplate, TEMPLATE_NAMES, templateText } from '../../../src/core/pipeline/plot-templates.js';

const filling = { rows: [{ rev: 'HEAD', 'a.b': 1, y: 2 }, { rev: 'workspace', 'a.b': 2, y: 3 }], x: 'a.b', y: 'y', xLabel: 'A', yLabel: 'Y', title: 'T', revisions: ['workspace', 'HEAD'] };

describe('plot templates', () => {
  it.each(TEMPLATE_NAMES)('%s becomes a specification that vega-lite takes, with no anchor left', (name) => {
    const warnings: string[] = [];
    const logger = { warn: (...words: unknown[]) => (warnings.push(words.join(' ')), logger), info: () => logger, debug: () => logger, error: (...words: unknown[]) => (warnings.push(words.join(' ')), logger), level: () => logger } as never;
    const spec = fillTemplate({ name }, filling);
    expect(compile(spec as unknown as TopLevelSpec, { logger }).spec.marks?.length).toBeGreaterThan(0);
    expect(JSON.stringify(spec)).not.toContain('DVC_METRIC');
    expect(warnings).toEqual([]);
  });
  it('escapes points in names and gives revisions their colours', () => {
    expect(fillTemplate({ name: 'linear' }, filling)).toMatchObject({ data: { values: filling.rows }, encoding: { x: { field: 'a\\.b', title: 'A' }, color: { scale: { domain: ['workspace', 'HEAD'], range: ['#945dd6', '#13adc7'] } } } });
  });
  it('takes a template of one’s own, and names what it does not know', () => {
    expect(fillTemplate({ name: 'own', text: '{"mark": "bar", "title": "<DVC_METRIC_TITLE>", "x": "<DVC_METRIC_NEW>"}' }, filling)).toEqual({ mark: 'bar', title: 'T', x: '<DVC_METRIC_NEW>' });
    expect(() => templateText('__proto__')).toThrow(expect.objectContaining({ code: 'plot-no-template' }));
    expect(() => fillTemplate({ name: 'own', text: '{' }, filling)).toThrow(expect.objectContaining({ code: 'broken-file' }));
  });
  it('reads plots of stages and of the top', () => {
    const text = 'stages:\n  a:\n    cmd: node src/a.ts\n    plots:\n    - p.csv:\n        template: scatter\n        x: u\n    - q.json\nplots:\n- roc:\n    template: simple\n    x: fpr\n    y:\n      r.json: [tpr, gain]\n- q.json:\n    title: Q\n';
    expect(parsePlots(text, parsePipeline(text, {}))).toEqual([
      { id: 'p.csv', path: 'p.csv', template: 'scatter', x: 'u' },
      { id: 'roc', path: 'r.json', template: 'simple', x: 'fpr', y: 'tpr' },
      { id: 'roc', path: 'r.json', template: 'simple', x: 'fpr', y: 'gain' },
      { id: 'q.json', path: 'q.json', title: 'Q' },
    ]);
    expect(() => parsePlots('plots: 3\n', [])).toThrow(expect.objectContaining({ code: 'bad-pipeline', data: expect.objectContaining({ line: 1 }) }));
  });
});
