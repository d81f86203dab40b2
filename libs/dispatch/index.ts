export { BrokerAway, followPresence } from './presence.js';
export type { ConnectedNode, Presence } from './presence.js';
export { startDispatch } from './start.js';
export type { Dispatch, DispatchOptions } from './start.js';
