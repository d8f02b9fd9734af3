import { chainAct, formatEntry, GENESIS_HASH, parseJournal, verifyJournal, type JournalEntry } from '../core/govern/journal.js';
import { LabError } from '../core/lab-error.js';
import type { ServeReply, ServeRequest } from '../core/serve/protocol.js';
import { apiOf } from './data-sources.js';
import type { Platform } from './platform.js';
import { FileWatch, type FileChange } from './project/file-watch.js';
import { readText } from './project/files.js';
import { PATHS } from './project/paths.js';
import { Session } from './project/session.js';
import { startProject } from './project/start-project.js';
import { Serving } from './project/serving.js';
import { keepAct } from './undo/act-record.js';
import { checkArgs, commandOf, type Outcome, type Progress, type StepRecord, type Verb, type VerbArgs, type VerbContext } from './verb.js';
import { VERBS } from './verbs.js';
import { takeSnapshot } from './views/take-snapshot.js';
import type { Snapshot } from './views/snapshot.js';
import { readView, type ViewName, type ViewResult } from './views/index.js';

/** What a finished verb tells the one who asked. */
export interface VerbReport {
  readonly command: string;
  readonly lines: readonly string[];
  readonly result: unknown;
  readonly step: StepRecord;
  /** Commit that holds the files of this act, when it changed any. */
  readonly commit?: string;
  /** Exit status in a terminal; absent for 0. */
  readonly status?: number;
}

/** How the one who asks follows and stops a verb. */
export interface RunHooks {
  readonly signal?: AbortSignal;
  readonly pausing?: AbortSignal;
  readonly actor?: string;
  readonly progress?: (p: Progress) => void;
}

/** Opens the project on a platform; a new place gets a repository, README and DVC files first. */
export async function openEngine(platform: Platform, options: { readOnly?: boolean } = {}): Promise<Engine> {
  if (!options.readOnly) await startProject(platform);
  const engine = new Engine(platform);
  await engine.reload();
  return engine;
}

/** Runs verbs one at a time; each is one journal step, at most one commit, and one durable save. */
export class Engine {
  readonly verbs: ReadonlyMap<string, Verb> = new Map(Object.entries(VERBS));
  readonly session: Session;
  private readonly serving: Serving;
  private readonly watch: FileWatch;
  /** The platform as verbs see it: what they write is noticed, so that it can be taken back. */
  private readonly watched: Platform;
  private readonly listeners = new Set<(snapshot: Snapshot) => void>();
  private tail: Promise<unknown> = Promise.resolve();
  private journal = '';
  private last: JournalEntry | undefined;
  private current!: Snapshot;

  constructor(readonly platform: Platform) {
    this.watch = new FileWatch(platform.files);
    this.watched = Object.create(platform, { files: { value: this.watch.files } }) as Platform;
    this.session = new Session(this.watched);
    this.serving = new Serving(this.session);
  }

  /** Where the project stood when the last act ended, with the requests answered since. */
  get snapshot(): Snapshot {
    return this.serving.addAnswered(this.current);
  }

  /** Calls back with the new snapshot after each act, whoever ran it. */
  onChange(listener: (snapshot: Snapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs `work` when no verb runs, and lets none start before it ends. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work, work);
    this.tail = result.catch(() => undefined);
    return result;
  }

  run(name: string, args: VerbArgs, hooks: RunHooks = {}): Promise<VerbReport> {
    return this.exclusive(() => this.act(name, args, hooks));
  }

  /** A read of the project; it never waits for a running verb. */
  view<K extends ViewName>(name: K, args?: VerbArgs, signal?: AbortSignal, progress?: RunHooks['progress']): Promise<ViewResult<K>>;
  view(name: string, args?: VerbArgs, signal?: AbortSignal, progress?: RunHooks['progress']): Promise<unknown>;
  async view(name: string, args: VerbArgs = {}, signal?: AbortSignal, progress?: RunHooks['progress']): Promise<unknown> {
    return readView(this.session, name, args, signal, this.contextOf({ ...(signal ? { signal } : {}), ...(progress ? { progress } : {}) }));
  }

  /** Answers a request to the in-page endpoint with what is deployed now, or to the data API. */
  async serve(request: ServeRequest): Promise<ServeReply> {
    if (request.path.startsWith('api/')) return apiOf(this.session).answer(request, this.platform.now());
    const reply = await this.serving.answer(request);
    if (reply.status === 200 && request.method.toUpperCase() === 'POST') this.tell();
    return reply;
  }

