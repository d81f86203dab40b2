/** The largest that fits into a column of ids. */
const LAST_ID = 2 ** 31 - 1;

/** Whether a number can be the id of a row; PostgreSQL refuses to look for one that cannot. */
export const isId = (number: number) => number <= LAST_ID;
