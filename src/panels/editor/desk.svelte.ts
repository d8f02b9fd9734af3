import { SvelteMap } from 'svelte/reactivity';
import type { ProjectFile } from '../../lab/views/file-views.js';
import type { Shelf } from '../../state/preferences.svelte.js';
import type { Project } from '../../state/project.svelte.js';
import { DraftShelf } from './draft-shelf.js';
import { OpenFile } from './open-file.svelte.js';

const KEY = 'looplab.editor';
const MOST_TABS = 12;

/** How text is edited: with highlighting and diagnostics, or in a plain text area. */
export type EditorKind = 'rich' | 'plain';

interface Kept {
  readonly tabs: readonly string[];
  readonly kind?: EditorKind;
}

/** What lies open: the tree of files, the tabs, and how the learner likes to edit; it outlives the panel. */
export class Desk {
  files = $state.raw<readonly ProjectFile[]>([]);
  tabs = $state.raw<readonly string[]>([]);
  kind = $state.raw<EditorKind>();
  readonly #open = new SvelteMap<string, OpenFile>();
  readonly #drafts: DraftShelf;
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(
    private readonly project: Project,
    private readonly shelf: (Shelf & Pick<Storage, 'removeItem'>) | undefined,
  ) {
    this.#drafts = new DraftShelf(shelf);
    const { tabs, kind } = readKept(shelf);
    [this.tabs, this.kind] = [tabs, kind];
  }

  /** Reads the tree and every open file again; of the calls that come meanwhile one more is made. Throws what the view throws. */
  refresh(): Promise<void> {
    this.#next ??= (this.#reading ?? Promise.resolve()).catch(() => undefined).then(() => {
      this.#next = undefined;
      return (this.#reading = this.#read());
    });
    return this.#next;
  }

  async #read(): Promise<void> {
    this.files = await this.project.view<readonly ProjectFile[]>('projectFiles');
    await Promise.all([...this.#open.values()].map((file) => file.read()));
  }

  /** The open file of a path, with a tab; the oldest saved tab goes when there are too many. */
  open(path: string): OpenFile {
    if (!this.tabs.includes(path)) this.#keep([...this.tabs, path].slice(-MOST_TABS), this.kind);
    const found = this.#open.get(path) ?? new OpenFile(path, this.project, this.#drafts);
    if (!this.#open.has(path)) {
      this.#open.set(path, found);
      void found.read();
    }
    return found;
  }

  /** Closes a tab after saving it; gives the path to show next. */
  async close(path: string): Promise<string | undefined> {
    const at = this.tabs.indexOf(path);
    await this.#open.get(path)?.save();
    this.#open.delete(path);
    this.#keep(this.tabs.filter((tab) => tab !== path), this.kind);
    return this.tabs[Math.min(at, this.tabs.length - 1)];
  }

  choose(kind: EditorKind): void {
    this.#keep(this.tabs, kind);
  }

  /** Saves all that was typed; for the moment before the page goes. */
  flush(): void {
    for (const file of this.#open.values()) void file.save();
  }

  /** Makes, renames or removes a file. Throws `LabError`. */
  async make(path: string, text: string): Promise<void> {
    await this.project.client.call('edit', { kind: 'make', path, text });
    await this.refresh();
  }

  async rename(path: string, to: string): Promise<void> {
    await this.#open.get(path)?.save();
    await this.project.client.call('edit', { kind: 'rename', path, to });
    this.#forget(path);
    this.#keep(this.tabs.map((tab) => (tab === path ? to : tab)), this.kind);
    await this.refresh();
  }

  async remove(path: string): Promise<void> {
    await this.project.client.call('edit', { kind: 'remove', path });
    this.#forget(path);
    this.#keep(this.tabs.filter((tab) => tab !== path), this.kind);
    await this.refresh();
  }

  #forget(path: string): void {
    this.#drafts.drop(path);
    this.#open.delete(path);
  }

  #keep(tabs: readonly string[], kind: EditorKind | undefined): void {
    [this.tabs, this.kind] = [tabs, kind];
    try {
      this.shelf?.setItem(KEY, JSON.stringify({ tabs, kind }));
    } catch {
      // the tabs of a browser without storage end with the page
    }
  }
}

let desk: Desk | undefined;

/** The desk of a project; one for each page. */
export function deskOf(project: Project): Desk {
  desk ??= new Desk(project, storage());
  return desk;
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

function readKept(shelf: Shelf | undefined): Kept {
  try {
    const found = JSON.parse(shelf?.getItem(KEY) ?? '{}') as Partial<Kept> | null;
    const tabs = Array.isArray(found?.tabs) ? found.tabs.filter((tab) => typeof tab === 'string').slice(-MOST_TABS) : [];
    return { tabs, ...(found?.kind === 'rich' || found?.kind === 'plain' ? { kind: found.kind } : {}) };
  } catch {
    return { tabs: [] };
  }
}
