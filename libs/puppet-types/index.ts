export { accepts } from './matches.js';
export { parsePlanType, parseType } from './parse-type.js';
export { compilePattern } from './pattern.js';
export { printType } from './print-type.js';
export * from './puppet-type.js';
