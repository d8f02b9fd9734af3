/** A request to the Open Inference Protocol endpoint (`path` starts at `v2`) or to the lab's data API (`path` starts at `api/v1`). */
export interface ServeRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** Names in small letters; only the lab's data API reads them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands behind the `?`, without it. */
  readonly query?: string;
}

/** Its answer: a JSON body with an HTTP status. */
export interface ServeReply {
  readonly status: number;
  readonly body: string;
  /** Besides the usual ones; `content-type` is `application/json` where it is not named. */
  readonly headers?: Readonly<Record<string, string>>;
}
