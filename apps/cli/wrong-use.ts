/** The command line itself is wrong, so that nothing was asked of a server: exit status 2. */
export class WrongUse extends Error {}
