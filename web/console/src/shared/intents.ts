/** What the language engine's intents are called: the table from which the server learns is the only source. */
import table from '@data/language/intents.tsv?raw';
import { ENGLISH } from './intents.en';

export interface Intent {
  code: string;
  name: string;
  definition: string;
}

export const INTENTS: Intent[] = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [code = '', name = '', definition = ''] = line.split('\t');
    return { code, name, definition };
  });

const byCode = new Map(INTENTS.map((intent) => [intent.code, intent]));

/** An intent's name; one that is new to us is called by its code. */
export function intentName(code: string, locale: string): string {
  if (locale === 'zh') return byCode.get(code)?.name ?? code;
  return ENGLISH[code] ?? code;
}
