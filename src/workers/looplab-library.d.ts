declare module 'virtual:looplab-library' {
  /** The library for learner code as script text. */
  export const LIBRARY: string;
}
