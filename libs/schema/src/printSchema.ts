/** Writes `schema.graphql` from the code: `npm run schema:print -w libs/schema`. */
import { writeFileSync } from 'node:fs';
import { printedSchema } from './schema.ts';

// Beside `src` and `dist` alike.
writeFileSync(new URL('../schema.graphql', import.meta.url), printedSchema());
