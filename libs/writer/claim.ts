import type { Lease } from '#lease';

/**
 * The claim of one writer to the place of the writer, under a lease. A copy of a log may have been left behind by the
 * others and not know it; what it tells of the end of the log is no proof of reign, but a renewed lease is.
 */
export interface Claim {
  /** Whether the lease is held now; `isUnbroken` counts from here. */
  confirm(): Promise<boolean>;
  /**
   * Whether nobody else has held the lease since `confirm`, and so nobody else can have begun a reign.
   * @throws Error when the broker does not say
   */
  isUnbroken(): Promise<boolean>;
}

/** @param reign the one that the claim is for, once it is known */
export function claimUnder(lease: Lease, reign: () => number | null): Claim {
  let tenure = lease.tenure;
  return {
    async confirm() {
      const renewed = await lease.renew(reign());
      tenure = lease.tenure;
      return renewed === 'held';
    },
    async isUnbroken() {
      const renewed = await lease.renew(reign());
      if (renewed === 'unknown') throw new Error('whether the lease is still held is not known');
      return renewed === 'held' && lease.tenure === tenure;
    },
  };
}
