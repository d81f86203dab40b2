import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decode, encode } from '@jridgewell/sourcemap-codec';
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
  'supports-color',
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

const { metafile } = await build({
  metafile: true,
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

// A start reads the maps, and the first stack trace keeps them in memory: they are of this code, not of packages.
for (const file of readdirSync(RUN).filter((name) => name.endsWith('.map'))) {
  const map = JSON.parse(readFileSync(`${RUN}/${file}`, 'utf8'));
  const isOurs = map.sources.map((source) => !source.includes('/node_modules/'));
  const ours = decode(map.mappings).map((line) => line.filter(([, source]) => isOurs[source]));
  writeFileSync(`${RUN}/${file}`, JSON.stringify({ ...map, mappings: encode(ours) }));
}

// What is there only to build and test is neither installed nor shipped with a program.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const inputs = Object.keys(metafile.inputs).join('\n');
const places = new Set(inputs.match(/\bnode_modules\/(?:@[^/]+\/)?[^/]+(?:\/node_modules\/(?:@[^/]+\/)?[^/]+)*/g));
const missing = [...places].filter((place) => packages[place] === undefined || packages[place].dev);
if (missing.length > 0) throw new Error(`bundled, and not among what programs need: ${missing.join(', ')}`);
