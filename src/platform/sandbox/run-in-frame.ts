import type { FrameJob } from './frame-job.js';
import { framePage } from './frame-page.js';

/** Runs a script in a worker of a frame that can reach nothing, and passes on what it says; the result ends it at once. */
export function runInFrame(job: FrameJob, said: (event: unknown) => void): () => void {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.style.display = 'none';
  frame.srcdoc = framePage();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<unknown>) => said(data);
  frame.onload = () => frame.contentWindow?.postMessage(job, '*', [port2]);
  document.body.append(frame);
  return () => {
    port1.close();
    frame.remove();
  };
}
