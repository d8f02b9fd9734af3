import { describe, expect, test } from 'vitest';
import { Updates } from '../../src/state/updates.svelte.js';

class FakeWorker extends EventTarget {
  readonly sent: unknown[] = [];
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
  updates = 0;

  async update(): Promise<void> {
    this.updates++;
  }
  /** A worker starts to install. */
  find(): FakeWorker {
    const worker = new FakeWorker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    return worker;
  }
  /** The installing worker has kept its files, and waits when another is active. */
  installed(): void {
    const worker = this.installing!;
    this.installing = null;
    if (this.active) this.waiting = worker;
    else this.active = worker;
    worker.dispatchEvent(new Event('statechange'));
  }
}

class FakeContainer extends EventTarget {
  readonly registration = new FakeRegistration();
  controller: FakeWorker | null = null;
  async register(): Promise<FakeRegistration> {
    return this.registration;
  }
  take(worker: FakeWorker): void {
    this.controller = worker;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

async function start(active: boolean) {
  const container = new FakeContainer();
  if (active) container.registration.active = container.controller = new FakeWorker();
  let reloads = 0;
  const updates = new Updates(container as unknown as ServiceWorkerContainer, () => reloads++);
  await updates.register('./service-worker.js');
  return { container, registration: container.registration, updates, reloads: () => reloads };
}

describe('Updates', () => {
  test('a first visit installs, becomes ready, and is claimed without a reload', async () => {
    const { container, registration, updates, reloads } = await start(false);
    const worker = registration.find();
    expect(updates.state).toBe('installing');
    registration.installed();
    container.take(worker);
    expect([updates.state, reloads()]).toEqual(['ready', 0]);
  });

  test('a worker that claims the page before the registration is known does no harm', async () => {
    const container = new FakeContainer();
    const answer = container.register.bind(container);
    container.register = () => {
      container.registration.active = new FakeWorker();
      container.take(container.registration.active);
      return answer();
    };
    const updates = new Updates(container as unknown as ServiceWorkerContainer, () => {});
    await updates.register('./service-worker.js');
    expect(updates.state).toBe('ready');
  });

  test('a later visit is ready at once', async () => {
    expect((await start(true)).updates.state).toBe('ready');
  });

  test('a newer version asks first, and comes in when the reader agrees', async () => {
    const { container, registration, updates, reloads } = await start(true);
    const worker = registration.find();
    expect(updates.state).toBe('ready');
    registration.installed();
    expect([updates.state, worker.sent, reloads()]).toEqual(['waiting', [], 0]);
    updates.accept();
    expect([worker.sent, reloads()]).toEqual([[{ type: 'looplab-replace' }], 0]);
    container.take(worker);
    expect(reloads()).toBe(1);
  });

  test('a version that another tab let in does not reload this one, but is told', async () => {
    const { container, registration, updates, reloads } = await start(true);
    const worker = registration.find();
    registration.installed();
    container.take(worker);
    expect([updates.state, reloads()]).toEqual(['replaced', 0]);
    registration.waiting = null;
    updates.accept();
    expect(reloads()).toBe(1);
  });

  test('a newer version that found a first-visit page is told too', async () => {
    const { container, registration, updates } = await start(false);
    const first = registration.find();
    registration.installed();
    container.take(first);
    const second = registration.find();
    registration.installed();
    expect(updates.state).toBe('waiting');
    container.take(second);
    expect(updates.state).toBe('replaced');
  });

  test('looks for a newer version at most once an hour', async () => {
    const { registration, updates } = await start(true);
    for (const now of [4_000_000, 4_100_000, 7_599_999, 7_600_000]) await updates.check(now);
    expect(registration.updates).toBe(2);
  });

  test('a browser without service workers, or one that refuses, leaves the lab usable', async () => {
    const without = new Updates(undefined, () => {});
    await without.register('./service-worker.js');
    expect(without.state).toBe('none');
    const refusing = Object.assign(new FakeContainer(), { register: () => Promise.reject(new Error('insecure')) });
    const refused = new Updates(refusing as unknown as ServiceWorkerContainer, () => {});
    await refused.register('./service-worker.js');
    await refused.check(0);
    expect(refused.state).toBe('none');
  });
});
