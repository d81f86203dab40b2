import { globSync } from 'node:fs';
import { codeIn, firstTable, read, section } from './markdown.js';
import { routesOf } from './routes.js';

describe('docs/jobs-api.md', () => {
  it('lists exactly the routes that are served', () => {
    const rows = firstTable(section(read('docs/jobs-api.md'), 'Routes'));
    const served = routesOf(globSync('libs/jobs-api/**/*.controller.ts'));
    expect(rows.map(([route]) => codeIn(route!)).sort()).toEqual(served.sort());
  });
});
