/** A name that keeps its own direction inside a sentence of the other one (Unicode isolates). */
export const isolate = (name: string): string => `\u2068${name}\u2069`;

/** A number that keeps its sign before it inside a sentence that runs from right to left. */
export const isolateNumber = (number: string): string => `\u2066${number}\u2069`;

/** The first eight letters of a digest or commit, as git shows them. */
export const shortId = (id: string): string => id.slice(0, 8);
