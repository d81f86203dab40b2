export { encodeSnapshot } from './encode.js';
export type { Snapshot } from './encode.js';
export { openSnapshotStore } from './jetstream.js';
export { newestSnapshot } from './newest.js';
export type { Snapshots } from './newest.js';
export { saveSnapshot } from './save.js';
export type { EncodedSnapshot, SnapshotStore } from './store.js';
