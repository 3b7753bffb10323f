import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { preferences } from '@/shared/preferences';
import { setTimeLocale } from '@/shared/time';
import { en } from './en';
import { type Texts, zh } from './zh';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
    enableSelector: false;
  }
}

i18next.use(initReactI18next).init({
  lng: preferences().locale,
  fallbackLng: 'zh',
  resources: { zh: { translation: zh }, en: { translation: en } },
  interpolation: { escapeValue: false },
});
setTimeLocale(preferences().locale);

export { i18next };
