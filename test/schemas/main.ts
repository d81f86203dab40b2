import { mkdirSync, writeFileSync } from 'node:fs';
import { readKeptSchemas } from '#schemas-api';
import { adviceOn, driftOf } from './drift.js';
import { generateSchemas } from './generate.js';

const kept = readKeptSchemas();

for (const event of generateSchemas()) {
  const drift = driftOf(event, kept);
  if (drift === 'shape') {
    process.stderr.write(`${adviceOn(drift, event)}\n`);
    process.exitCode = 1;
  } else if (drift !== 'none') {
    const folder = `schemas/${event.type}`;
    const file = `${folder}/${event.version}.json`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(event.schema, null, 2)}\n`);
    process.stdout.write(`wrote ${file}\n`);
  }
}
