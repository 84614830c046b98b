/** The words of office, in the language that this browser reads; only that one is loaded. */
import { language } from './language.ts';

export const t = language === 'en' ? (await import('./office.en.ts')).en : (await import('./office.zh.ts')).zh;
