import { useCallback, useEffect, useState } from 'react';

/** The parts of the desk; on a narrow screen one is seen at a time. */
export const DESKS = ['callbacks', 'bookings', 'cases', 'visits', 'tickets', 'me'] as const;
export type Desk = (typeof DESKS)[number];

function deskOfAddress(): Desk {
  return DESKS.find((desk) => `#${desk}` === location.hash) ?? 'callbacks';
}

/** The chosen part, kept in the address so that the back button works on a phone. */
export function useDesk(): [Desk, (desk: Desk) => void] {
  const [desk, setDesk] = useState(deskOfAddress);
  useEffect(() => {
    const follow = () => setDesk(deskOfAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const go = useCallback((to: Desk) => {
    if (to !== deskOfAddress()) location.hash = to;
    setDesk(to);
  }, []);
  return [desk, go];
}
