import type { Json, JsonObject } from '#domain';

import { AUDIT_ROLES } from './roles.js';
import type { AuditedType } from './roles.js';

/** What an entry says about the subject, key by key; null: it says what happened. @param data without secrets */
export function said(type: AuditedType, data: JsonObject): JsonObject | null {
  const role = AUDIT_ROLES[type];
  if (role === 'tells' || role === 'ends') return null;
  switch (type) {
    case 'daybook.subject.registered':
      return data['subject'] as JsonObject;
    case 'daybook.scheduled-job.scheduled':
    case 'daybook.scheduled-job.edited': {
      const { id: _id, nextRun: _next, timing = null, ...rest } = data;
      return { ...withSealedApart(rest), ...(timing as JsonObject | null) };
    }
    case 'daybook.job.created':
    case 'daybook.plan-job.created':
      return withSealedApart(withoutId(data));
    case 'daybook.app-job.scheduled': {
      const { id: _id, nextRun: _next, replaces: _replaces, version: _version, ...rest } = data;
      return { ...rest, paused: false };
    }
    case 'daybook.app-job.paused':
      return { paused: true };
    case 'daybook.app-job.resumed':
      return { paused: false };
    default:
      return withoutId(data);
  }
}

/** The subject names it. */
export function withoutId(data: JsonObject): JsonObject {
  const { id: _, ...rest } = data;
  return rest;
}

/** What is sealed may be sealed anew where nothing else changes. */
function withSealedApart(data: JsonObject): JsonObject {
  const { sealed, ...spec } = data['spec'] as Record<string, Json>;
  return sealed === undefined ? data : { ...data, spec, sealed };
}
