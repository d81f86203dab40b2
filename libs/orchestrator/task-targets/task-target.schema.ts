import { FLAG, LINK, listOf, NAME, named, objectOf, TEXT } from '#http';
import type { presentTaskTarget } from './present-task-target.js';

export const TASK_TARGET = named(
  'TaskTarget',
  objectOf<ReturnType<typeof presentTaskTarget>>(
    {
      id: LINK,
      name: NAME,
      display_name: TEXT,
      tasks: listOf(TEXT),
      all_tasks: FLAG,
      nodes: listOf(TEXT),
      node_groups: listOf(TEXT),
      pql_query: TEXT,
    },
    ['tasks', 'pql_query'],
  ),
);
