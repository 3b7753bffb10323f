/** When somebody is called: by a tone, and by the system while the window is not looked at. */
import type { NoticeItem } from '@/shared/api';
import type { Frame } from '@/shared/live';

/** What a frame is a reason for: to look what the notice says, or to tell of a customer's message. */
export type Reason =
  | { kind: 'notice'; id: string; crisis: boolean }
  | { kind: 'message'; conversationId: string; preview: string };

/** `hidden`: nobody looks at the window. Of a message in sight nobody has to be told. `followed`: conversations. */
export function reasonOf(frame: Frame, me: string, hidden: boolean, followed: Set<string>): Reason | null {
  if (frame.type === 'notice') return { kind: 'notice', id: frame.id, crisis: frame.kind === 'crisis' };
  if (frame.type !== 'activity' || !hidden) return null;
  if (frame.author_kind !== 'customer') return null;
  if (frame.assignee_id !== me && !followed.has(frame.conversation_id)) return null;
  return { kind: 'message', conversationId: frame.conversation_id, preview: frame.preview };
}

/** The same message may come by several lists: true the first time. */
export function once(limit = 200): (frame: Frame) => boolean {
  const seen = new Set<string>();
  return (frame) => {
    if (frame.type !== 'activity' && frame.type !== 'notice') return true;
    const key = frame.type === 'notice' ? frame.id : `${frame.conversation_id}:${frame.seq}`;
    if (seen.has(key)) return false;
    seen.add(key);
    for (const oldest of seen) {
      if (seen.size <= limit) break;
      seen.delete(oldest);
    }
    return true;
  };
}

/** The ones that a list answered and of which nobody has heard yet. */
export const fresh = (items: NoticeItem[], ids: Set<string>) => items.filter((item) => ids.has(item.id));

const QUIET = 1500;
let context: AudioContext | null = null;
let played = 0;

/** Crises that nobody has looked at yet: those are shown until somebody does. */
export const crises = (items: NoticeItem[]) => items.filter((item) => item.kind === 'crisis' && !item.read);

/**
 * Two short tones, of a crisis many; of many reasons at once, one. Silent until somebody has clicked in the page:
 * browsers want that.
 */
export function ring(crisis = false): void {
  const now = Date.now();
  if ((now - played < QUIET && !crisis) || !navigator.userActivation.hasBeenActive) return;
  played = now;
  context ??= new AudioContext();
  void context.resume();
  for (let turn = 0; turn < (crisis ? 4 : 1); turn++) {
    tone(context, 880, turn * 0.4);
    tone(context, 1174.7, turn * 0.4 + 0.14);
  }
}

function tone(audio: AudioContext, frequency: number, delay: number): void {
  const start = audio.currentTime + delay;
  const source = new OscillatorNode(audio, { frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
  source.connect(volume).connect(audio.destination);
  source.start(start);
  source.stop(start + 0.32);
}

/** By the system; tags keep two tabs from saying the same twice. */
export function show(title: string, body: string, tag: string, onClick: () => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { body, tag });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}
