import { objectOf, orNull, TEXT } from '#http';

/** The environment in which something was found. */
export const ENVIRONMENT_REFERENCE = objectOf<{ name: string; code_id: null }>({ name: TEXT, code_id: orNull(TEXT) });
