/** Prints what each page of the built chat makes a browser load, gzip -9, and fails when a budget is passed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../../src/yingda/app/web/', import.meta.url));
const KB = 1024;

const gzip = (path: string): number => gzipSync(readFileSync(join(ROOT, path)), { level: 9 }).length;

/** A page and, through it, everything that its scripts and styles bring along. */
function loadedBy(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(join(ROOT, path), 'utf8');
  for (const asset of readdirSync(join(ROOT, 'widget/assets'))) {
    if (text.includes(asset)) loadedBy(`widget/assets/${asset}`, seen);
  }
  return seen;
}

function report(name: string, files: string[], budget: number): boolean {
  const sizes = files.map((file) => [file, gzip(file)] as const);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  for (const [file, size] of sizes) console.log(`  ${String(size).padStart(6)}  ${file}`);
  console.log(`${String(total).padStart(8)}  ${name}, budget ${budget}\n`);
  return total <= budget;
}

const before = report('before the chat opens', ['widget.js', ...loadedBy('widget/peek.html')], 3 * KB);
const after = report('the chat itself', [...loadedBy('widget/index.html')], 30 * KB);
process.exitCode = before && after ? 0 : 1;
