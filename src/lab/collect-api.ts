import { LabError } from '../core/lab-error.js';
import type { ServeReply } from '../core/serve/protocol.js';
import { parseCsv } from '../core/table/csv-parser.js';
import type { ColumnType } from '../core/table/table.js';
import { CLIENT } from '../world/sources/token-desk.js';
import { sourceName, type Collected } from './collect-parts.js';
import { API_DATASET, apiOf } from './data-sources.js';
import type { VerbContext } from './verb.js';
import { writeRecords, type Records, type TypeChange } from './json-records.js';

/** How a reader treats a field whose type changes on the way: make the old type of it, or stop. */
export const CHANGE_WAYS = ['convert', 'stop'] as const;

interface Page {
  readonly data: Records;
  readonly total: number;
  readonly links: { readonly next: string | null };
}

/** Most refusals with 429 in a row before it gives up, and most pages. */
const PATIENCE = 5;
const PAGES = 1000;
const SIZE = 200;

/** All pages of a resource of the data API, waiting where it says so. Throws `api-failed` {status, detail}, `api-type-change` {field, record, from, to}, `api-busy`. */
export async function collectApi(context: VerbContext, resource: string, name: string | undefined, way: string, types: Record<string, ColumnType>): Promise<Collected> {
  const dataset = await sourceName(context.session, name, resource.replace(/\W+/g, '-') || 'api');
  const reader = new ApiReader(context);
  const records = await reader.readAll(`./api/v1/${resource}?page=1&per_page=${SIZE}`);
  const { content, changes } = writeRecords(records, way === 'stop');
  const { table, notes } = parseCsv(content, { types });
  const { source, licence } = await context.session.dataset(API_DATASET);
  const told = Object.fromEntries(changes.map((change) => [`${change.field}Changed`, `${change.from} to ${change.to} from record ${change.record}`]));
  return {
    table,
    content,
    notes,
    facts: { dataset, source: `data API of the lab (${source})`, licence, drop: [], categorical: [] },
    provenance: { from: 'api', query: `GET ./api/v1/${resource}`, again: { api: resource, name: dataset, onTypeChange: way }, met: { pages: reader.pages, waits: reader.waits, ...told } },
    lines: [`  ${reader.pages} pages, waited ${reader.waits} times as Retry-After asked`, ...changes.map(changeLine)],
  };
}

const changeLine = ({ field, from, to, record, converted }: TypeChange): string => `  ${field} changes from ${from} to ${to} at record ${record}; ${converted} values were made ${from} again`;

class ApiReader {
  pages = 0;
  waits = 0;
  private authorization = '';

  constructor(private readonly context: VerbContext) {}

  async readAll(start: string): Promise<Records> {
    await this.signIn();
    const records: Record<string, unknown>[] = [];
    for (let url: string | null = start; url !== null; ) {
      const page: Page = await this.readPage(url);
      records.push(...page.data);
      this.pages++;
      if (this.pages > PAGES) throw new LabError('api-failed', { status: 200, detail: 'the pages do not end' });
      this.context.progress({ done: records.length, total: page.total, note: 'reading' });
      await this.context.breathe();
      url = page.links.next;
    }
    return records;
  }

  private async signIn(): Promise<void> {
    const reply = await this.ask('POST', './api/v1/token', JSON.stringify({ grant_type: 'client_credentials', ...CLIENT }));
    this.authorization = `Bearer ${(JSON.parse(reply.body) as { access_token: string }).access_token}`;
  }

  private async readPage(url: string): Promise<Page> {
    const page = JSON.parse((await this.ask('GET', url)).body) as Partial<Page>;
    if (!Array.isArray(page.data) || page.links === undefined || page.total === undefined) throw new LabError('api-failed', { status: 200, detail: 'this address gives no pages' });
    return page as Page;
  }

  private async ask(method: string, url: string, body?: string): Promise<ServeReply> {
    const [path = '', query = ''] = url.replace(/^\.?\//, '').split('?');
    const { session, platform, signal } = this.context;
    for (let tries = 0; tries < PATIENCE; tries++) {
      const headers = { accept: 'application/json', ...(this.authorization === '' ? {} : { authorization: this.authorization }) };
      const reply = await apiOf(session).answer({ method, path, query, headers, ...(body === undefined ? {} : { body }) }, platform.now());
      if (reply.status < 400) return reply;
      if (reply.status !== 429) throw new LabError('api-failed', { status: reply.status, detail: (JSON.parse(reply.body) as { detail: string }).detail });
      this.waits++;
      this.context.progress({ done: 0, total: 0, note: 'retryAfter' });
      await sleep(Number(reply.headers?.['retry-after'] ?? 1) * 1000, signal);
    }
    throw new LabError('api-busy');
  }
}

/** Waits so many milliseconds; throws `cancelled` when asked to stop meanwhile. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new LabError('cancelled'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
