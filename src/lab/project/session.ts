import { LabError } from '../../core/lab-error.js';
import type { DatasetFacts } from '../../core/table/dataset-facts.js';
import { parseCsv } from '../../core/table/csv-parser.js';
import { withPixelColumns } from '../../core/table/image-set.js';
import { LiveSource } from '../../world/live-source.js';
import type { Platform } from '../platform.js';
import { ArtefactReader } from './artefacts.js';
import { columnTypes } from './column-types.js';
import type { TrafficLog } from './traffic-log.js';

/** What stays in memory between verbs: only things that can be read again. */
export class Session {
  readonly artefacts: ArtefactReader;
  /** Traffic logs by service, as far as they were read. */
  readonly traffic = new Map<string, TrafficLog>();
  private facts: readonly DatasetFacts[] | undefined;
  private readonly sources = new Map<string, LiveSource>();

  constructor(readonly platform: Platform) {
    this.artefacts = new ArtefactReader(platform);
  }

  /** Drops what a discarded or foreign change may have made wrong; what is kept by content stays. */
  forget(): void {
    this.traffic.clear();
  }

  /** The shipped data sets. */
  async catalogue(): Promise<readonly DatasetFacts[]> {
    this.facts ??= (JSON.parse(new TextDecoder().decode(await this.platform.asset('data/datasets.json'))) as { readonly datasets: readonly DatasetFacts[] }).datasets.map(withPixelColumns);
    return this.facts;
  }

  /** Facts of one shipped set; throws `unknown-dataset`. */
  async dataset(id: string): Promise<DatasetFacts> {
    const catalogue = await this.catalogue();
    const facts = catalogue.find((set) => set.id === id);
    if (!facts) throw new LabError('unknown-dataset', { id, known: catalogue.map((set) => set.id) });
    return facts;
  }

  /** A shipped set that goes on day by day; throws `not-live`. */
  async liveSource(id: string): Promise<LiveSource> {
    const known = this.sources.get(id);
    if (known) return known;
    const facts = await this.dataset(id);
    if (!facts.live || !facts.time) throw new LabError('not-live', { id });
    const { table } = parseCsv(await this.platform.asset(`data/${facts.file}`), { types: columnTypes(facts) });
    const source = new LiveSource(table, facts.time);
    this.sources.set(id, source);
    return source;
  }
}
