/** Where a file of the learner begins in the script that runs, and how many lines of it belong to it. */
export interface FilePlace {
  readonly file: string;
  readonly first: number;
  readonly lines: number;
}

/** File and line of the learner's code that a stack of the script names first. */
export function placeOf(stack: string, files: readonly FilePlace[]): { file: string; line: number } | undefined {
  for (const match of stack.matchAll(/looplab-run\.js:(\d+)/g)) {
    const line = Number(match[1]) - 1;
    const found = files.find(({ first, lines }) => line >= first && line < first + lines);
    if (found) return { file: found.file, line: line - found.first + 1 };
  }
  return undefined;
}
