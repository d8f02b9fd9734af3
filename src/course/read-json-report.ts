/** What a report holds, as its verb wrote it; undefined when there is none or it is no JSON object. */
export function readJsonReport<T extends object>(text: string | undefined): T | undefined {
  try {
    const found = JSON.parse(text ?? '') as unknown;
    return typeof found === 'object' && found !== null ? (found as T) : undefined;
  } catch {
    return undefined;
  }
}
