import './features.js';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker?worker';
import { editor, KeyCode, MarkerSeverity, Uri } from 'monaco-editor/editor/editor.api';
import type { Fault } from '../check-text.js';
import { languageOf } from '../file-language.js';
import { registerJson } from './languages.js';
import { setUpTypeScript } from './typescript.js';

self.MonacoEnvironment = { getWorker: (_id, label) => (label === 'typescript' || label === 'javascript' ? new TypeScriptWorker() : new EditorWorker()) };
registerJson();
setUpTypeScript();

/** What an editor tells the page, and how it looks. */
export interface EditorOptions {
  readonly path: string;
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly dark: boolean;
  /** Words that grow with the page's own; pixels. */
  readonly fontSize: number;
  onChange(text: string): void;
  onCursor(line: number, column: number): void;
  onFaults(faults: readonly Fault[]): void;
  onLeave(): void;
}

export interface RichEditor {
  setText(text: string): void;
  setReadOnly(readOnly: boolean): void;
  setDark(dark: boolean): void;
  /** Marks faults that something else than the language service found. */
  mark(faults: readonly Fault[]): void;
  reveal(fault: Fault): void;
  dispose(): void;
}

const uriOf = (path: string): Uri => Uri.from({ scheme: 'file', path: `/project/${path}` });

/** Makes sources known that are not open, so that imports between them are checked. */
export function syncSources(sources: Readonly<Record<string, string>>): void {
  for (const model of editor.getModels()) if (isProject(model) && !Object.hasOwn(sources, pathOf(model)) && !model.isAttachedToEditor()) model.dispose();
  for (const [path, text] of Object.entries(sources)) {
    const model = editor.getModel(uriOf(path)) ?? editor.createModel(text, languageOf(path), uriOf(path));
    if (!model.isAttachedToEditor() && model.getValue() !== text) model.setValue(text);
  }
}

const isProject = (model: editor.ITextModel): boolean => model.uri.path.startsWith('/project/');
const pathOf = (model: editor.ITextModel): string => model.uri.path.slice('/project/'.length);

const themeOf = (dark: boolean): string => (dark ? 'vs-dark' : 'vs');

const shared = (options: { dark: boolean; fontSize: number; label: string }) =>
  ({ theme: themeOf(options.dark), fontSize: options.fontSize, ariaLabel: options.label, fontFamily: "'IBM Plex Mono', ui-monospace, monospace", minimap: { enabled: false }, automaticLayout: true, scrollBeyondLastLine: false, padding: { top: 8, bottom: 8 }, fixedOverflowWidgets: true, unicodeHighlight: { ambiguousCharacters: false } }) as const;

/** An editor with highlighting, and diagnostics and completion for TypeScript. Escape lets the next Tab leave it. */
export function createEditor(host: HTMLElement, options: EditorOptions): RichEditor {
  const uri = uriOf(options.path);
  const model = editor.getModel(uri) ?? editor.createModel(options.text, languageOf(options.path), uri);
  if (model.getValue() !== options.text) model.setValue(options.text);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const view = editor.create(host, { ...shared(options), model, readOnly: options.readOnly, tabSize: 2, wordWrap: 'off', bracketPairColorization: { enabled: false } });
  let [setting, leaving] = [false, false];
  /** Told only when it changes: new options close a list of suggestions. */
  const letTabLeave = (leave: boolean): void => {
    if (leave !== leaving) view.updateOptions({ tabFocusMode: leave });
    leaving = leave;
  };
  const parts = [
    model.onDidChangeContent(() => setting || options.onChange(model.getValue())),
    view.onDidChangeCursorPosition(({ position }) => options.onCursor(position.lineNumber, position.column)),
    view.onDidBlurEditorWidget(() => options.onLeave()),
    view.onKeyDown(({ keyCode }) => {
      if (keyCode === KeyCode.Escape) letTabLeave(true);
      else if (keyCode !== KeyCode.Tab && keyCode !== KeyCode.Shift) letTabLeave(false);
    }),
    editor.onDidChangeMarkers((changed) => changed.some((other) => other.toString() === uri.toString()) && options.onFaults(faultsOf(uri))),
  ];
  // at once, and not when the editor notices: whoever comes back in may press Tab right away
  const stay = ({ relatedTarget }: FocusEvent): void => {
    if (!(relatedTarget instanceof Node && host.contains(relatedTarget))) letTabLeave(false);
  };
  host.addEventListener('focusout', stay);
  options.onFaults(faultsOf(uri));
  return {
    setText(text) {
      if (model.getValue() === text) return;
      setting = true;
      // an edit and not a new value, so that undo brings the old words back
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      setting = false;
    },
    setReadOnly: (readOnly) => view.updateOptions({ readOnly }),
    setDark: (dark) => editor.setTheme(themeOf(dark)),
    mark: (faults) => editor.setModelMarkers(model, 'lab', faults.map(({ line, column, message }) => ({ severity: MarkerSeverity.Error, message, startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: model.getLineMaxColumn(Math.min(line, model.getLineCount())) }))),
    reveal({ line, column }) {
      view.setPosition({ lineNumber: line, column });
      view.revealLineInCenter(line);
      view.focus();
    },
    dispose() {
      host.removeEventListener('focusout', stay);
      for (const part of parts) part.dispose();
      view.dispose();
    },
  };
}

const faultsOf = (uri: Uri): Fault[] =>
  editor
    .getModelMarkers({ resource: uri })
    .filter(({ severity }) => severity >= MarkerSeverity.Warning)
    .map(({ startLineNumber, startColumn, message }) => ({ line: startLineNumber, column: startColumn, message }));

/** The changes from one text to another, side by side where there is room. */
export function createDiff(host: HTMLElement, options: { path: string; before: string; after: string; label: string; dark: boolean; fontSize: number }): { dispose(): void } {
  const language = languageOf(options.path);
  const [original, modified] = [editor.createModel(options.before, language), editor.createModel(options.after, language)];
  const view = editor.createDiffEditor(host, { ...shared(options), readOnly: true, originalEditable: false, renderSideBySide: host.clientWidth > 760, hideUnchangedRegions: { enabled: true } });
  view.setModel({ original, modified });
  return {
    dispose() {
      view.dispose();
      original.dispose();
      modified.dispose();
    },
  };
}
