import { EVERYTHING, permission, VIEW } from '#domain';
import { ALL_TYPES, visibleTypes } from './who-may-see.js';

describe('the events that somebody may see', () => {
  it('are all of them for an administrator, and none without a permission', () => {
    expect(visibleTypes([EVERYTHING])).toEqual(ALL_TYPES);
    expect(visibleTypes([])).toEqual([]);
  });

  it('are never those of users, roles, tokens, apps and the writer for anybody else', () => {
    const most = [VIEW, permission('nodes', 'view_data'), permission('node_groups', 'view'), permission('users', '*')];
    const seen = visibleTypes(most);
    expect(seen).toContain('daybook.job.created');
    expect(seen.filter((type) => /^daybook\.(subject|role|token|app|app-job|app-jobs|writer)\./.test(type))).toEqual(
      [],
    );
    expect(seen).not.toContain('daybook.agent.invited');
  });

  it('are the facts of nodes only with the permission for these', () => {
    expect(visibleTypes([VIEW])).not.toContain('daybook.node.facts-reported');
    expect(visibleTypes([permission('nodes', 'view_data')])).toEqual(['daybook.node.facts-reported']);
  });
});
