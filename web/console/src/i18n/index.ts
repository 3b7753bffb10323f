import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Preferences } from '@/shared/preferences';
import { setTimeLocale } from '@/shared/time';
import { type Texts, zh } from './zh';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
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
  if (!i18next.hasResourceBundle(locale, 'translation')) {
    const { en } = await import('./en');
    i18next.addResourceBundle('en', 'translation', en);
  }
  setTimeLocale(locale);
  await i18next.changeLanguage(locale);
}

export { i18next };
