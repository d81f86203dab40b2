import type { NodeGroup } from '#domain';

/** With the keys of the classifier that mean nothing here, as its clients read them. */
export const presentGroup = (group: NodeGroup) => ({
  ...group,
  environment: 'production',
  environment_trumps: false,
  classes: {},
  variables: {},
});
