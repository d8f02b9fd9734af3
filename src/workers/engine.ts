import { LabError } from '../core/lab-error.js';
import { exportProject, importProject } from '../lab/archive.js';
import { Engine, openEngine } from '../lab/engine.js';
import type { OpenedProject } from '../lab/project-info.js';
import { openBrowserPlatform, type BrowserPlatform } from '../platform/browser-platform.js';
import { claimProject, type Claim } from '../platform/storage/ownership.js';
import { createBrowserSandbox } from '../platform/sandbox/browser-sandbox.js';
import { createBrowserNets } from '../platform/tfjs/browser-nets.js';
import { createBrowserTrials } from '../platform/trials/browser-trials.js';
import type { Shell } from '../terminal/shell.js';
import { CallHost, type CallHandlers } from './call-host.js';
import { FrameAsker } from './frame-asker.js';
import { LoginAsker } from './login-asker.js';
import type { EngineCalls, EngineMessage, PageMessage } from './messages.js';

interface Opened {
  readonly engine: Engine;
  readonly platform: BrowserPlatform;
  readonly info: { readonly project: string; readonly readOnly: boolean };
}

let opened: Opened | undefined;
/** Settles when the opening under way has ended, well or not. */
let opening: Promise<unknown> = Promise.resolve();
let claim: Claim | undefined;
let shell: Promise<Shell> | undefined;
let terminalLocale = 'en';

const post = (message: EngineMessage): void => self.postMessage(message);

const frames = new FrameAsker(post);
const asker = new LoginAsker(post);
const sandbox = createBrowserSandbox(frames.ask, async () => (await import('virtual:looplab-library')).LIBRARY);

/** The open project; a call that comes while it opens waits for it, so that nobody is told to try again. */
async function current(): Promise<Opened> {
  await opening;
  if (!opened) throw new LabError('not-open');
  return opened;
}

const handlers: CallHandlers = {
  async open(request) {
    const shown = opening.then(() => open(request));
    opening = shown.catch(() => undefined);
    return shown;
  },
  async verb({ name, args }, { signal, pausing, progress }) {
    return (await current()).engine.run(name, args, { signal, pausing, progress });
  },
  async view({ name, args }, { signal, progress }) {
    return (await current()).engine.view(name, args, signal, progress);
  },
  async terminal({ line, locale }, { signal, output, readLine }) {
    terminalLocale = locale;
    return (await openShell()).run(line, { signal, onOutput: output, readLine });
  },
  async complete({ line, cursor }) {
    return (await openShell()).complete(line, cursor);
  },
  async serve(request) {
    return (await current()).engine.serve(request);
  },
  async edit(change, { signal }) {
    const { engine, platform } = await current();
    const { editFile } = await import('../terminal/file-edits.js');
    return editFile(engine, platform, change, signal);
  },
  async offerFile({ file }) {
    (await current()).platform.offer(file);
    return { name: file.name };
  },
  async exportProject() {
    const { engine, platform, info } = await current();
    const parts: BlobPart[] = [];
    await engine.exclusive(async () => {
      for await (const part of exportProject(platform)) parts.push(part as Uint8Array<ArrayBuffer>);
    });
    return { name: `looplab-${info.project}.zip`, zip: new Blob(parts, { type: 'application/zip' }) };
  },
  async importProject({ zip }) {
    const { engine, platform, info } = await current();
    const bytes = new Uint8Array(await zip.arrayBuffer());
    await engine.exclusive(async () => {
      await importProject(bytes, platform);
      await engine.reload();
    });
    return { ...info, snapshot: engine.snapshot };
  },
  async resetProject() {
    const { platform, info } = await current();
    await platform.wipe();
    return show(platform, info);
  },
  async storage() {
    return (await current()).platform.usage();
  },
};

async function open({ project, steal }: EngineCalls['open']['in']): Promise<OpenedProject> {
  await opened?.platform.close();
  claim?.release();
  claim = await claimProject(project, { steal });
  const platform = await openBrowserPlatform({ project, readOnly: !claim.owned, nets: createBrowserNets(), trials: createBrowserTrials(), sandbox, base: appBase() });
  const shown = await show(platform, { project, readOnly: !claim.owned });
  if (claim.owned) void claim.lost.then(() => lose(platform));
  else followOwner(platform);
  return shown;
}

async function show(platform: BrowserPlatform, info: Opened['info']): Promise<OpenedProject> {
  const engine = await openEngine(platform, { readOnly: info.readOnly });
  engine.onChange((snapshot) => post({ type: 'changed', snapshot }));
  opened = { engine, platform, info };
  shell = undefined;
  return { ...info, snapshot: engine.snapshot };
}

/** Another tab writes from now on; this one shows what it saves. */
async function lose(platform: BrowserPlatform): Promise<void> {
  await platform.becomeReadOnly();
  if (opened?.platform !== platform) return;
  opened = { ...opened, info: { ...opened.info, readOnly: true } };
  post({ type: 'lost' });
  followOwner(platform);
}

function followOwner(platform: BrowserPlatform): void {
  platform.onOwnerSaved(() => {
    if (opened?.platform === platform) void opened.engine.reload();
  });
}

/** The shell and the words of errors come with the first terminal line. */
async function openShell(): Promise<Shell> {
  const { engine, platform } = await current();
  shell ??= (async () => {
    const [{ createShell }, { createErrorWords }, { Logins }] = await Promise.all([import('../terminal/shell.js'), import('../i18n/error-words.js'), import('../terminal/logins.js')]);
    const formatError = await createErrorWords(() => terminalLocale);
    return createShell({ engine, platform, formatError, serve: (request) => engine.serve(request), now: Date.now, logins: new Logins(asker.ask) });
  })();
  return shell;
}

/** Where the app lies, whatever sub-path it is served under: workers are in `assets/` below it. */
const appBase = (): string => new URL(import.meta.env.DEV ? '/' : '../', self.location.href).href;

const host = new CallHost(handlers, post);
self.onmessage = (event: MessageEvent<PageMessage>) => {
  if (event.data.type === 'frame') frames.hear(event.data);
  else if (event.data.type === 'login') asker.hear(event.data);
  else host.receive(event.data);
};
