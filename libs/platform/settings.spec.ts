import { readSettings } from './settings.js';

describe('the settings', () => {
  it('have defaults; an empty variable counts as absent', () => {
    const settings = readSettings({ DAYBOOK_PORT: '' });
    expect(settings).toMatchObject({ DAYBOOK_PORT: 8143, DAYBOOK_JOBS_PORT: 3500, DAYBOOK_DATA_DIR: '.daybook' });
    expect(settings.NATS_URL).toBeNull();
  });

  it('are read from their variables', () => {
    const settings = readSettings({ DAYBOOK_PORT: '0', DAYBOOK_MODULEPATH: '/a::/b', DAYBOOK_LOCAL_AGENT: 'off' });
    expect(settings).toMatchObject({ DAYBOOK_PORT: 0, DAYBOOK_MODULEPATH: ['/a', '/b'], DAYBOOK_LOCAL_AGENT: 'off' });
  });

  it.each([
    ['DAYBOOK_PORT', 'http', 'an integer from 0 to 65535'],
    ['DAYBOOK_PORT', '65536', 'an integer from 0 to 65535'],
    ['DAYBOOK_AGENT_GRACE_MS', '-1', 'an integer from 100 to 3600000'],
    ['DAYBOOK_LOCAL_AGENT', 'yes', 'one of on, off'],
    ['DAYBOOK_ADMIN_TOKEN', 'short', 'at least 16 printable characters'],
    ['DAYBOOK_PUBLIC_URL', 'ftp://x', 'an http or https URL'],
    ['DATABASE_URL', 'mysql://x', 'a postgresql URL'],
    ['DAYBOOK_TIME_ZONE', 'Mars/Olympus', 'the name of an IANA time zone'],
    ['DAYBOOK_APPS', 'sub', '`<app>=<URL>` for each app'],
    ['DAPR_API_TOKEN', 'two words', 'printable characters without a space'],
    ['DAYBOOK_LOG_LEVEL', 'loud', 'one of trace,'],
  ])('refuse %s=%s, saying what was expected', (name, value, expected) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name} is '${value}', expected ${expected}`);
  });

  it('want certificate and key together', () => {
    expect(() => readSettings({ DAYBOOK_TLS_CERT: 'cert.pem' })).toThrow('DAYBOOK_TLS_CERT and DAYBOOK_TLS_KEY');
  });

  it('want a token for the Jobs API where other machines can reach it', () => {
    expect(() => readSettings({ DAYBOOK_HOST: '0.0.0.0' })).toThrow(
      "DAYBOOK_HOST is '0.0.0.0' and DAPR_API_TOKEN is not set, expected a token",
    );
    expect(readSettings({ DAYBOOK_HOST: '0.0.0.0', DAPR_API_TOKEN: 't' }).DAPR_API_TOKEN).toBe('t');
    expect(readSettings({ DAYBOOK_HOST: 'localhost' }).DAPR_API_TOKEN).toBeNull();
  });
});
