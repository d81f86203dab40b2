export * from './event.js';
export * from './json.js';
export * from './job/events.js';
export * from './scheduled-job/events.js';
export * from './subject/events.js';
export * from './writer/events.js';
export * from './command.js';
export * from './refusal.js';
