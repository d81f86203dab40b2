import { createRequire } from 'node:module';

const TITLE = 'Daybook';

/** All addresses are relative, so that it works below whatever path a proxy serves it. */
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${TITLE}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <div id="page"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/page.js"></script>
  </body>
</html>
`;

const SCRIPT = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null });
`;

/** Nothing but what this server itself sends. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const resolve = (file: string) => createRequire(import.meta.url).resolve(`@fastify/swagger-ui/static/${file}`);

/** What the page loads: a text, or where a file of a package stands. */
export const FILES = {
  'page.js': { type: 'text/javascript', text: SCRIPT },
  'swagger-ui-bundle.js': { type: 'text/javascript', path: resolve('swagger-ui-bundle.js') },
  'swagger-ui.css': { type: 'text/css', path: resolve('swagger-ui.css') },
};
