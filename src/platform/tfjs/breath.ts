/** Lets waiting messages and timers in between pieces of work, at most once every `milliseconds`; a timer of its own would cost 4 ms each time. */
export interface Breath {
  readonly due: () => boolean;
  readonly take: () => Promise<void>;
  readonly close: () => void;
}

/** Makes a breath; close it when the work is over. */
export function openBreath(milliseconds = 12): Breath {
  const { pause, close } = openPause();
  let last = performance.now();
  return {
    due: () => performance.now() - last >= milliseconds,
    take: async () => {
      await pause();
      last = performance.now();
    },
    close,
  };
}

interface Pause {
  readonly pause: () => Promise<void>;
  readonly close: () => void;
}

// In Node a port that answers itself keeps timers waiting for a thousand messages, so there it is `setImmediate`.
function openPause(): Pause {
  const { setImmediate } = globalThis as { setImmediate?: (resume: () => void) => unknown };
  if (setImmediate) return { pause: () => new Promise((resume) => void setImmediate(resume)), close: () => undefined };
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | undefined;
  port1.onmessage = () => resume?.();
  return {
    pause: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(0);
      }),
    close: () => {
      port1.close();
      port2.close();
    },
  };
}
