type Monaco = typeof import('./monaco/monaco-lab.js');

let loading: Promise<Monaco> | undefined;

/** Monaco, fetched when it is first asked for; a failed fetch is tried again next time. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= import('./monaco/monaco-lab.js').catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}
