import { SETTINGS } from '#platform';
import { firstTable, read, section } from './markdown.js';

describe('docs/configuration.md', () => {
  it('lists exactly the settings of the server, with meaning, default and expectation', () => {
    const expected = Object.entries(SETTINGS).map(([name, { description, defaultText, expected }]) => [
      `\`${name}\``,
      description,
      defaultText && `\`${defaultText}\``,
      expected,
    ]);
    expect(firstTable(section(read('docs/configuration.md'), 'The server'))).toEqual(expected);
  });

  it('lists exactly the options of the agent', () => {
    const options = Array.from(
      read('apps/agent/main.ts').matchAll(/\.option\('(--[\w-]+)/g),
      ([, option]) => `\`${option}\``,
    );
    const documented = firstTable(section(read('docs/configuration.md'), 'The agent')).map(([option]) => option);
    expect(documented).toEqual(options);
  });
});
