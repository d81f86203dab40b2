import type { Links } from '../links.js';

/** Where the events go on after those that an answer shows. */
export const presentNextEvents = (job: number, start: number, links: Links) => ({
  'next-events': { id: links.events(job, start), event: String(start) },
});
