import { createHash, randomBytes } from 'node:crypto';

/** 256 bits of chance in base64url: nobody guesses one, so a plain digest of it is enough. */
const FORM = /^[\w-]{43}$/;

export const newToken = () => randomBytes(32).toString('base64url');

/** Whether a text may be a token that Daybook has issued. */
export const isTokenForm = (text: string) => FORM.test(text);

/** As the log has it. */
export const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url');
