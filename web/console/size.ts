/** Prints what the first screen makes a browser load, gzip -9, and fails when the budget is passed. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUILT = fileURLToPath(new URL('../../src/yingda/app/web/desk/', import.meta.url));
const BUDGET = 420 * 1024;

const page = readFileSync(`${BUILT}index.html`, 'utf8');
const scripts = readdirSync(`${BUILT}assets`).filter((name) => name.endsWith('.js') && page.includes(name));
let total = 0;
for (const name of scripts) {
  const size = gzipSync(readFileSync(`${BUILT}assets/${name}`), { level: 9 }).length;
  total += size;
  console.log(`  ${String(size).padStart(7)}  ${name}`);
}
console.log(`${String(total).padStart(9)}  first screen of the console, budget ${BUDGET}`);
process.exitCode = scripts.length > 0 && total <= BUDGET ? 0 : 1;
