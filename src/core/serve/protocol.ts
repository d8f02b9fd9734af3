/** A request to the Open Inference Protocol endpoint; `path` starts at `v2`. */
export interface ServeRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Its answer: a JSON body with an HTTP status. */
export interface ServeReply {
  readonly status: number;
  readonly body: string;
}
