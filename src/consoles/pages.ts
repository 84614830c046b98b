import { type ComponentType, lazy } from 'react';

interface PageEntry {
  title: string;
  Page: ComponentType;
}

/** Each page is its own chunk: a speaker does not download the tables of the office. */
const pages: Record<string, PageEntry> = {
  '/': { title: '家里办', Page: lazy(() => import('./home/HomePage.tsx')) },
  '/speaker': { title: '音箱 · 家里办', Page: lazy(() => import('./speaker/SpeakerPage.tsx')) },
  '/sign-in': { title: '登录 · 家里办', Page: lazy(() => import('./staff/SignInPage.tsx')) },
  '/clerk': { title: '窗口工作台 · 家里办', Page: lazy(() => import('./clerk/ClerkPage.tsx')) },
  '/operator': { title: '音箱管理 · 家里办', Page: lazy(() => import('./operator/OperatorPage.tsx')) },
  '/office': { title: '政策与指南 · 家里办', Page: lazy(() => import('./office/OfficePage.tsx')) },
};

const missing: PageEntry = { title: '没有这个页面 · 家里办', Page: lazy(() => import('./home/MissingPage.tsx')) };

/** The page of a path: its first part decides. */
export function pageAt(path: string): PageEntry {
  return pages[`/${path.split('/')[1] ?? ''}`] ?? missing;
}
