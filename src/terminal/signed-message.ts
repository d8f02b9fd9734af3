/** A message behind the name of its sender. One that reads from right to left stands alone, because a row takes its direction from its first letter. */
export const signed = (sender: string, message: string): string => (/^[^\p{L}]*\p{Script=Arabic}/u.test(message) ? message : `${sender}: ${message}`);
