/** Name of the agent that a server runs beside itself; it also reaches the nodes that have no agent. */
export const LOCAL_NODE = 'localhost';
