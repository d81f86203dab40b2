import type { BesideStore } from '#read-store';

/** What the thread that writes rows is started with. */
export interface StoreThreadData {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Whether it writes beside the live tables, into ones that it makes. */
  readonly isBeside: boolean;
}

/** What is asked of the database. */
export type StoreMethod = Exclude<keyof BesideStore, 'isTransient' | 'close'>;

export type ToStoreThread = StoreCall | { readonly type: 'close' };

export interface StoreCall {
  readonly type: 'call';
  /** Names the call in its answer. */
  readonly id: number;
  readonly method: StoreMethod;
  readonly args: Parameters<BesideStore[StoreMethod]>;
}

export type FromStoreThread =
  | { readonly type: 'opened' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | ({ readonly type: 'failure'; readonly id: number } & StoreFailure);

export interface StoreFailure {
  readonly message: string;
  readonly isTransient: boolean;
  /** Place of the changes that were refused; null: it is not about changes. */
  readonly set: number | null;
}
