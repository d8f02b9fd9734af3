import type { ServeReply } from '../../core/serve/protocol.js';
import type { CommandCall, CommandResult, TerminalCommand } from '../command.js';
import { resolvePath } from '../paths.js';

interface Request {
  method: string | undefined;
  data: string[];
  headers: string[];
  urls: string[];
  include: boolean;
  head: boolean;
  fail: boolean;
  output: string | undefined;
  writeOut: string | undefined;
}

/** A refusal with curl's exit status. */
class CurlError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const HELP = `Usage: curl [options] <url>
 -d, --data <data>        Send data with POST; @file reads a file, @- standard input
     --data-raw <data>    The same, without @
     --data-binary <data> The same, line ends kept
     --json <data>        The same as --data, for JSON
 -f, --fail               Fail with status 22 on an HTTP error
 -H, --header <header>    For serving: Content-Type and Accept: application/json; for the API any header
 -I, --head               Show the status line and headers only
 -i, --include            Show the status line and headers too
 -o, --output <file>      Write to a file
 -s, --silent  -S, --show-error
 -w, --write-out <text>   Show text afterwards; knows %{http_code}
 -X, --request <method>   The method to use
The URL is ./serving/v2/... or ./api/v1/..., also as /... or http://localhost/...
`;
const VALUES: Readonly<Record<string, string>> = {
  '-X': 'method', '--request': 'method', '-d': 'data', '--data': 'data', '--data-ascii': 'data', '--data-raw': 'raw', '--data-binary': 'binary',
  '--json': 'json', '-H': 'header', '--header': 'header', '-o': 'output', '--output': 'output', '-w': 'writeOut', '--write-out': 'writeOut', '--url': 'url',
};
const FLAGS: Readonly<Record<string, string>> = {
  '-i': 'include', '--include': 'include', '-I': 'head', '--head': 'head', '-f': 'fail', '--fail': 'fail',
  '-s': 'silent', '--silent': 'silent', '-S': 'silent', '--show-error': 'silent', '-g': 'silent', '--globoff': 'silent',
};
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 413: 'Payload Too Large', 415: 'Unsupported Media Type', 429: 'Too Many Requests',
  500: 'Internal Server Error', 501: 'Not Implemented', 503: 'Service Unavailable',
};

/** `curl`, for the lab's own endpoint and data API alone; options and exit statuses are curl's. */
export const curl: TerminalCommand = {
  name: 'curl',
  summary: "ask the lab's own endpoint, ./serving/v2/..., or its data API, ./api/v1",
  async run(words, call) {
    if (words.includes('--help') || words.includes('-h')) return { out: HELP, status: 0 };
    try {
      return await answer(await readWords(words, call), call);
    } catch (cause) {
      if (cause instanceof CurlError) return { err: `curl: ${cause.message}\n`, status: cause.status };
      throw cause;
    }
  },
};

