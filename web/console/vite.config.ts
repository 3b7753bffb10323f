import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What only pages need that are loaded later: icons too, each with whoever shows it. */
const LATER = ['drawer', 'upload', 'tabs'].join('|');
const EVERYWHERE = new RegExp(
  `node_modules/(?!antd/es/(${LATER})/|@rc-component/(${LATER})/|@ant-design/icons(-svg)?/es/(icons|asn))`,
);

/** The agents' console, served at /desk. React and antd change seldom: one chunk that browsers keep over releases. */
export default defineConfig({
  root: here('.'),
  base: '/desk/',
  plugins: [react()],
  resolve: { alias: { '@': here('src'), '@data': here('../../data') } },
  server: {
    fs: { allow: [here('../..')] },
    proxy: { '/api': { target: process.env.YINGDA_URL ?? 'http://127.0.0.1:8000', ws: true } },
  },
  build: {
    outDir: here('../../src/yingda/app/web/desk'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'vendor', test: EVERYWHERE }],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
