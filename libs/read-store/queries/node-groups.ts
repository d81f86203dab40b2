import type { NodeGroup } from '#domain';
import type { Queries } from '../queries.js';
import type { Database } from './database.js';

export function nodeGroups(database: Database): Queries['nodeGroups'] {
  return async () => {
    const rows = await database.selectFrom('node_groups').select('details').execute();
    const groups = rows.map(({ details }) => JSON.parse(details) as NodeGroup);
    return groups.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
}
