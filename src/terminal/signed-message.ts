const LEFT_TO_RIGHT_MARK = '\u200e';

/**
 * A message behind the name of its sender. One that reads from right to left stands alone, because a row takes its direction from its
 * first letter; its flags get a mark, so that their dashes stay before them.
 */
export const signed = (sender: string, message: string): string =>
  /^[^\p{L}]*\p{Script=Arabic}/u.test(message) ? message.replace(/(?<![\w-])-{1,2}(?=[a-z])/gi, `${LEFT_TO_RIGHT_MARK}$&`) : `${sender}: ${message}`;
