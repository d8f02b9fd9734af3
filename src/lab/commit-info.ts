/** A commit as logs show it. */
export interface CommitInfo {
  readonly id: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string; readonly timestamp: number; readonly timezoneOffset: number };
  readonly parents: readonly string[];
}
