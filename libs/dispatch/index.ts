export { startDispatch } from './start.js';
export type { Dispatch, DispatchOptions } from './start.js';
