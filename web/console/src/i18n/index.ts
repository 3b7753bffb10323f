import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Preferences } from '@/shared/preferences';
import { setTimeLocale } from '@/shared/time';
import { type Texts, zh } from './zh';

/** What pages add that are loaded when they are opened, see `addPage`: each widens it by its own words. */
// biome-ignore lint/suspicious/noEmptyInterface: widened by the pages
export interface PageTexts {}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts & PageTexts };
    enableSelector: false;
  }
}

i18next.use(initReactI18next).init({
  lng: 'zh',
  fallbackLng: 'zh',
  resources: { zh: { translation: zh } },
  interpolation: { escapeValue: false },
});

/** Use a language from now on. English comes when it is wanted: most readers never load it. */
export async function speak(locale: Preferences['locale']): Promise<void> {
  if (!i18next.getResource(locale, 'translation', 'app')) {
    const { en } = await import('./en');
    i18next.addResourceBundle('en', 'translation', en, true);
  }
  setTimeLocale(locale);
  await i18next.changeLanguage(locale);
}

/** The words of a page that is loaded when it is opened, so that nobody waits for them before. */
export function addPage(words: Record<Preferences['locale'], object>): void {
  for (const [locale, texts] of Object.entries(words)) i18next.addResourceBundle(locale, 'translation', texts, true);
}

export { i18next };
