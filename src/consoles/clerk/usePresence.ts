import { useCallback, useEffect, useRef, useState } from 'react';

export type Away = 'lunch' | 'visit' | 'meeting' | 'training' | 'other';
export type Presence = { state: 'available' } | { state: 'busy' } | { state: 'away'; reason: Away };

const AGAIN_MS = 3_000;

/** The clerk's presence on her live socket: said again after each reconnection, since the server forgets her when it is lost. */
export function usePresence(on: boolean) {
  const [presence, setPresence] = useState<Presence>({ state: 'available' });
  const [connected, setConnected] = useState(false);
  const socket = useRef<WebSocket>(undefined);
  const wanted = useRef(presence);

  useEffect(() => {
    if (!on) return;
    let again: ReturnType<typeof setTimeout>;
    let over = false;
    const connect = () => {
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
      const fresh = new WebSocket(`${scheme}://${location.host}/api/live`);
      socket.current = fresh;
      fresh.onopen = () => {
        setConnected(true);
        send(fresh, wanted.current);
      };
      fresh.onclose = () => {
        setConnected(false);
        if (!over) again = setTimeout(connect, AGAIN_MS * (0.5 + Math.random()));
      };
    };
    connect();
    return () => {
      over = true;
      clearTimeout(again);
      socket.current?.close();
    };
  }, [on]);

  const say = useCallback((next: Presence) => {
    wanted.current = next;
    setPresence(next);
    if (socket.current?.readyState === WebSocket.OPEN) send(socket.current, next);
  }, []);
  return { presence, connected, say };
}

function send(socket: WebSocket, presence: Presence) {
  socket.send(JSON.stringify({ type: 'presence', ...presence }));
}
