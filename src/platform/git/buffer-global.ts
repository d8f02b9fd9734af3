import { Buffer } from 'buffer';

// isomorphic-git takes Buffer from the global object; import this before it
if (!('Buffer' in globalThis)) Object.assign(globalThis, { Buffer });
