import { globSync } from 'node:fs';
import { ERRORS } from '#http';
import type { ErrorCode } from '#http';
import { JOBS_ERRORS } from '#jobs-api';
import { codeIn, firstTable, read, section } from './markdown.js';

const text = read('docs/errors.md');

/** Kinds of errors that stand in the sources of whoever makes the results of nodes. */
function kindsInResults(): string[] {
  const sources = globSync('{apps/agent,libs/dispatch}/**/*.ts').filter(
    (path) => !/\.spec\.ts$|\/testing\//.test(path),
  );
  const kinds = sources.flatMap(
    (path) => read(path).match(/(?<=')(?:daybook|bolt|puppetlabs\.\w+)\/[a-z-]+(?=')/g) ?? [],
  );
  return [...new Set(kinds)];
}

describe('docs/errors.md', () => {
  it('lists exactly the errors of the API, with their status', () => {
    const rows = firstTable(section(text, 'Answers of the orchestrator API'));
    const documented = rows.map(([kind, status]) => `${codeIn(kind!)} ${status}`);
    const expected = Object.values(ERRORS).map(({ kind, status }) => `${kind} ${status}`);
    expect(documented.sort()).toEqual(expected.sort());
  });

  it('lists exactly the errors of the Jobs API alone, and others of the API, with their status', () => {
    const rows = firstTable(section(text, 'Answers of the Jobs port'));
    const documented = new Map(rows.map(([code, statuses]) => [codeIn(code!), statuses!]));
    const own = Object.entries(JOBS_ERRORS).map(([code, { statuses }]) => [code, statuses.join(', ')] as const);
    expect(own.filter(([code, statuses]) => documented.get(code) !== statuses)).toEqual([]);
    const others = [...documented].filter(([code]) => !Object.hasOwn(JOBS_ERRORS, code));
    for (const [code, status] of others) {
      const reason = code.replace('ERR_', '').replaceAll('_', '-').toLowerCase() as ErrorCode;
      expect(`${code} ${ERRORS[reason]?.status}`).toBe(`${code} ${status}`);
    }
  });

  it('lists exactly the errors in results of nodes', () => {
    const documented = firstTable(section(text, 'In the result of a node')).map(([kind]) => codeIn(kind!));
    expect(documented.sort()).toEqual(kindsInResults().sort());
  });
});
