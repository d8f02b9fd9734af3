/** A request as a learner writes it; headers are lines of `name: value`. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: string;
  readonly body: string;
}

/** What came back, with how long it took in milliseconds; `status` 0 when nothing answered. */
export interface ApiAnswer {
  readonly request: ApiRequest;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
  readonly milliseconds: number;
}

export const STEPS = ['describe', 'page', 'token', 'withToken', 'late', 'bad', 'forbidden', 'many'] as const;
export type Step = (typeof STEPS)[number];

/** The request of a step, with the token that was given last. */
export function requestOf(step: Step, token: string): ApiRequest {
  const get = (url: string, headers = ''): ApiRequest => ({ method: 'GET', url, headers, body: '' });
  const bearer = `authorization: Bearer ${token === '' ? '…' : token}`;
  switch (step) {
    case 'describe':
      return get('./api/v1');
    case 'page':
      return get('./api/v1/applications?page=1&per_page=3');
    case 'token':
      return { method: 'POST', url: './api/v1/token', headers: 'content-type: application/json', body: '{"grant_type": "client_credentials", "client_id": "learner", "client_secret": "open-sesame"}' };
    case 'late':
      return get('./api/v1/applications?page=901&per_page=3', bearer);
    case 'bad':
      return get('./api/v1/applications?page=zero', bearer);
    case 'forbidden':
      return get('./api/v1/decisions', bearer);
    default:
      return get('./api/v1/applications?page=1&per_page=3', bearer);
  }
}

/** Sends a request as any program of this site could, through the service worker. */
export async function sendRequest(request: ApiRequest): Promise<ApiAnswer> {
  const started = performance.now();
  const pairs = request.headers.split('\n').filter((line) => line.includes(':')).map((line): [string, string] => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
  try {
    const withBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body !== '';
    const response = await fetch(addressOf(request.url), { method: request.method, headers: pairs, ...(withBody ? { body: request.body } : {}) });
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    return { request, status: response.status, headers, body: await response.text(), milliseconds: performance.now() - started };
  } catch (cause) {
    return { request, status: 0, headers: '', body: cause instanceof Error ? cause.message : String(cause), milliseconds: performance.now() - started };
  }
}

/** Only addresses of the API are asked from here. */
function addressOf(url: string): string {
  const path = url.replace(/^\.?\//, '');
  if (!path.startsWith('api/')) throw new Error('the address begins with ./api/v1');
  return `./${path}`;
}

/** The token of an answer of `/token`, or nothing. */
export function tokenIn({ status, body }: ApiAnswer): string | undefined {
  if (status !== 200 || !body.includes('access_token')) return undefined;
  return (JSON.parse(body) as { access_token?: string }).access_token;
}

/** JSON laid out for reading; anything else as it came. */
export function layOutBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The same request for the terminal. */
export function curlOf({ method, url, headers, body }: ApiRequest): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const words = headers.split('\n').filter((line) => line.includes(':')).map((line) => `-H ${quoted(line.trim())}`);
  return ['curl -i', ...(method === 'GET' ? [] : [`-X ${method}`]), ...words, ...(body === '' || method === 'GET' ? [] : [`-d ${quoted(body)}`]), quoted(url)].join(' ');
}
