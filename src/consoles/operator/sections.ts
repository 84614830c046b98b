import { useCallback, useEffect, useState } from 'react';

/** What the operator's page is divided into; each has an address of its own. */
export const SECTIONS = [
  { path: '/operator', name: '音箱' },
  { path: '/operator/overview', name: '总览' },
  { path: '/operator/register', name: '登记' },
  { path: '/operator/install', name: '上门安装' },
  { path: '/operator/firmware', name: '固件' },
  { path: '/operator/partners', name: '物业系统' },
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
