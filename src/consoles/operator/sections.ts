import { useCallback, useEffect, useState } from 'react';
import { t } from '../words/operator.ts';

/** What the operator's page is divided into; each has an address of its own. */
export const SECTIONS = [
  { path: '/operator', name: t.allSpeakers },
  { path: '/operator/overview', name: t.overview },
  { path: '/operator/register', name: t.register },
  { path: '/operator/install', name: t.install },
  { path: '/operator/firmware', name: t.firmwareShort },
  { path: '/operator/partners', name: t.partners },
  { path: '/operator/messages', name: t.notDelivered },
] as const;

/** Without an entry in the navigation. */
export const LABELS = '/operator/labels';

/** The path of the page, and a way to another one that the browser's back button knows. */
export function usePath(): [string, (to: string) => void] {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const back = () => setPath(location.pathname);
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = useCallback((to: string) => {
    history.pushState(null, '', to);
    setPath(location.pathname);
    document.getElementById('work')?.focus();
    scrollTo(0, 0);
  }, []);
  return [path, go];
}