  /** Reads everything again: after a discard, an import, or when another tab has written. */
  async reload(): Promise<void> {
    this.session.forget();
    await this.serving.refresh();
    this.journal = (await readText(this.platform, PATHS.journal)) ?? '';
    const verdict = verifyJournal(this.journal);
    if (!verdict.ok) throw new LabError('broken-journal', { seq: verdict.seq, reason: verdict.reason });
    this.last = parseJournal(this.journal).at(-1);
    await this.announce();
  }

  private async act(name: string, args: VerbArgs, hooks: RunHooks): Promise<VerbReport> {
    const verb = this.verbs.get(name);
    if (!verb) throw new LabError('unknown-verb', { verb: name, known: [...this.verbs.keys()] });
    checkArgs(verb, args);
    const command = commandOf(verb, args);
    try {
      hooks.signal?.throwIfAborted();
      const moves = (await this.platform.git.reflog('HEAD')).length;
      this.watch.start();
      const outcome = await verb.run(this.contextOf(hooks), args);
      const commit = await this.commitFiles(outcome);
      for (const [path, content] of outcome.leave ?? []) await this.leave(path, content);
      const changes = await this.watch.stop();
      await this.appendStep(verb.name, command, outcome.step, commit, hooks.actor ?? 'learner');
      await this.keepForUndo(outcome, changes, moves);
      await this.serving.keepCounts();
      await this.platform.save();
      await this.serving.refresh();
      await this.announce();
      return { command, lines: outcome.lines, result: outcome.result, step: outcome.step, ...(commit === undefined ? {} : { commit }), ...(outcome.status ? { status: outcome.status } : {}) };
    } catch (cause) {
      this.watch.forget();
      await this.platform.discard();
      await this.reload();
      throw LabError.from(cause);
    }
  }

  private contextOf(hooks: RunHooks): VerbContext {
    const signal = hooks.signal ?? new AbortController().signal;
    let rested = performance.now();
    return {
      platform: this.watched,
      session: this.session,
      signal,
      ...(hooks.pausing ? { pausing: hooks.pausing } : {}),
      actor: hooks.actor ?? 'learner',
      progress: hooks.progress ?? (() => undefined),
      async breathe() {
        signal.throwIfAborted();
        if (performance.now() - rested < 12) return;
        await nextTask();
        rested = performance.now();
        signal.throwIfAborted();
      },
    };
  }

  /** The commit names the journal's head, which anchors the journal outside itself. */
  private async commitFiles({ files, message }: Outcome<unknown>): Promise<string | undefined> {
    if (!files || files.length === 0 || message === undefined) return undefined;
    const head = this.last?.hash ?? GENESIS_HASH;
    return this.platform.git.commitOnly([...new Set(files)], `${message}\n\nJournal: ${head}\n`);
  }

  private async appendStep(action: string, command: string, step: StepRecord, commit: string | undefined, actor: string): Promise<void> {
    const ts = new Date(this.platform.now()).toISOString();
    const entry = chainAct({ ...step, ts, actor, action, command, ...(commit === undefined ? {} : { commit }) }, this.last);
    const journal = this.journal + formatEntry(entry);
    await this.platform.files.write(PATHS.journal, journal);
    this.journal = journal;
    this.last = entry;
  }

  private async leave(path: string, content: Uint8Array | undefined): Promise<void> {
    if (content) await this.watched.files.write(path, content);
    else if (await this.platform.files.stat(path)) await this.watched.files.remove(path);
  }

  /** An act that changed nothing is passed over by an undo. */
  private async keepForUndo({ final }: Outcome<unknown>, changes: readonly FileChange[], before: number): Promise<void> {
    const moves = (await this.platform.git.reflog('HEAD')).length;
    const { seq, hash, action: verb, command, object, reason, commit } = this.last!;
    const moved = moves - before > (commit === undefined ? 0 : 1);
    if (commit === undefined && changes.length === 0 && !moved && final === undefined) return;
    const { type, id } = object;
    await keepAct(this.platform, { seq, hash, verb, command, object: { type, id }, moves, moved, ...(reason === undefined ? {} : { reason }), ...(commit === undefined ? {} : { commit }), ...(final === undefined ? {} : { final }) }, changes);
  }

  private async announce(): Promise<void> {
    this.current = await takeSnapshot(this.session, this.last);
    this.tell();
  }

  private tell(): void {
    const { snapshot } = this;
    for (const listener of this.listeners) listener(snapshot);
  }
}

/** Waits for one turn of the event loop, so that messages such as `cancel` are heard. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
