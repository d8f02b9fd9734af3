import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { mlflowRest } from '../../../src/core/package/mlflow-rest.js';
import type { Registry } from '../../../src/core/registry/registry.js';
import type { RunRecord } from '../../../src/core/track/run.js';

const PYTHON = spawnSync('python3', ['--version']).status === 0;

const run = (more: Partial<RunRecord> = {}): RunRecord => ({
  version: 1, id: 'a'.repeat(32), name: 'it\'s "über" 🚲\\n', model: 'linear', task: 'regression', started: 1_700_000_000_000, durationMs: 4000, commit: 'c'.repeat(40), dataDigest: 'd'.repeat(32), preparedDigest: `${'e'.repeat(32)}.dir`, modelDigest: 'f'.repeat(32),
  params: { l2: '1', text: '٣ \u2028 end' }, metrics: { 'test.rmse': 12.5, 'test.r2': NaN }, seed: 7, backend: 'plain', repeatable: true, trials: [], skipped: [], concerns: [], history: [], evaluated: true, ...more,
});
const long = run({ id: 'b'.repeat(32), name: 'long', history: Array.from({ length: 1203 }, (_, i) => ({ done: i + 1, total: 1203, loss: 1 / (i + 1), validationLoss: i % 2 ? Infinity : undefined })), params: Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`p${i}`, 'x'.repeat(i === 0 ? 7000 : 3)])) });
const registry: Registry = {
  version: 1,
  models: {
    rides: {
      versions: [
        { version: 1, runId: run().id, modelKind: 'linear', task: 'regression', dataDigest: 'd', modelDigest: 'f'.repeat(32), registeredAt: '2026-01-01T00:00:00Z', metrics: {}, retired: { at: '2026-02-01T00:00:00Z', reason: 'too old', evidence: {} } },
        { version: 2, runId: long.id, modelKind: 'linear', task: 'regression', dataDigest: 'd', modelDigest: 'f'.repeat(32), registeredAt: '2026-01-02T00:00:00Z', metrics: {} },
      ],
      aliases: { champion: 2 },
    },
  },
};

interface Body { readonly [key: string]: unknown }
interface FakeRun { info: { run_id: string; artifact_uri: string }; tags: Map<string, string>; params: Map<string, string>; metrics: Body[]; status?: string; deleted?: boolean; inputs?: unknown }

/** A server that keeps what MLflow's would keep, and refuses what its own checks refuse. */
class FakeMlflow {
  readonly calls: string[] = [];
  readonly runs: FakeRun[] = [];
  experiment: string | undefined;
  readonly versions: { name: string; version: string; source: string; run_id: string; tags: Body[]; description: string }[] = [];
  readonly aliases: Record<string, string> = {};
  models = new Set<string>();
  breakAt = Infinity;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const url = new URL(request.url!, 'http://x');
        const text = Buffer.concat(parts).toString();
        const path = url.pathname.replace('/api/2.0/mlflow/', '');
        this.calls.push(path);
        const [status, answer] = this.calls.length > this.breakAt ? [500, { error_code: 'INTERNAL_ERROR', message: 'down' }] : this.#answer(path, text === '' ? Object.fromEntries(url.searchParams) : (JSON.parse(text) as Body), text.length);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }

  #answer(path: string, body: Body, bytes: number): [number, unknown] {
    const list = (key: string): { key: string; value: string }[] => (body[key] as { key: string; value: string }[] | undefined) ?? [];
    const own = (): FakeRun => this.runs.find(({ info }) => info.run_id === body['run_id'])!;
    if (list('tags').some(({ value }) => value.length > 8000) || list('params').some(({ value }) => value.length > 6000)) return [400, { error_code: 'INVALID_PARAMETER_VALUE', message: 'too long' }];
    switch (path) {
      case 'experiments/get-by-name':
        return this.experiment === body['experiment_name'] ? [200, { experiment: { experiment_id: '7' } }] : [404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: '' }];
      case 'experiments/create':
        this.experiment = String(body['name']);
        return [200, { experiment_id: '7' }];
      case 'runs/search': {
        const [, id] = /^tags\.`looplab\.run` = '([0-9a-f]+)'$/.exec(String(body['filter']))!;
        const found = this.runs.filter(({ tags, deleted }) => !deleted && tags.get('looplab.run') === id);
        return [200, { runs: found.map(({ info, tags }) => ({ info, data: { tags: [...tags].map(([key, value]) => ({ key, value })) } })) }];
      }
      case 'runs/create': {
        const run_id = `server${this.runs.length}`;
        this.runs.push({ info: { run_id, artifact_uri: `mlflow-artifacts:/7/${run_id}/artifacts` }, tags: new Map(list('tags').map(({ key, value }) => [key, value])), params: new Map(), metrics: [] });
        return [200, { run: { info: this.runs.at(-1)!.info, data: {} } }];
      }
      case 'runs/log-batch':
        if (list('metrics').length > 1000 || list('params').length > 100 || list('tags').length > 100 || bytes > 1e6) return [400, { error_code: 'INVALID_PARAMETER_VALUE', message: 'batch' }];
        for (const { key, value } of list('params')) own().params.set(key, value);
        own().metrics.push(...(list('metrics') as unknown as Body[]));
        return [200, {}];
      case 'runs/log-inputs':
        own().inputs = body['datasets'];
        return [200, {}];
      case 'runs/update':
        own().status = String(body['status']);
        return [200, {}];
      case 'runs/set-tag':
        own().tags.set(String(body['key']), String(body['value']));
        return [200, {}];
      case 'runs/delete':
        own().deleted = true;
        return [200, {}];
      case 'registered-models/create':
        if (this.models.has(String(body['name']))) return [400, { error_code: 'RESOURCE_ALREADY_EXISTS', message: '' }];
        this.models.add(String(body['name']));
        return [200, {}];
      case 'model-versions/search':
        return [200, { model_versions: this.versions }];
      case 'model-versions/create': {
        const made = { ...(body as never as FakeMlflow['versions'][0]), version: String(this.versions.length + 11) };
        this.versions.push(made);
        return [200, { model_version: made }];
      }
      case 'registered-models/alias':
        this.aliases[String(body['alias'])] = String(body['version']);
        return [200, {}];
      default:
        return [404, { error_code: 'ENDPOINT_NOT_FOUND', message: path }];
    }
  }
}

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function startServer(): Promise<{ server: FakeMlflow; replay: () => Promise<{ status: number; out: string; err: string }> }> {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  writeFileSync(join(folder, 'replay.py'), mlflowRest({ experiment: 'looplab', runs: [run(), long], registry })['replay.py']!);
  const server = new FakeMlflow();
  const uri = await server.listen();
  closing.push(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^MLFLOW_|_proxy$/i.test(name)));
  const replay = () => new Promise<{ status: number; out: string; err: string }>((done) => execFile('python3', [join(folder, 'replay.py'), '--uri', uri], { env }, (error, out, err) => done({ status: error ? Number(error.code) : 0, out, err })));
  return { server, replay };
}

