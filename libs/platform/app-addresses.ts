/** What `isAppAddress` takes, for messages. */
export const APP_ADDRESS_EXPECTED = 'an http or https URL without login, query and fragment';

const LONGEST = 2000;

/** Whether apps may be called back at an address. */
export function isAppAddress(text: string): boolean {
  if (text.length > LONGEST || !/^https?:\/\/[^\s?#\\]+$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

const APP_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;

/** What `isAppId` takes, for messages. */
export const APP_ID_EXPECTED = '1 to 253 letters, digits, dots, underscores and hyphens, the first a letter or a digit';

export const isAppId = (text: string) => APP_ID.test(text);

/** Where an app is called back. */
export interface AppAddresses {
  readonly id: string;
  /** Used in turn. */
  readonly addresses: readonly string[];
}

/** Reads `sub=http://127.0.0.1:6001|http://127.0.0.1:6002,default=…`; undefined: the text is not that. */
export function parseAppAddresses(text: string): readonly AppAddresses[] | undefined {
  const apps = text.split(',').map((app) => {
    const [id = '', ...rest] = app.trim().split('=');
    return { id, addresses: rest.join('=').split('|') };
  });
  const isValid = apps.every(({ id, addresses }) => isAppId(id) && addresses.every(isAppAddress));
  return isValid && new Set(apps.map(({ id }) => id)).size === apps.length ? apps : undefined;
}
