export { openLease } from './kv-lease.js';
export { soleLease } from './lease.js';
export type { Holder, Lease } from './lease.js';
