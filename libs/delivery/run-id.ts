/** The id under which apps see a run: no two logs or runs share one, and all attempts of a run have the same. */
export const runId = (streamId: string, run: number) => `${streamId.replaceAll('-', '').slice(0, 12)}-r${run}`;