describe('the replay of runs by REST', () => {
  it('says in itself what it will send', () => {
    const script = mlflowRest({ experiment: 'looplab', runs: [run()], registry })['replay.py']!;
    expect(script).toMatch(/^[\t\n -~]*$/);
    for (const path of ['experiments/create', 'runs/create', 'runs/log-batch', 'runs/set-tag', 'registered-models/create', 'model-versions/create', 'registered-models/alias']) expect(script).toContain(`"${path}"`);
    expect(script).toContain('MOST_METRICS, MOST_PARAMS, MOST_TAGS = 1000, 100, 100');
  });

  it.runIf(PYTHON)('fills a server in batches that it takes, once', async () => {
    const { server, replay } = await startServer();
    const first = await replay();
    expect(first).toMatchObject({ status: 0, err: '' });
    const [one, two] = server.runs as [FakeRun, FakeRun];
    expect(server.experiment).toBe('looplab');
    expect(one.tags.get('mlflow.runName')).toBe(run().name);
    expect(one.params.get('text')).toBe('٣ \u2028 end');
    expect(one.metrics).toEqual([{ key: 'test.rmse', value: 12.5, timestamp: 1_700_000_004_000, step: 0 }, { key: 'test.r2', value: 'NaN', timestamp: 1_700_000_004_000, step: 0 }]);
    expect(two.metrics.filter(({ key }) => key === 'loss')).toHaveLength(1203);
    expect(two.metrics.find(({ key }) => key === 'validation_loss')).toMatchObject({ value: 'Infinity', step: 2 });
    expect([two.params.size, two.params.get('p0')!.length, two.status]).toEqual([131, 6000, 'FINISHED']);
    expect(one.inputs).toMatchObject([{ dataset: { name: 'raw', digest: 'dddddddd' } }]);
    expect(server.versions.map(({ version, source, run_id, description }) => [version, source, run_id, description])).toEqual([['11', 'mlflow-artifacts:/7/server0/artifacts/model', 'server0', 'too old'], ['12', 'mlflow-artifacts:/7/server1/artifacts/model', 'server1', '']]);
    expect(server.aliases).toEqual({ champion: '12' });
    const again = await replay();
    expect(again).toMatchObject({ status: 0 });
    expect(again.out).toContain('0 of 2 runs and 0 model versions');
    expect([server.runs.length, server.versions.length]).toEqual([2, 2]);
  });

  it.runIf(PYTHON)('that was broken off is taken up again: a half run goes, a whole one stays', async () => {
    const { server, replay } = await startServer();
    server.breakAt = 12;
    const broken = await replay();
    expect(broken.status).toBe(1);
    expect(broken.err).toContain('INTERNAL_ERROR');
    server.breakAt = Infinity;
    expect((await replay()).status).toBe(0);
    expect(server.runs.map(({ tags, deleted }) => [tags.get('looplab.whole'), deleted ?? false])).toEqual([['true', false], [undefined, true], ['true', false]]);
  });

  it.runIf(PYTHON)('refuses an address that is none', () => {
    const script = mlflowRest({ experiment: 'looplab', runs: [], registry: { version: 1, models: {} } })['replay.py']!;
    const { status, stderr } = spawnSync('python3', ['-', '--uri', 'file:///etc'], { input: script });
    expect(status).toBe(2);
    expect(String(stderr)).toContain('http address');
  });
});
