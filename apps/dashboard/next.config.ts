/** Next.js settings: the repository is the root, and nothing is fetched from elsewhere. */
import path from 'node:path';
import type { NextConfig } from 'next';

const repository = path.resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  // Lint and typecheck have targets of their own.
  typescript: { ignoreBuildErrors: true },
};

export default config;
