/** Whether the server can do its whole work, and if not, what is missing. */
export type Readiness = () => { readonly ready: boolean; readonly reasons: readonly string[] };
