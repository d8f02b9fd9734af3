/** Something in a text that its reader would stumble over; line and column count from 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Faults of a YAML or JSON text; none for other kinds of file. */
export async function findFaults(path: string, text: string): Promise<readonly Fault[]> {
  if (/\.json$/.test(path)) return jsonFaults(text);
  if (/\.(ya?ml|dvc|lock)$/.test(path) && !text.includes('<<<<<<<')) return yamlFaults(text);
  return [];
}

async function yamlFaults(text: string): Promise<readonly Fault[]> {
  const { LineCounter, parseAllDocuments } = await import('yaml');
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap(({ errors }) =>
    errors.map(({ pos, message }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return { line, column: col, message: message.split('\n')[0]!.replace(/ at line \d+.*$/, '') };
    }),
  );
}

function jsonFaults(text: string): readonly Fault[] {
  const message = text.trim() === '' ? undefined : jsonFailure(text);
  if (message === undefined) return [];
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  const short = message.replace(/,? (in JSON )?at (position|line) .*$/s, '').replace(/, ("|\.\.\.).*$/s, '');
  if (line !== undefined) return [{ line: Number(line), column: Number(column), message: short }];
  const before = text.slice(0, Number(/position (\d+)/.exec(message)?.[1] ?? firstBad(text))).split('\n');
  return [{ line: before.length, column: before.at(-1)!.length + 1, message: short }];
}

function jsonFailure(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** Where a token is that cannot stand there: some engines name it and not its place. No beginning of the text that ends before it has the same failure. */
function firstBad(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (jsonFailure(text.slice(0, middle))?.startsWith('Unexpected token')) bad = middle;
    else good = middle;
  }
  return good;
}
