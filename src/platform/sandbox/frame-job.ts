/** What a run needs in the page. */
export interface FrameJob {
  readonly script: string;
  readonly input: unknown;
}
