/** Who holds the lease, as last seen. */
export interface Holder {
  /** Names the process. */
  readonly id: string;
  /** The reign it has opened; null: it is still reading the log. */
  readonly reign: number | null;
}

/**
 * A lease on the writer's place. It only saves work: that at most one writes is seen to by the log itself, which takes
 * a commit only directly after the one that its writer knows.
 */
export interface Lease {
  /** Becomes the holder if nobody is; false: somebody is, or the broker does not say. */
  acquire(): Promise<boolean>;
  /** Stays the holder and tells the reign. `lost`: another one holds it; `unknown`: the broker does not say. */
  renew(reign: number | null): Promise<'held' | 'lost' | 'unknown'>;
  /** Another number whenever somebody else may have held it in between. */
  readonly tenure: number;
  /** The holder; null: nobody. @throws Error when the broker does not say */
  holder(): Promise<Holder | null>;
  /** Gives it up, so that another one need not wait until it runs out. */
  release(): Promise<void>;
}

/** The lease of a server that shares its log with nobody. */
export const soleLease: Lease = {
  acquire: () => Promise.resolve(true),
  renew: () => Promise.resolve('held'),
  tenure: 0,
  holder: () => Promise.resolve(null),
  release: () => Promise.resolve(),
};
