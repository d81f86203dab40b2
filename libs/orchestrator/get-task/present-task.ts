import type { Task } from '#tasks';
import type { Links } from '../links.js';

/** A task with its metadata as written, and the files that a node needs for it. */
export function presentTask({ name, environment, metadata, files }: Task, links: Links) {
  return {
    id: links.task(name),
    name,
    environment: { name: environment, code_id: null },
    metadata: metadata.json,
    files: files.map(({ path, sha256, size }) => ({
      filename: path.slice(path.lastIndexOf('/') + 1),
      uri: { path: `/${path}`, params: { environment } },
      sha256,
      size_bytes: size,
    })),
  };
}
