import type { AppAddresses } from '#platform';
import type { AppJobQueries, AppRow } from '#read-store';

/** Deliveries at the same time to an app of which nobody says how many it takes. */
export const DEFAULT_CALLS_AT_ONCE = 64;

/** An app, and who says where it is. */
export interface KnownApp extends AppRow {
  readonly source: 'api' | 'settings';
}

const ofApi = (app: AppRow): KnownApp => ({ ...app, source: 'api' });

const ofSettings = (app: AppAddresses): KnownApp => ({
  ...app,
  hasToken: false,
  natsKey: null,
  callsAtOnce: DEFAULT_CALLS_AT_ONCE,
  source: 'settings',
});

/** All apps, by id; what the API says of one goes before what the settings say. */
export async function knownApps(queries: AppJobQueries, settings: readonly AppAddresses[]): Promise<KnownApp[]> {
  const all = [...settings.map(ofSettings), ...(await queries.apps()).map(ofApi)];
  const byId = new Map(all.map((app) => [app.id, app]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Null: nobody has said anything of it. */
export async function knownApp(
  id: string,
  queries: AppJobQueries,
  settings: readonly AppAddresses[],
): Promise<KnownApp | null> {
  const defined = await queries.app(id);
  if (defined) return ofApi(defined);
  const configured = settings.find((app) => app.id === id);
  return configured ? ofSettings(configured) : null;
}
