import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The loader alone: one classic script with a fixed name, because shops paste its address into their pages. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here('../../src/yingda/app/web'),
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: here('loader/main.ts'), formats: ['iife'], name: 'yingdaLoader', fileName: () => 'widget.js' },
  },
});
