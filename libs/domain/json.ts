export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

/** A value kept outside the event, in the object store under its digest. `size` is in bytes of its JSON text. */
export interface LargeValue {
  readonly sha256: string;
  readonly size: number;
}

/** A value that stands in the event itself, or only its digest when its JSON text is larger than 64 kB. */
export type Stored<T extends Json> = { readonly value: T } | LargeValue;
