import { COUNT, listOf, named, objectOf, TEXT, textOf } from '../schema.js';

/** `running`, `error`, or why there is neither. */
export const WORD = { type: 'string', contentMediaType: 'text/plain' };

export const READINESS_ANSWER = objectOf<{ status: string; reasons: unknown }>({
  status: textOf('ready', 'not ready'),
  reasons: listOf(TEXT),
});

const ALERT = objectOf<{ severity: string; message: string }>({ severity: textOf('critical'), message: TEXT });

const SERVICE_STATUS = objectOf<
  Record<'service_version' | 'service_status_version' | 'detail_level' | 'state' | 'status' | 'active_alerts', unknown>
>({
  service_version: TEXT,
  service_status_version: COUNT,
  detail_level: TEXT,
  state: textOf('running', 'error'),
  status: { type: 'object' },
  active_alerts: listOf(ALERT),
});

/** The state of each service by its name. */
export const SERVICES_ANSWER = { type: 'object', additionalProperties: named('ServiceStatus', SERVICE_STATUS) };
