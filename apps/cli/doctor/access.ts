import type { Subject } from '#domain';
import { nodesOf } from '../nodes.js';
import type { Look } from './finding.js';

export const token: Look = async ({ api }) => {
  const { login } = await api.call<Subject>('GET', '/rbac-api/v1/users/current');
  return { outcome: 'ok', says: `that of ${login}, from ${api.token().from}` };
};

export const agents: Look = async ({ api }) => {
  const nodes = await nodesOf(api);
  const away = nodes.filter(({ connected }) => !connected).map(({ name }) => name);
  const count = nodes.length - away.length;
  if (away.length > 0) {
    const says = `connected: ${count}; away: ${away.join(', ')}`;
    return { outcome: 'warn', says, advice: "start them, or 'daybook agents revoke <node>'" };
  }
  if (count > 0) return { outcome: 'ok', says: `connected: ${count}` };
  return { outcome: 'warn', says: 'none is connected', advice: "'daybook agents invite' lets one join" };
};
