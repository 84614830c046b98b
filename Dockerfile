# One image for every process of the service. PostgreSQL, Redis and coturn are others' (compose.yaml, deploy/).

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node node_modules/vite/bin/vite.js build --config src/consoles/vite.config.ts \
  && npm prune --omit=dev
# What is understood is compiled once and kept below node_modules, which the service itself may not write.
RUN echo '{"text":"你好"}' | node --import tsx src/tools/understand.ts > /dev/null

FROM node:20-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends espeak-ng \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/consoles dist/consoles
COPY package.json tsconfig.json ./
COPY scripts scripts
COPY catalogue catalogue
COPY intents intents
COPY locales locales
COPY src src
RUN rm -rf src/consoles && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
# Ready means migrated, seeded where wanted, and connected; the first start with an empty database takes its time.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "src/server.ts"]
