import type { Links } from '../links.js';

/** Addresses of a test. */
export const links: Links = {
  below: (path) => path,
  task: (name) => `tasks/${name}`,
  plan: (name) => `plans/${name}`,
  environment: (name) => `environments/${name}`,
  scheduledJob: (id) => `s/${id}`,
  environmentJob: (id) => `s/e/${id}`,
  job: (id) => `j/${id}`,
  planJob: (id) => `p/${id}`,
  planJobEvents: (id) => `p/${id}/events`,
  nodes: (id) => `j/${id}/nodes`,
  report: (id) => `j/${id}/report`,
  events: (id) => `j/${id}/events`,
};
