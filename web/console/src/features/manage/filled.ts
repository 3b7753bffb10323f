/** A text as it could be read: pure. */
import type { VariableInfo } from '@/shared/api';

export interface Piece {
  text: string;
  variable: boolean;
}

/** The text in pieces, with examples in the place of its variables; what is no variable stays as it was written. */
export function filled(text: string, variables: VariableInfo[], language: 'zh' | 'en'): Piece[] {
  const examples = new Map(variables.map((one) => [String(one.name), one[language].example]));
  return text.split(/(\{\{[^{}]*\}\})/).flatMap((part): Piece[] => {
    const example = part.startsWith('{{') ? examples.get(part.slice(2, -2).trim()) : undefined;
    if (example !== undefined) return [{ text: example, variable: true }];
    return part ? [{ text: part, variable: false }] : [];
  });
}
