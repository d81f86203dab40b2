import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

/** Where `tsc` has put what is bundled. */
const APPS = 'dist/apps';
const RUN = 'dist/run';

/** What is looked for only where it is installed, and what brings files of its own beside its code. */
const external = [
  '@fastify/multipart',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer/storage',
  '@mikro-orm/*',
  'better-sqlite3',
  'pino',
];

const threads = readdirSync(`${APPS}/server`).filter((file) => file.endsWith('-thread.js'));
/** Every program and every thread, side by side with what they share: a start reads dozens of files, not thousands. */
const entryPoints = {
  server: `${APPS}/server/main.js`,
  agent: `${APPS}/agent/main.js`,
  daybook: `${APPS}/cli/main.js`,
  snapshot: `${APPS}/server/snapshot.js`,
  ...Object.fromEntries(threads.map((file) => [file.slice(0, -'.js'.length), `${APPS}/server/${file}`])),
};

await build({
  entryPoints,
  outdir: RUN,
  chunkNames: 'part-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external,
  sourcemap: true,
  sourcesContent: false,
  // CommonJS packages ask for Node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
});
