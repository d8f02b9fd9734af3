/** Where an exported model comes from and what it promised: the card that travels with it. */
export interface Lineage {
  /** Such as `ridership version 3`. */
  readonly title: string;
  readonly name?: string;
  readonly version?: number;
  readonly aliases: readonly string[];
  readonly run: { readonly id: string; readonly name: string; /** RFC 3339. */ readonly started: string; readonly seed: number; readonly params: Readonly<Record<string, string>> };
  readonly commit?: string;
  readonly data: { readonly md5: string; readonly path: string; readonly dataset?: string; readonly licence?: string };
  readonly prepared: { readonly md5: string };
  readonly model: { readonly md5: string; readonly kind: string; readonly task: string };
  readonly metrics: Readonly<Record<string, number>>;
  /** RFC 3339. */
  readonly exported: string;
}
