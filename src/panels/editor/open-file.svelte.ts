import { LabError } from '../../core/lab-error.js';
import type { EditableFile } from '../../lab/views/file-views.js';
import type { Project } from '../../state/project.svelte.js';
import type { DraftShelf } from './draft-shelf.js';

/** Milliseconds without a key before what was typed goes into the project. */
const PAUSE = 500;

/** `clash`: the file was changed from elsewhere while there are own changes; `gone`: it is not there any more. */
export type SaveState = 'reading' | 'saved' | 'typing' | 'saving' | 'failed' | 'clash' | 'gone';

/** A file that is open in the editor: its text, and how that stands to the project. Own words are never thrown away unasked. */
export class OpenFile {
  text = $state.raw('');
  kind = $state.raw<EditableFile['kind']>('missing');
  state = $state.raw<SaveState>('reading');
  error = $state.raw<LabError>();
  /** The file's own words while they clash with what stands here. */
  theirs = $state.raw<EditableFile>();
  size = $state.raw(0);
  /** Counts the times that the text was set from outside, so that an editor takes it over. */
  taken = $state.raw(0);
  #base = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;

  constructor(
    readonly path: string,
    private readonly project: Pick<Project, 'client' | 'view'>,
    private readonly drafts: DraftShelf,
  ) {}

  /** Reads the file again; what was typed and not saved before a crash comes back. Never throws. */
  async read(): Promise<void> {
    try {
      const found = await this.project.view<EditableFile>('editable', { path: this.path });
      if (this.state === 'reading') this.#begin(found);
      else if (found.digest !== this.#base) this.#meet(found);
    } catch (cause) {
      [this.state, this.error] = ['failed', LabError.from(cause)];
    }
  }

  /** Takes a new text from the editor; it goes into the project after a short pause. */
  edit(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.drafts.keep(this.path, { text, base: this.#base });
    if (this.state === 'clash' || this.state === 'gone') return;
    this.state = 'typing';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), PAUSE);
  }

  /** Sets the text from outside an editor, as settling a conflict does. */
  replace(text: string): void {
    this.edit(text);
    this.taken++;
  }

  /** Puts what stands here into the project now. Never throws: a failure is kept, and the words stay. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.state !== 'typing' && this.state !== 'failed') return;
    this.#saving = this.#write(this.#base);
    await this.#saving;
    this.#saving = undefined;
  }

  /** In a clash: keeps the own words, or takes the file's. */
  async settle(keep: 'mine' | 'theirs'): Promise<void> {
    const found = this.theirs;
    if (keep === 'mine') return this.#write(found?.digest ?? '');
    if (found) this.#adopt(found);
  }

  #begin(found: EditableFile): void {
    const draft = this.drafts.read(this.path);
    this.#adopt(found, draft !== undefined);
    if (!draft || draft.text === found.text) return this.drafts.drop(this.path);
    if (found.kind !== 'text' && found.kind !== 'missing') return;
    this.text = draft.text;
    this.taken++;
    if (draft.base !== found.digest) return this.#meet(found);
    this.state = 'typing';
    void this.save();
  }

  /** The project's file is another than the one that the text here was made from. */
  #meet(found: EditableFile): void {
    if (this.state === 'saving') return;
    if (found.kind === 'text' && found.text === this.text) return this.#adopt(found);
    const own = this.drafts.read(this.path) !== undefined || this.state === 'typing' || this.state === 'failed' || this.state === 'clash';
    if (!own && found.kind !== 'missing') return this.#adopt(found);
    clearTimeout(this.#timer);
    this.theirs = found;
    this.state = found.kind === 'missing' ? 'gone' : 'clash';
  }

  #adopt(found: EditableFile, keepDraft = false): void {
    [this.kind, this.text, this.size, this.#base, this.theirs, this.error] = [found.kind, found.text ?? '', found.size, found.digest, undefined, undefined];
    this.state = found.kind === 'missing' ? 'gone' : 'saved';
    this.taken++;
    if (!keepDraft) this.drafts.drop(this.path);
  }

  async #write(expected: string): Promise<void> {
    const { text } = this;
    this.state = 'saving';
    try {
      const { digest } = await this.project.client.call('edit', { kind: 'write', path: this.path, text, expected });
      [this.#base, this.kind, this.size, this.theirs, this.error] = [digest, 'text', new TextEncoder().encode(text).length, undefined, undefined];
      this.state = 'saved';
      if (this.text === text) this.drafts.drop(this.path);
      else this.#goOn();
    } catch (cause) {
      this.error = LabError.from(cause);
      this.state = 'failed';
      if (this.error.code === 'file-changed') await this.#meetAgain();
    }
  }

  /** More was typed while the last batch was written. */
  #goOn(): void {
    this.state = 'typing';
    this.drafts.keep(this.path, { text: this.text, base: this.#base });
    this.#timer = setTimeout(() => void this.save(), PAUSE);
  }

  async #meetAgain(): Promise<void> {
    this.#meet(await this.project.view<EditableFile>('editable', { path: this.path }));
  }
}
