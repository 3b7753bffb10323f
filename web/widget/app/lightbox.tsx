import type { ImageContent } from './contract.ts';
import { Dialog } from './dialog.tsx';
import { CloseIcon } from './icons.tsx';
import { safeUrl } from './text.ts';
import { useScene } from './view.ts';

export function Lightbox({ image, onClose }: { image: ImageContent; onClose: () => void }) {
  const { words } = useScene();
  return (
    <Dialog class="lightbox" label={image.name || words.image} onClose={onClose}>
      <form method="dialog">
        <button type="submit" class="round" aria-label={words.dismiss}>
          <CloseIcon />
        </button>
      </form>
      <img src={safeUrl(image.url)} alt={image.name || words.image} />
    </Dialog>
  );
}
