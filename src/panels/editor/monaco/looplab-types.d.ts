declare module 'virtual:looplab-types' {
  /** Declarations of the library for learner code by path below `src/`, such as `core/table/table.d.ts`. */
  export const TYPES: Readonly<Record<string, string>>;
}
