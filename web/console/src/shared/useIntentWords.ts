/** What intents are called in the reader's language, and groups of them: `refund.*`. */
import '@/i18n/pages/intentGroups';
import { useTranslation } from 'react-i18next';
import { intentName } from './intents';
import { usePreferences } from './preferences';

export function useIntentWords(): (code: string) => string {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  return (code) => {
    if (!code.endsWith('.*')) return intentName(code, locale);
    const group = code.slice(0, -2);
    return t('intentGroup.all', { name: t(`intentGroup.${group as 'order'}`, { defaultValue: group }) });
  };
}
