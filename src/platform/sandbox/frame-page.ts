/** The script of the frame: it starts one worker from the text that the page hands over, and passes on what the worker says. */
const FRAME_SCRIPT = `addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== parent || !port) return;
  const worker = new Worker('data:text/javascript;charset=utf-8,' + encodeURIComponent(data.script));
  worker.onmessage = (event) => port.postMessage(event.data);
  worker.onerror = (event) => port.postMessage({ type: 'failed', reason: /allocation failed|out of memory/i.test(event.message) ? 'memory' : 'error', message: event.message || 'the worker ended by itself', stack: 'looplab-run.js:' + event.lineno });
  worker.postMessage(data.input);
}, { once: true });`;

/** CSP source of the frame's script, which the page's own policy must allow too since the frame inherits it. */
export const FRAME_SCRIPT_HASH = 'sha256-SYNCt6hfyGT9tyjRM94Df6EGFdnqSL8YfcvKRwj9+Oo=';

/** The frame: nothing may be loaded, its one script is known by its hash, and its origin is opaque. WebAssembly, which some models are fitted with, reaches nothing more. */
export const framePage = (): string =>
  `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${FRAME_SCRIPT_HASH}' 'wasm-unsafe-eval'; worker-src data:; connect-src 'none'"><script>${FRAME_SCRIPT}</script>`;
