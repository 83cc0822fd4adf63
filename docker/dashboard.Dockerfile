# The dashboard. Built from the root of the repository: docker build -f docker/dashboard.Dockerfile .
FROM node:20-bookworm-slim AS build
ENV NX_DAEMON=false NX_TUI=false
WORKDIR /ritz
COPY . .
RUN npm ci
# After the layers that the other images have, too.
ENV NEXT_TELEMETRY_DISABLED=1
RUN npx nx run @ritz/dashboard:build --output-style=static
RUN rm -rf node_modules && npm ci --omit=dev --workspace=@ritz/dashboard
RUN rm -rf apps/api apps/cli apps/dashboard-e2e tools .nx apps/dashboard/.next/cache libs/*/src libs/*/out-tsc

FROM node:20-bookworm-slim
# It is asked for by whatever name the machine has; the API behind it starts with tokens only.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 RITZ_API_URL=http://api:4000 RITZ_DASHBOARD_HOSTS=*
WORKDIR /ritz
COPY --from=build /ritz /ritz
# The one place that it writes to; compose lays a tmpfs there.
RUN mkdir -p apps/dashboard/.next/cache && chown node:node apps/dashboard/.next/cache
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/icon.svg').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start", "apps/dashboard", "-H", "0.0.0.0", "-p", "3000"]
