/** Tickets on the screen, kept right by what the socket tells. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Frame, live } from './live';
import { throttled } from './throttle';
import { TICKETS } from './tickets';

const AT_MOST_EVERY = 1_500;
const TELLING = new Set<Frame['type']>(['ticket', 'ticket_left', 'ticket_comment', 'ready', 'resync']);

/** Ask again for what is shown when a ticket has changed anywhere, and after a time without the socket. */
export function useLiveTickets(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const again = throttled(() => void queries.invalidateQueries({ queryKey: [TICKETS] }), AT_MOST_EVERY);
    const deaf = live.listen(({ type }) => {
      if (TELLING.has(type)) again.run();
    });
    return () => {
      deaf();
      again.stop();
    };
  }, [queries]);
}
