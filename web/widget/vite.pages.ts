import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The demo shop, the chat in its frame, and the page that makes the first administrator. Asset names carry a hash, so a server may let browsers keep them for ever. */
export default defineConfig({
  root: here('.'),
  base: '/',
  build: {
    outDir: here('../../src/yingda/app/web'),
    emptyOutDir: true,
    modulePreload: false,
    assetsDir: 'widget/assets',
    assetsInlineLimit: 0,
    target: 'es2022',
    rolldownOptions: {
      input: {
        shop: here('index.html'),
        setup: here('setup/index.html'),
        chat: here('widget/index.html'),
        peek: here('widget/peek.html'),
      },
    },
  },
  test: { include: ['**/*.test.ts'] },
});
