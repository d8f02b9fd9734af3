import type { UndoOutlook } from '../../lab/views/undo-plan.js';

/** The last act in a line: its command, with the thing that it made when the command does not name it. */
export function describeAct({ text, object }: Pick<UndoOutlook, 'text' | 'object'>, words: Readonly<Record<string, string>>): string {
  if (!object || text.includes(object.id)) return text;
  const id = /^[0-9a-f-]{16,}$/.test(object.id) ? object.id.slice(0, 8) : object.id;
  return `${text} (${words[object.type] ?? object.type} ${id})`;
}
