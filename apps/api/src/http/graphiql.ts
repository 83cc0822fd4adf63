/** The GraphiQL page and all that it loads, from files that were built with the API: it works where there is no internet. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import { RefusedError } from './fault.ts';
import { pageHeaders } from './securityHeaders.ts';

/** Beside the compiled sources; the sources themselves find it in `dist`. */
const folder = ['../graphiql', '../../dist/graphiql']
  .map((place) => fileURLToPath(new URL(place, import.meta.url)))
  .find((folder) => existsSync(`${folder}/index.html`));

/** A year, in milliseconds: the names of the files change with their content. */
const forever = 365 * 86_400_000;

export function graphiql(): Router {
  const router = Router();
  if (folder === undefined) {
    router.get('/', () => {
      const message = 'The GraphiQL page was not built. Run `npm run build`.';
      throw new RefusedError({ status: 404, code: 'NOT_FOUND', message });
    });
    return router;
  }
  router.use(pageHeaders);
  router.use('/assets', express.static(`${folder}/assets`, { immutable: true, maxAge: forever, index: false }));
  router.use(
    express.static(folder, {
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}
