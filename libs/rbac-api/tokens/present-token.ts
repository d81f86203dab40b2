import type { TokenRow } from '#read-store';

export function presentToken({ id, user, label, description, issuedAt, expiresAt, revokedAt, byLogin }: TokenRow) {
  return {
    id,
    user_id: user.id,
    login: user.login,
    label,
    description,
    creation: issuedAt,
    expiration: expiresAt,
    revocation: revokedAt,
    by_login: byLogin,
  };
}
