import { featureTable } from '../../core/features/recipe-features.js';
import { applyRecipe } from '../../core/prepare/apply-recipe.js';
import { unseenValues } from '../../core/prepare/unseen-values.js';
import { handleInference } from '../../core/serve/open-inference.js';
import type { ServeReply, ServeRequest } from '../../core/serve/protocol.js';
import { servedModel, type ServedModel } from '../../core/serve/served-model.js';
import { predict } from '../../core/train/fit.js';
import type { Snapshot } from '../views/snapshot.js';
import { collectedPast, newestIn } from '../engineering/live-features.js';
import { contractForRequests, requestContract } from '../cleaning/request-contract.js';
import type { Session } from './session.js';
import { loadRegistry, loadServices, loadWorld, saveServices, type ServiceState } from './state.js';

/** The endpoint: every service by its name, and each usable version of its model by number. */
export class Serving {
  private models: readonly ServedModel[] = [];
  private services: readonly ServiceState[] = [];
  /** Requests answered since the last save, by service and by pinned `model/version`. */
  private readonly answered = new Map<string, number>();
  private readonly pinned = new Map<string, number>();

  constructor(private readonly session: Session) {}

  /** Reads again what is deployed; models come from the object store once. */
  async refresh(): Promise<void> {
    const { services } = await loadServices(this.session.platform);
    this.services = services;
    this.models = (await Promise.all(services.map((service) => this.versionsOf(service)))).flat();
  }

  async answer(request: ServeRequest): Promise<ServeReply> {
    const reply = handleInference(request, this.models);
    if (reply.status === 200) this.count(request);
    return reply;
  }

  /** The snapshot with the requests that were answered since the last save. */
  addAnswered(snapshot: Snapshot): Snapshot {
    if (this.answered.size === 0) return snapshot;
    return { ...snapshot, services: snapshot.services.map((service) => ({ ...service, requests: service.requests + (this.answered.get(service.name) ?? 0) })) };
  }

  /** Adds the requests answered since the last save to the services' state, as part of a verb's save. */
  async keepCounts(): Promise<void> {
    if (this.answered.size === 0 && this.pinned.size === 0) return;
    const { platform } = this.session;
    const state = await loadServices(platform);
    const today = (await loadWorld(platform))?.now ?? new Date(platform.now()).toISOString().slice(0, 10);
    const services = state.services.map((service) => ({ ...service, requests: service.requests + (this.answered.get(service.name) ?? 0) }));
    const pinnedCalls = { ...state.pinnedCalls };
    for (const [key, count] of this.pinned) pinnedCalls[key] = { count: (pinnedCalls[key]?.count ?? 0) + count, last: today };
    await saveServices(platform, { ...state, services, pinnedCalls });
    this.answered.clear();
    this.pinned.clear();
  }

  /** All usable versions of the service's model, the deployed one last: it answers when a path names none. */
  private async versionsOf({ name, model, version }: ServiceState): Promise<ServedModel[]> {
    const registry = await loadRegistry(this.session.platform);
    const usable = (registry.models[model]?.versions ?? []).filter((record) => !record.retired);
    const ordered = [...usable.filter((record) => record.version !== version), ...usable.filter((record) => record.version === version)];
    const contract = await contractForRequests(this.session.platform);
    return Promise.all(
      ordered.map(async (record) => {
        const artefact = await this.session.artefacts.model(record.modelDigest);
        const past = await collectedPast(this.session, artefact.recipe);
        const historyTo = past && newestIn(artefact.recipe, past);
        const model = servedModel(name, record.version, artefact.recipe, artefact.model, {
          applyRecipe: (recipe, table) => applyRecipe(recipe, featureTable(recipe, table, past)),
          predict,
          unseenValues: (recipe, table) => unseenValues(recipe, featureTable(recipe, table, past)),
        });
        const served = historyTo === undefined ? model : { ...model, historyTo };
        return contract ? { ...served, contract: requestContract(contract, artefact.recipe) } : served;
      }),
    );
  }

  private count({ path }: ServeRequest): void {
    const match = /^v2\/models\/([^/]+)(?:\/versions\/([^/]+))?\/infer$/.exec(path);
    const service = this.services.find((s) => s.name === match?.[1]);
    if (!service) return;
    if (match?.[2] === undefined) add(this.answered, service.name);
    else add(this.pinned, `${service.model}/${match[2]}`);
  }
}

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
