/** Who works on the same project; minutes west of UTC as `Date.getTimezoneOffset` gives them. */
export const COLLEAGUE = { name: 'Noor Haddad', email: 'noor@team.looplab.local', timezoneOffset: -120 } as const;

/** Text files by path, as a branch has them. */
export type TextFiles = ReadonlyMap<string, string>;

/** What the colleague sees at the moment of an act. */
export interface ColleagueView {
  /** The shared main branch. */
  readonly main: TextFiles;
  /** What the learner is about to push to it; absent after a push. */
  readonly incoming?: TextFiles;
}

/** A commit that the colleague would make. */
export interface ColleagueCommit {
  readonly message: string;
  readonly changes: ReadonlyMap<string, string>;
}

/** Something that the colleague does once. */
export interface ColleagueAct {
  readonly id: string;
  /** Right after a push of the learner's to main, or just before one arrives, so that it is refused. */
  readonly moment: 'after' | 'before';
  /** At the earliest with this push to main (the first is 1). */
  readonly push: number;
  /** The commit, or undefined while the project offers no place for it. */
  edit(view: ColleagueView): ColleagueCommit | undefined;
}
