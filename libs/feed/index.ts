export { openFeed } from './jetstream/feed-stream.js';
export type { Feed } from './jetstream/feed-stream.js';
export * from './jetstream/subscriber-places.js';
export * from './republish.js';
