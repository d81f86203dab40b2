/** What the node prints when it takes input in a terminal; what came before is not read by it. */
export const READY = 'daybook-run: ready\n';

/** What stands before a task's own output: all before it is of the login. */
export const BEGAN = 'daybook-run: began\n';

/** What stands after the output of a task that itself ended with 255, with which ssh tells that it failed. */
export const ENDED_WITH_255 = '\ndaybook-run: 255\n';
