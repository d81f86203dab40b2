export type { Begun } from './begin-work.js';
export type { Projections } from './list-projections/list-projections.controller.js';
export type { EndedWork, Projection } from './list-projections/present-projection.js';
export type * from './ports.js';
export * from './projections-api.module.js';
