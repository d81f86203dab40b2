export * from './document.js';
export type { OpenApiOptions } from './openapi.controller.js';
export * from './openapi.module.js';
export * from './operations.js';
