import type { ServeRequest } from './protocol.js';

/** What the service worker sends to a window, with a port for the answer: a `Standing`, or a `ServeReply`. */
export type Ask = { readonly type: 'looplab-standing' } | { readonly type: 'looplab-serve'; readonly request: ServeRequest };

/** How a window stands to the project: it owns it, reads along while another tab owns it, or is not there yet. */
export type Standing = 'owner' | 'reader' | 'opening';
