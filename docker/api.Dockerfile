# The GraphQL API. Built from the root of the repository: docker build -f docker/api.Dockerfile .
FROM node:20-bookworm-slim AS build
ENV NX_DAEMON=false NX_TUI=false
WORKDIR /ritz
COPY . .
RUN npm ci
RUN npx nx run @ritz/api:build --output-style=static
# What runs needs neither the tools nor the embedded PostgreSQL, which is optional.
RUN rm -rf node_modules && npm ci --omit=dev --omit=optional --workspace=@ritz/api
RUN rm -rf apps/cli apps/dashboard apps/dashboard-e2e tools .nx libs/*/src libs/*/out-tsc apps/api/src apps/api/out-tsc

FROM node:20-bookworm-slim
ENV NODE_ENV=production RITZ_HOST=0.0.0.0 RITZ_API_PORT=4000
WORKDIR /ritz
COPY --from=build /ritz /ritz
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/dist/main.js"]