async function answer(request: Request, call: CommandCall): Promise<CommandResult> {
  const [url] = request.urls;
  if (url === undefined) throw new CurlError("try 'curl --help' for more information", 2);
  if (request.urls.length > 1) throw new CurlError('(2) one URL at a time here', 2);
  const address = endpointAddress(url);
  const headers = readHeaders(request, address.query !== undefined);
  const body = request.data.length > 0 ? request.data.join('&') : undefined;
  const method = request.method ?? (request.head ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  // Asking counts requests and so writes; what this line wrote before must be saved and out of the way.
  await call.turn.end();
  const reply = await call.host.serve({ method: method === 'HEAD' ? 'GET' : method, path: address.path, body, ...(address.query === undefined ? {} : { query: address.query, headers }) });
  const head = headOf(reply);
  const shown = (request.include || request.head ? head : '') + (request.head ? '' : reply.body);
  const after = (request.writeOut ?? '').replaceAll('%{http_code}', String(reply.status)).replaceAll('%{response_code}', String(reply.status)).replaceAll('\\n', '\n');
  if (request.fail && reply.status >= 400) return { out: after, err: `curl: (22) The requested URL returned error: ${reply.status}\n`, status: 22 };
  if (request.output === undefined) return { out: shown + after, status: 0 };
  await call.writeFile(resolvePath(call.folder, request.output), shown);
  return { out: after, status: 0 };
}

function headOf({ status, body, headers = {} }: ServeReply): string {
  const all = { 'content-type': 'application/json', 'content-length': String(new TextEncoder().encode(body).length), ...headers };
  return `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** The path from `v2` or `api/v1` on (an API has a query too), for an address of this page; any other host is refused as unreachable. */
function endpointAddress(url: string): { path: string; query?: string } {
  const elsewhere = new CurlError("(6) only the lab's own endpoint can be reached from here", 6);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') throw new CurlError(`(1) Protocol "${scheme}" not supported`, 1);
  const local = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/.*)?$/i.exec(url);
  if (scheme !== undefined && !local) throw elsewhere;
  const path = scheme === undefined ? url : (local?.[3] ?? '/');
  const [place = '', query = ''] = path.replace(/#.*$/s, '').split(/\?(.*)/s);
  const api = /^(?:\.?\/)?(api\/v1(?:\/.*)?)$/s.exec(place);
  if (api) return { path: api[1]!.replace(/\/+$/, ''), query };
  const found = /^(?:\.?\/)?serving\/(.*)$/s.exec(place);
  if (!found) throw elsewhere;
  return { path: found[1]!.replace(/\/+$/, '') };
}

/** Headers by their names in small letters; the endpoint of models speaks JSON only and reads no other header. */
function readHeaders({ headers, data }: Request, any: boolean): Readonly<Record<string, string>> {
  const read: Record<string, string> = data.length > 0 ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  for (const header of headers) {
    const at = header.indexOf(':');
    const [name, value] = [header.slice(0, Math.max(0, at)).trim().toLowerCase(), header.slice(at + 1).trim()];
    const json = /^(application\/json|\*\/\*$)/i.test(value);
    if (at < 1 || (!any && (!['content-type', 'accept'].includes(name) || !json))) throw new CurlError(`(43) header '${header}': the endpoint speaks application/json and reads no other header`, 43);
    read[name] = value;
  }
  return read;
}

async function readWords(words: readonly string[], call: CommandCall): Promise<Request> {
  const request: Request = { method: undefined, data: [], headers: [], urls: [], include: false, head: false, fail: false, output: undefined, writeOut: undefined };
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!word.startsWith('-') || word === '-') request.urls.push(word);
    else for (const [option, inline] of splitOption(word)) {
      if (FLAGS[option] !== undefined) setFlag(request, FLAGS[option]);
      else if (VALUES[option] === undefined) throw new CurlError(`option ${word}: is unknown\ncurl: try 'curl --help' for more information`, 2);
      else {
        const value = inline ?? words[++i];
        if (value === undefined) throw new CurlError(`option ${option}: requires parameter\ncurl: try 'curl --help' for more information`, 2);
        await setValue(request, VALUES[option], value, call);
      }
    }
  }
  return request;
}

/** `-sX POST` and `-XPOST` as curl reads them. */
function splitOption(word: string): [string, string | undefined][] {
  if (word.startsWith('--')) return [[word, undefined]];
  const out: [string, string | undefined][] = [];
  for (let i = 1; i < word.length; i++) {
    const option = `-${word[i]}`;
    const rest = word.slice(i + 1);
    if (VALUES[option] !== undefined) return [...out, [option, rest === '' ? undefined : rest]];
    out.push([option, undefined]);
  }
  return out;
}

function setFlag(request: Request, name: string): void {
  if (name === 'include' || name === 'head' || name === 'fail') request[name] = true;
}

async function setValue(request: Request, name: string, value: string, call: CommandCall): Promise<void> {
  if (name === 'json') request.headers.unshift('content-type: application/json');
  if (name === 'data' || name === 'json') request.data.push(value.startsWith('@') ? (await readData(value.slice(1), call)).replace(/[\r\n]/g, '') : value);
  else if (name === 'binary') request.data.push(value.startsWith('@') ? await readData(value.slice(1), call) : value);
  else if (name === 'raw') request.data.push(value);
  else if (name === 'header') request.headers.push(value);
  else if (name === 'url') request.urls.push(value);
  else if (name === 'method') request.method = value.toUpperCase();
  else if (name === 'output' || name === 'writeOut') request[name] = value;
}

async function readData(file: string, call: CommandCall): Promise<string> {
  if (file === '-') return call.stdin;
  const bytes = await call.readFile(resolvePath(call.folder, file)).catch(() => undefined);
  if (!bytes) throw new CurlError(`option -d: error encountered when reading a file\ncurl: (26) Failed to open ${file}`, 26);
  return new TextDecoder().decode(bytes);
}
