import type { GitHttpRequest, GitHttpResponse } from 'isomorphic-git/http/web';
import { LabError } from '../../../core/lab-error.js';
import type { Credentials, RemoteOptions } from '../../../lab/remote-port.js';
import { joinBytes } from './pkt-line.js';


export type Service = 'git-upload-pack' | 'git-receive-pack';

/** More than this is not taken from a remote. */
const MOST_BYTES = 512 * 2 ** 20;

/** No cookie, no referrer, nothing kept: only what the learner gave goes out. */
const FETCH = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' };

/** isomorphic-git's client, which is `fetch` in a page and in Node alike (its own client for Node waits for ever when an answer is cut short). */
const request = async (asked: GitHttpRequest): Promise<GitHttpResponse> => (await import('isomorphic-git/http/web')).request({ ...asked, fetchOptions: FETCH });

/** Requests to one smart-HTTP repository; what goes wrong is said in the lab's codes. */
export class Wire {
  private base: string;

  constructor(
    readonly url: string,
    private readonly options: RemoteOptions,
  ) {
    this.base = url;
  }

  /** What a service has: the answer to `info/refs`. */
  advertised(service: Service): Promise<Uint8Array> {
    return this.ask(`/info/refs?service=${service}`, { type: `application/x-${service}-advertisement` });
  }

  /** Sends a request to a service and gives its whole answer. */
  call(service: Service, body: Uint8Array): Promise<Uint8Array> {
    return this.ask(`/${service}`, { type: `application/x-${service}-result`, service, body });
  }

  private async ask(path: string, { type, service, body }: { type: string; service?: Service; body?: Uint8Array }): Promise<Uint8Array> {
    const { url, options: { signal, credentials } } = this;
    const headers: Record<string, string> = { accept: type, ...(service ? { 'content-type': `application/x-${service}-request` } : {}), ...(credentials ? { authorization: basic(credentials) } : {}) };
    const asked = { url: this.base + path, headers, ...(signal ? { signal } : {}), ...(body ? { method: 'POST', body: once(body) } : { method: 'GET' }) };
    const reply = await request(asked).catch((cause: unknown) => {
      throw this.explain(cause, 'remote-unreachable');
    });
    this.follow(path, reply.url);
    this.checkStatus(reply.statusCode);
    const got = await this.collect(reply.body ?? once(new Uint8Array()));
    const told = Object.entries(reply.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    if (told?.split(';')[0]!.trim() !== type) throw new LabError('remote-not-git', { url });
    return got;
  }

  /** A repository that has moved is followed within its own server only, so that a password goes nowhere else. */
  private follow(path: string, to: string): void {
    if (to === this.base + path || to === '') return;
    if (new URL(to).origin !== new URL(this.base).origin || !to.endsWith(path)) throw new LabError('remote-moved', { url: this.url, to });
    this.base = to.slice(0, -path.length);
  }

  private checkStatus(status: number): void {
    const { url } = this;
    if (status === 401) throw new LabError('remote-login', { url, given: this.options.credentials !== undefined });
    if (status === 403) throw new LabError('remote-forbidden', { url });
    if (status === 404) throw new LabError('remote-missing', { url });
    if (status !== 200) throw new LabError('remote-status', { url, status });
  }

  private async collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const part of body) {
        this.options.signal?.throwIfAborted();
        size += part.length;
        if (size > MOST_BYTES) throw new LabError('remote-broken', { url: this.url, reason: `more than ${MOST_BYTES} bytes` });
        parts.push(part);
      }
    } catch (cause) {
      throw this.explain(cause, 'remote-cut-off');
    }
    return joinBytes(parts);
  }

  private explain(cause: unknown, code: 'remote-unreachable' | 'remote-cut-off'): LabError {
    if (this.options.signal?.aborted) return new LabError('cancelled');
    if (cause instanceof LabError) return cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new LabError(code, { url: this.url, reason });
  }
}

/** Basic authentication of UTF-8 words (RFC 7617). */
const basic = ({ username, password }: Credentials): string => `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)))}`;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
