import { useTranslation } from 'react-i18next';
import styles from './composer.module.css';

/** What is said to customers with a small picture; the systems' own pickers hold the rest. */
const EMOJI = [
  '😊😄😁😆😉😍🥰😘🤗😌🙂😅',
  '🤔😯😳😔😢😭😓😰😣🙏👍👌',
  '👏💪🤝✌️👋🫶❤️💕💖🌹🌸🌷',
  '✨🎉🎁🎀⭐🌟☀️🌙💄💅🧴🛍️',
  '📦🚚📮💰🧾📞⏰📷✅❌⚠️❓',
].map((row) => [...new Intl.Segmenter().segment(row)].map(({ segment }) => segment));

/** Pictures to put into a text. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.emoji} aria-label={t('attach.emoji')}>
      {EMOJI.flat().map((emoji) => (
        <button key={emoji} type="button" onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}
