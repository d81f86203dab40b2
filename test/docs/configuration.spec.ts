import { AGENT_SETTINGS, SETTINGS } from '#platform';
import type { Setting } from '#platform';
import { firstTable, read, section } from './markdown.js';

const rowsOf = (settings: Readonly<Record<string, Setting<unknown>>>) =>
  Object.entries(settings).map(([name, { description, defaultText, expected }]) => [
    `\`${name}\``,
    description,
    defaultText && `\`${defaultText}\``,
    expected,
  ]);

describe('docs/configuration.md', () => {
  it('lists exactly the settings of the server, with meaning, default and expectation', () => {
    expect(firstTable(section(read('docs/configuration.md'), 'The server'))).toEqual(rowsOf(SETTINGS));
  });

  it('lists exactly the settings of the agent, with meaning, default and expectation', () => {
    const text = section(read('docs/configuration.md'), 'The agent');
    expect(firstTable(text.slice(text.indexOf('| setting')))).toEqual(rowsOf(AGENT_SETTINGS));
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
