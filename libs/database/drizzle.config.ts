/** How `drizzle-kit generate` writes a new migration from the schema. */
import { defineConfig } from 'drizzle-kit';

// drizzle-kit reads a default export.
export default defineConfig({ dialect: 'postgresql', schema: './src/schema/index.ts', out: './migrations' });
