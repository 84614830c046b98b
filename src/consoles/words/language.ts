/** Which language the desks are read in. Kept per browser; Chinese until somebody chooses otherwise. */
export type Language = 'zh' | 'en';

/** What may stand inside a sentence. */
export type Value = string | number | undefined;

const KEPT_AS = 'jialiban.language';

interface Browser {
  localStorage?: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  location?: { reload(): void };
}
const browser = globalThis as Browser;

/** Fixed while a page lives: words are loaded once, so that tables of them may stand anywhere. */
export const language: Language = browser.localStorage?.getItem(KEPT_AS) === 'en' ? 'en' : 'zh';

/** What each may be changed for, named as its own readers name it. */
export const OTHER: Record<Language, { language: Language; name: string; tag: string }> = {
  zh: { language: 'en', name: 'English', tag: 'en' },
  en: { language: 'zh', name: '中文', tag: 'zh-CN' },
};

/** What a page and its requests say of themselves. */
export const TAG = language === 'en' ? 'en' : 'zh-CN';

/** Keeps the choice and opens the page again in it. */
export function readIn(wanted: Language): void {
  browser.localStorage?.setItem(KEPT_AS, wanted);
  browser.location?.reload();
}
