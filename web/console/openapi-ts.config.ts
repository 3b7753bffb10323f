import { defineConfig } from '@hey-api/openapi-ts';

/** The client of the server's API. `make openapi` renews its description. */
export default defineConfig({
  input: './openapi.json',
  output: { path: './src/client', clean: true },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  logs: { level: 'warn', file: false },
});
