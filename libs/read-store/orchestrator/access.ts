import { ADMINISTRATORS } from '#domain';
import type { IssuedToken } from '#domain';
import type { Projection } from '../projection.js';
import { clear, insert, put, update } from '../rows/operation.js';
import { plainText } from './plain-text.js';

type Folds = Projection['on'];

/** What `tokens` holds beside its columns. */
export type TokenDetailsJson = Pick<IssuedToken, 'label' | 'description' | 'expiresAt' | 'byLogin'>;

export const initialRoles = [insert('roles', { id: ADMINISTRATORS.id, details: JSON.stringify(ADMINISTRATORS) })];

/** Passwords and digests of tokens stay in the log. */
export const accessFolds = {
  'daybook.subject.registered': ({ data: { subject } }) => [
    put('subjects', { id: subject.id, login: plainText(subject.login), details: JSON.stringify(subject) }),
  ],
  'daybook.subject.password-set': 'ignore',
  'daybook.subject.login-failed': 'ignore',
  'daybook.role.defined': ({ data }) => [put('roles', { id: data.id, details: JSON.stringify(data) })],
  'daybook.role.deleted': ({ data }) => [clear('roles', { id: data.id })],
  'daybook.token.issued': ({ data, time }) => {
    const { id, subject, label, description, expiresAt, byLogin } = data;
    const details: TokenDetailsJson = { label, description, expiresAt, byLogin };
    const row = { id, subject, details: JSON.stringify(details), issued_at: Date.parse(time), revoked_at: null };
    return [insert('tokens', row)];
  },
  'daybook.token.revoked': ({ data, time }) => [update('tokens', { id: data.id }, { revoked_at: Date.parse(time) })],
  'daybook.task-target.created': ({ data }) => [insert('task_targets', { id: data.id, details: JSON.stringify(data) })],
} satisfies Partial<Folds>;
