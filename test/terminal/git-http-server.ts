import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** What the server does instead of serving. */
export type Fault = 'none' | 'forbidden' | 'broken' | 'not-git' | 'cut-fetch' | 'cut-push-before' | 'cut-push-after' | 'corrupt' | 'moved';

export const LOGIN = { username: 'ada', password: 'pä55-wörd-7f3' };

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, POST, OPTIONS', 'access-control-allow-headers': 'authorization, content-type, accept', 'access-control-expose-headers': '*' };

/** Native `git http-backend` behind a small server with basic authentication and CORS; a bare repository `team.git` is there. */
export async function openGitServer() {
  const root = mkdtempSync(join(tmpdir(), 'looplab-http-'));
  const env = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'Peer', GIT_AUTHOR_EMAIL: 'p@example.org', GIT_COMMITTER_NAME: 'Peer', GIT_COMMITTER_EMAIL: 'p@example.org' };
  const native = (line: string): string => execFileSync('bash', ['-c', line], { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  native('git init -q --bare -b main team.git; git -C team.git config http.receivepack true');
  const state = { fault: 'none' as Fault, requests: [] as { method: string; url: string; origin: string | undefined; authorised: boolean }[] };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const expected = `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`, 'utf8').toString('base64')}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    const authorised = request.headers.authorization === expected;
    state.requests.push({ method: request.method ?? '', url, origin: request.headers.origin, authorised });
    const body = await buffer(request);
    if (!authorised) return void response.writeHead(401, { ...CORS, 'www-authenticate': 'Basic realm="git"' }).end();
    if (state.fault === 'forbidden') return void response.writeHead(403, CORS).end();
    if (state.fault === 'broken') return void response.writeHead(500, CORS).end('x');
    if (state.fault === 'not-git') return void response.writeHead(200, { ...CORS, 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    if (state.fault === 'moved') return void response.writeHead(302, { ...CORS, location: `http://127.0.0.1:1${url}` }).end();
    const isPush = url.endsWith('/git-receive-pack');
    if (state.fault === 'cut-push-before' && isPush) return void request.socket.destroy();
    const reply = await cgi(request, url, body);
    if (reply.status === 404) return void response.writeHead(404, CORS).end();
    if (state.fault === 'cut-push-after' && isPush) return void request.socket.destroy();
    const isFetch = url.endsWith('/git-upload-pack');
    if (state.fault === 'cut-fetch' && isFetch) {
      response.writeHead(200, { ...CORS, 'content-type': reply.type, 'content-length': reply.body.length });
      response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => request.socket.destroy());
      return;
    }
    if (state.fault === 'corrupt' && isFetch) reply.body[reply.body.length - 40]! ^= 0xff;
    response.writeHead(reply.status, { ...CORS, 'content-type': reply.type }).end(reply.body);
  }

  async function cgi(request: IncomingMessage, url: string, body: Buffer): Promise<{ status: number; type: string; body: Buffer }> {
    const [path = '', query = ''] = url.split('?');
    const child = spawn('git', ['http-backend'], {
      env: { ...env, GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: path, QUERY_STRING: query, REQUEST_METHOD: request.method, CONTENT_TYPE: request.headers['content-type'] ?? '', CONTENT_LENGTH: String(body.length), REMOTE_USER: LOGIN.username },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
    const out = await buffer(child.stdout);
    const end = out.indexOf('\r\n\r\n');
    const head = out.subarray(0, end).toString('latin1');
    return { status: Number(/^Status: (\d+)/m.exec(head)?.[1] ?? 200), type: /^Content-Type: (.*?)\r?$/im.exec(head)?.[1] ?? '', body: Buffer.from(out.subarray(end + 4)) };
  }

  await new Promise<void>((resolve) => server.listen(Number(process.env['GIT_HTTP_PORT'] ?? 0), '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    root,
    state,
    native,
    url: `http://127.0.0.1:${port}/team.git`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
