import type { ServeReply, ServeRequest } from '../../core/serve/protocol.js';
import { cellText, columnOf } from '../../core/table/select.js';
import type { Column, Table } from '../../core/table/table.js';
import { problem } from './problem.js';
import { RateLimit, RATE } from './rate-limit.js';
import { TokenDesk } from './token-desk.js';

/** From this application on the provider's new system writes `income` as text: the late change that a reader must notice. */
const CHANGED_FROM = 2701;
const CHANGED_FIELD = 'income';
const PAGE = { usual: 100, most: 200 } as const;

/**
 * Loan applications over HTTP: pages with `next` links, a bearer token, a limit of requests, and a field that changes its type. Real
 * rows of the credit set; errors are `application/problem+json` (RFC 9457). Time in milliseconds is an argument.
 */
export class LoanApi {
  private readonly tokens = new TokenDesk();
  private readonly limit = new RateLimit();

  constructor(private readonly table: () => Promise<Table>) {}

  async answer(request: ServeRequest, now: number): Promise<ServeReply> {
    const path = request.path.replace(/\/+$/, '');
    if (path === 'api/v1') return this.reply(request, 'GET', describeApi);
    if (!['api/v1/token', 'api/v1/applications', 'api/v1/decisions'].includes(path) && !path.startsWith('api/v1/applications/')) return problem(404, `there is nothing at /${path}; see /api/v1`);
    if (path === 'api/v1/token') return this.reply(request, 'POST', () => this.tokens.give(request, now));
    const client = this.tokens.clientOf(request.headers?.['authorization'], now);
    if (client === undefined) return problem(401, 'a bearer token is needed; POST /api/v1/token gives one', { 'www-authenticate': 'Bearer realm="loans"' });
    const wait = this.limit.take(client, now);
    if (wait > 0) return problem(429, `at most ${RATE.requests} requests in ${RATE.milliseconds / 1000} s; try again in ${wait} s`, { 'retry-after': String(wait) });
    if (path === 'api/v1/decisions') return problem(403, 'your token has the scope applications:read; decisions need decisions:read');
    return this.reply(request, 'GET', () => (path === 'api/v1/applications' ? this.page(request) : this.one(path.slice('api/v1/applications/'.length))));
  }

  private reply(request: ServeRequest, method: string, answer: () => ServeReply | Promise<ServeReply>): ServeReply | Promise<ServeReply> {
    return request.method.toUpperCase() === method ? answer() : problem(405, `this address takes ${method}`, { allow: method });
  }

  private async page(request: ServeRequest): Promise<ServeReply> {
    const asked = new URLSearchParams(request.query ?? '');
    const known = [...asked.keys()].find((key) => key !== 'page' && key !== 'per_page');
    if (known !== undefined) return problem(400, `there is no parameter ${known}; there are page and per_page`);
    const page = wholeNumber(asked.get('page') ?? '1');
    const size = wholeNumber(asked.get('per_page') ?? String(PAGE.usual));
    if (page === undefined) return problem(400, `page must be a whole number from 1, not "${asked.get('page')}"`);
    if (size === undefined || size > PAGE.most) return problem(400, `per_page must be a whole number from 1 to ${PAGE.most}, not "${asked.get('per_page')}"`);
    const table = await this.table();
    const pages = Math.ceil(table.rows / size);
    if (page > pages) return problem(404, `there are ${pages} pages`);
    const first = (page - 1) * size;
    const data = Array.from({ length: Math.min(size, table.rows - first) }, (_, i) => recordOf(table, first + i));
    const link = (to: number): string | null => (to < 1 || to > pages ? null : `./api/v1/applications?page=${to}&per_page=${size}`);
    return json({ data, page, pages, total: table.rows, links: { next: link(page + 1), prev: link(page - 1) } });
  }

  private async one(id: string): Promise<ServeReply> {
    const number = wholeNumber(id);
    const table = await this.table();
    if (number === undefined) return problem(400, `an application has a whole number, not "${id}"`);
    return number > table.rows ? problem(404, `there is no application ${id}`) : json(recordOf(table, number - 1));
  }
}

const describeApi = (): ServeReply =>
  json({
    title: 'Loan applications',
    token: { method: 'POST', path: './api/v1/token', body: { grant_type: 'client_credentials', client_id: 'learner', client_secret: 'open-sesame' } },
    paths: { './api/v1/applications': `pages; page from 1, per_page up to ${PAGE.most}`, './api/v1/applications/{id}': 'one application', './api/v1/decisions': 'needs the scope decisions:read' },
    rate: RATE,
  });

const wholeNumber = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

function recordOf(table: Table, row: number): Record<string, unknown> {
  const cells = table.columns.map((column) => [column.name, valueOf(column, row)] as const);
  const record: Record<string, unknown> = { id: row + 1, ...Object.fromEntries(cells) };
  if (row + 1 >= CHANGED_FROM) record[CHANGED_FIELD] = cellText(columnOf(table, CHANGED_FIELD), row) || null;
  return record;
}

function valueOf(column: Column, row: number): string | number | null {
  if (column.type === 'text' || column.type === 'date') return cellText(column, row) || null;
  const value = column.values[row] ?? NaN;
  return Number.isNaN(value) ? null : value;
}

const json = (value: unknown): ServeReply => ({ status: 200, body: `${JSON.stringify(value)}\n`, headers: { 'cache-control': 'no-store' } });
