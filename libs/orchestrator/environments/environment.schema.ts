import { COUNT, LINK, listOf, named, objectOf, TEXT } from '#http';

const SETTINGS = objectOf<Record<'modulepath' | 'manifest' | 'environment_timeout' | 'config_version', unknown>>({
  modulepath: listOf(TEXT),
  manifest: TEXT,
  environment_timeout: COUNT,
  config_version: TEXT,
});

export const ENVIRONMENT = named(
  'Environment',
  objectOf<Record<'id' | 'name' | 'settings', unknown>>({ id: LINK, name: TEXT, settings: SETTINGS }),
);
