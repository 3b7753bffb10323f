import type { ReactNode } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import TicketDrawer from './TicketDrawer';

/** The ticket that the address names, over the board or the list. */
export default function TicketRoute({ bannerOf }: { bannerOf: (id: string) => ReactNode }) {
  const { ticketId } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  if (!ticketId) return null;
  return (
    <TicketDrawer
      id={ticketId}
      banner={bannerOf(ticketId)}
      onOpen={(id) => navigate(`/tickets/${id}${search}`)}
      onClose={() => navigate(`/tickets${search}`)}
    />
  );
}
