import { globSync } from 'node:fs';
import { codeIn, firstTable, read, section } from './markdown.js';

/** Every route that a controller declares: `GET /orchestrator/v1/jobs/:id`. */
function routes(): string[] {
  return globSync('libs/**/*.controller.ts').flatMap((path) => {
    const source = read(path);
    const prefix = /@Controller\((?:'([^']*)')?\)/.exec(source)?.[1] ?? '';
    const methods = source.matchAll(/@(Get|Post|Put|Delete)\((?:'([^']*)')?\)/g);
    return Array.from(methods, ([, method, rest = '']) => {
      const parts = [prefix, rest].filter((part) => part !== '');
      return `${method!.toUpperCase()} /${parts.join('/')}`;
    });
  });
}

describe('docs/orchestrator-compatibility.md', () => {
  it('lists exactly the endpoints that are served', () => {
    const rows = firstTable(section(read('docs/orchestrator-compatibility.md'), 'Endpoints'));
    expect(rows.map(([endpoint]) => codeIn(endpoint!)).sort()).toEqual(routes().sort());
  });
});
