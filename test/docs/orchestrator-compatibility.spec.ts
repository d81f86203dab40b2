import { globSync } from 'node:fs';
import { codeIn, firstTable, read, section } from './markdown.js';
import { routesOf } from './routes.js';

/** The Jobs API has a port and a document of its own. */
const controllers = globSync('libs/**/*.controller.ts').filter((path) => !path.includes('jobs-api'));

describe('docs/orchestrator-compatibility.md', () => {
  it('lists exactly the endpoints that are served', () => {
    const rows = firstTable(section(read('docs/orchestrator-compatibility.md'), 'Endpoints'));
    expect(rows.map(([endpoint]) => codeIn(endpoint!)).sort()).toEqual(routesOf(controllers).sort());
  });
});
