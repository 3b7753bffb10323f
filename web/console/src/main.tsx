import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { speak } from '@/i18n';
import '@/app/tokens.css';
import { App } from '@/app/App';
import { keepFocus } from '@/shared/focusBack';
import { preferences } from '@/shared/preferences';

const root = document.getElementById('root');
if (root) {
  keepFocus();
  void speak(preferences().locale).finally(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
